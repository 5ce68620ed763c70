// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.List;

/**
 * Two incidents and what ties them.
 *
 * @param first the one that comes first in the order of happening
 * @param logOdds the sum of the strands
 */
record Tie(CityIncident first, CityIncident second, List<Strand> strands, double logOdds) implements Comparable<Tie> {

    static Tie of(CityIncident first, CityIncident second, List<Strand> strands) {
        double sum = 0;
        for (Strand strand : strands) {
            sum += strand.weight();
        }
        return new Tie(first, second, List.copyOf(strands), sum);
    }

    /** The strongest first; among equals in the order of happening. */
    @Override
    public int compareTo(Tie other) {
        int byWeight = Double.compare(other.logOdds, logOdds);
        if (byWeight != 0) {
            return byWeight;
        }
        int bySecond = order(second, other.second);
        return bySecond != 0 ? bySecond : order(first, other.first);
    }

    static int order(CityIncident one, CityIncident other) {
        int byTime = one.startedAt().compareTo(other.startedAt());
        return byTime != 0 ? byTime : one.id().compareTo(other.id());
    }
}
