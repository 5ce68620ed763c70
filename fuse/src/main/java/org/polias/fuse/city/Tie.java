// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.List;

import org.polias.model.campaign.CampaignEvidence;

/**
 * Two incidents and what ties them.
 *
 * @param first the one that comes first in the order of happening
 * @param logOdds the sum of the strands
 */
record Tie(CityIncident first, CityIncident second, List<Strand> strands, double logOdds) {

    static Tie of(CityIncident first, CityIncident second, List<Strand> strands) {
        double sum = 0;
        for (Strand strand : strands) {
            sum += strand.weight();
        }
        return new Tie(first, second, List.copyOf(strands), sum);
    }

    /** Whether no one actor can have been at both. */
    boolean isContradicted() {
        for (Strand strand : strands) {
            if (strand.kind() == CampaignEvidence.Kind.CONTRADICTION && strand.isOfTravel()) {
                return true;
            }
        }
        return false;
    }

    /** The order of happening. */
    static int order(CityIncident one, CityIncident other) {
        int byTime = one.startedAt().compareTo(other.startedAt());
        return byTime != 0 ? byTime : one.id().compareTo(other.id());
    }
}
