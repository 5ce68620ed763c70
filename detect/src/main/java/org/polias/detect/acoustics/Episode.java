// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.time.Instant;
import java.util.SortedMap;

import org.polias.model.Sorted;

/**
 * Sounds from one place that follow each other.
 *
 * @param slot its number among those that go on at once
 * @param first when the first sound was made
 * @param last when the latest sound was made
 * @param lastKnownAt when the latest onset arrived
 * @param settled how many sounds are over: none of their onsets can still come
 * @param lastSettled when the last of those was made
 * @param shortest_s the shortest time between two of those; 0 while there are fewer than two
 * @param ears what each microphone said of the sounds that are over, by datastream
 * @param said what was claimed last, by the condition's code
 */
public record Episode(
        int slot,
        Instant first,
        Instant last,
        Instant lastKnownAt,
        int settled,
        Instant lastSettled,
        double shortest_s,
        SortedMap<String, Tally> ears,
        SortedMap<String, Said> said) {

    /**
     * What a microphone said of several sounds: sums of contaminated log-likelihood ratios.
     *
     * @param shot with the calendar
     * @param plainShot without it; and so on
     */
    public record Tally(
            int n, double shot, double explosion, double firework, double plainShot, double plainExplosion) {

        static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(
                    n + other.n,
                    shot + other.shot,
                    explosion + other.explosion,
                    firework + other.firework,
                    plainShot + other.plainShot,
                    plainExplosion + other.plainExplosion);
        }
    }

    /**
     * A claim.
     *
     * @param count of sounds
     * @param microphones that heard them
     * @param certainty how much the place was worth, the more the better
     * @param east_m where it was, on the site's plane
     * @param major_m the longer semi-axis of its 95 % ellipse
     */
    public record Said(
            double weight, int count, int microphones, int certainty, double east_m, double north_m, double major_m) {

        /** From this change of weight on, in nats, a claim is made anew. */
        private static final double NOTABLY = 0.5;

        private static final double NOTABLY_SMALLER = 0.7;
        private static final double NOTABLY_MORE = 1.3;

        boolean differsNotablyFrom(Said next) {
            return Math.abs(next.weight - weight) >= NOTABLY
                    || next.count != count
                    || next.microphones >= NOTABLY_MORE * microphones
                    || next.certainty != certainty
                    || next.major_m < NOTABLY_SMALLER * major_m
                    || Math.hypot(next.east_m - east_m, next.north_m - north_m) > major_m / 2;
        }
    }

    public Episode {
        ears = Sorted.copyOf(ears);
        said = Sorted.copyOf(said);
    }
}
