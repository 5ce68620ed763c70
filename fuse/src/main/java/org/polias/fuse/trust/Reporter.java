// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;

import org.polias.model.Sorted;

/**
 * What a sensor's reports were.
 *
 * @param types the codes of what it has ever claimed by itself
 * @param contradicted how many of its claims its neighbours contradicted, older ones less
 * @param borneOut how many they bore out, likewise
 * @param vettedAt when that was last judged
 * @param lastClaim the event time of its latest claim
 */
public record Reporter(
        SortedSet<String> types, double contradicted, double borneOut, Instant vettedAt, Instant lastClaim) {

    /** So many count at most: a sensor that has been right for years can still break. */
    private static final double MOST = 5;

    public Reporter {
        types = Sorted.copyOf(types);
    }

    /** The probability that it lies. */
    public double lies() {
        return Trust.liesWith(contradicted, borneOut);
    }

    Reporter vetted(double moreContradicted, double moreBorneOut, Instant at) {
        double fading = Trust.fading(Duration.between(vettedAt, at));
        return new Reporter(
                types,
                Math.min(MOST, contradicted * fading + moreContradicted),
                Math.min(MOST, borneOut * fading + moreBorneOut),
                at,
                lastClaim);
    }
}
