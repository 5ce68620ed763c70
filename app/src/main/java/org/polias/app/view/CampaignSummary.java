// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignMember;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;

/** A campaign as the queue and the map show it. */
public record CampaignSummary(
        String id,
        long revision,
        CampaignStatus status,
        boolean simulated,
        Optional<String> exercise,
        Instant openedAt,
        Instant changedAt,
        Instant startedAt,
        String title,
        double probability,
        CriticalityLevel level,
        Optional<String> mergedInto,
        List<MemberView> members) {

    /** A member, with ids as texts. */
    public record MemberView(
            String incident,
            String site,
            Instant startedAt,
            String title,
            IncidentType type,
            CriticalityLevel level,
            Optional<double[]> position) {
        static MemberView of(CampaignMember member) {
            return new MemberView(
                    member.incident().value(),
                    member.site().site().value(),
                    member.startedAt(),
                    member.title(),
                    member.type(),
                    member.level(),
                    member.position().map(GeoJson::coordinates));
        }
    }

    /** The summary of {@code campaign}. */
    public static CampaignSummary of(Campaign campaign) {
        return new CampaignSummary(
                campaign.id().value(),
                campaign.revision(),
                campaign.status(),
                campaign.simulated(),
                campaign.exercise(),
                campaign.openedAt(),
                campaign.changedAt(),
                campaign.startedAt(),
                campaign.title(),
                campaign.probability(),
                campaign.level(),
                campaign.mergedInto().map(Object::toString),
                campaign.members().stream().map(MemberView::of).toList());
    }
}
