// SPDX-License-Identifier: Apache-2.0
package org.polias.model.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.model.id.CampaignId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.TenantId;
import org.polias.model.incident.CriticalityLevel;

/**
 * Live incidents that are held to be one actor's work, as STIX 2.1 (4.2) has the word: malicious activities over a period of time
 * against a set of targets. A campaign explains incidents and changes none of them: each keeps its own belief, level and life.
 *
 * @param revision counts what was published of it, from 1
 * @param simulated whether its sensors are simulated
 * @param exercise the exercise during which its incidents arose
 * @param openedAt when its incidents were first held to be coordinated
 * @param changedAt when the record came that made it so
 * @param startedAt the event time of its earliest evidence
 * @param logOdds ln of P(coordinated) / P(not): the sum of the ledger
 * @param probability the same as a probability
 * @param level the highest level of its members
 * @param members the incidents, in the order of happening
 * @param former the incidents that left, the latest last
 * @param ledger what ties them and what speaks against that, the weightiest tie first after the prior
 * @param story what happened, a sentence each, in the order of happening
 * @param mergedInto the campaign of which it turned out to be part
 */
public record Campaign(
        CampaignId id,
        TenantId tenant,
        long revision,
        CampaignStatus status,
        boolean simulated,
        Optional<String> exercise,
        Instant openedAt,
        Instant changedAt,
        Instant startedAt,
        double logOdds,
        double probability,
        CriticalityLevel level,
        String title,
        List<CampaignMember> members,
        List<FormerMember> former,
        List<CampaignEvidence> ledger,
        List<StoryLine> story,
        Optional<CampaignId> mergedInto) {

    public Campaign {
        members = List.copyOf(members);
        former = List.copyOf(former);
        ledger = List.copyOf(ledger);
        story = List.copyOf(story);
    }

    /** Whether this incident belongs to it now. */
    public boolean has(IncidentId incident) {
        for (CampaignMember member : members) {
            if (member.incident().equals(incident)) {
                return true;
            }
        }
        return false;
    }
}
