// SPDX-License-Identifier: Apache-2.0
package org.polias.model.campaign;

import java.util.List;

import org.polias.model.id.IncidentId;

/**
 * One line of a campaign's ledger: something that ties its incidents, or speaks against that, and what it weighs.
 *
 * @param key what the line is about; unique within a ledger
 * @param logOdds what it adds to the log-odds that the incidents are coordinated
 * @param sentence what it is, in plain language with values
 * @param incidents the incidents of which it says so, in the order of happening
 */
public record CampaignEvidence(String key, Kind kind, double logOdds, String sentence, List<IncidentId> incidents) {

    /** What sort of thing ties incidents. */
    public enum Kind {
        /** How seldom two incidents are coordinated, before anything is known of them. */
        PRIOR,
        /** They name the same address, account, credential, vehicle or device. */
        SHARED_ENTITY,
        /** They come from the same part of a network. */
        SHARED_SEGMENT,
        /** The same kind of attack so close in time as chance seldom brings. */
        COINCIDENCE,
        /** One prepares the other: a known order of steps. */
        SEQUENCE,
        /** How close in time what is tied otherwise began. */
        TIME,
        /** They are at one site, one in its networks and one in the world. */
        CYBER_PHYSICAL,
        /** Whether one actor could have been at both places. */
        TRAVEL,
        /** What speaks against it. */
        CONTRADICTION
    }

    public CampaignEvidence {
        incidents = List.copyOf(incidents);
    }
}
