// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import java.time.Instant;
import java.util.List;

import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.campaign.FormerMember;
import org.polias.model.campaign.StoryLine;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A campaign with its story and all that explains it. */
public record CampaignDetail(
        @JsonUnwrapped CampaignSummary summary,
        double logOdds,
        List<StoryView> story,
        List<EvidenceView> ledger,
        List<FormerView> former) {

    /** A sentence of the story, with ids as texts. */
    public record StoryView(Instant at, String site, String incident, boolean current, String sentence) {
        static StoryView of(StoryLine line) {
            return new StoryView(
                    line.at(), line.site().site().value(), line.incident().value(), line.current(), line.sentence());
        }
    }

    /** A line of the ledger, with ids as texts. */
    public record EvidenceView(
            String key, CampaignEvidence.Kind kind, double logOdds, String sentence, List<String> incidents) {
        static EvidenceView of(CampaignEvidence line) {
            return new EvidenceView(
                    line.key(),
                    line.kind(),
                    line.logOdds(),
                    line.sentence(),
                    line.incidents().stream().map(Object::toString).toList());
        }
    }

    /** An incident that left, with ids as texts. */
    public record FormerView(
            String incident, String site, Instant startedAt, Instant leftAt, String title, FormerMember.Reason reason) {
        static FormerView of(FormerMember one) {
            return new FormerView(
                    one.incident().value(),
                    one.site().site().value(),
                    one.startedAt(),
                    one.leftAt(),
                    one.title(),
                    one.reason());
        }
    }

    /** The whole of {@code campaign}. */
    public static CampaignDetail of(Campaign campaign) {
        return new CampaignDetail(
                CampaignSummary.of(campaign),
                campaign.logOdds(),
                campaign.story().stream().map(StoryView::of).toList(),
                campaign.ledger().stream().map(EvidenceView::of).toList(),
                campaign.former().stream().map(FormerView::of).toList());
    }
}
