// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.Optional;

import org.polias.model.campaign.CampaignEvidence.Kind;

/**
 * One thing that ties two incidents, or speaks against that.
 *
 * @param key what it is about; strands of one campaign with the same key are one line of its ledger
 * @param weight in nats
 * @param shared what both have, where it is that
 * @param speed_m_per_s how fast an actor must have moved; 0 where it is not about that
 */
record Strand(Kind kind, String key, double weight, Optional<LinkKey> shared, double speed_m_per_s) {

    /** What the key of a strand about one actor's way from one place to another begins with. */
    static final String TRAVEL = "travel:";

    boolean isOfTravel() {
        return key.startsWith(TRAVEL);
    }

    static Strand of(Kind kind, String key, double weight) {
        return new Strand(kind, key, weight, Optional.empty(), 0);
    }
}
