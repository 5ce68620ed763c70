// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.campaign.CampaignMember;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.campaign.FormerMember;
import org.polias.model.id.CampaignId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.StableHash;
import org.polias.model.incident.CriticalityLevel;

/** Campaigns as they are published, of the clusters that they are. */
final class CampaignText {

    private CampaignText() {}

    /** A campaign that is found at {@code at}. */
    static Campaign open(Cluster cluster, Map<SiteKey, String> names, Instant at) {
        CityIncident first = cluster.members().getFirst();
        long hash = new StableHash()
                .add("campaign")
                .add(first.site().tenant().value())
                .add(first.id().value())
                .add(cluster.members().get(1).id().value())
                .add(at.getEpochSecond())
                .add(at.getNano())
                .value();
        CampaignId id = new CampaignId("C-" + StableHash.base32(hash, 12));
        return of(id, 1, at, at, cluster, List.of(), names);
    }

    /** What {@code before} has become: itself if nothing is to be told. */
    static Campaign change(
            Campaign before, Cluster cluster, List<FormerMember> former, Map<SiteKey, String> names, Instant at) {
        Campaign same =
                of(before.id(), before.revision(), before.openedAt(), before.changedAt(), cluster, former, names);
        return same.equals(before) ? before : revised(same, at);
    }

    private static Campaign revised(Campaign campaign, Instant at) {
        return new Campaign(
                campaign.id(),
                campaign.tenant(),
                campaign.revision() + 1,
                campaign.status(),
                campaign.simulated(),
                campaign.exercise(),
                campaign.openedAt(),
                at,
                campaign.startedAt(),
                campaign.logOdds(),
                campaign.probability(),
                campaign.level(),
                campaign.title(),
                campaign.members(),
                campaign.former(),
                campaign.ledger(),
                campaign.story(),
                campaign.mergedInto());
    }

    /**
     * A campaign that is over.
     *
     * @param staying its members that are live
     * @param target the campaign to which they belong now
     */
    static Campaign end(
            Campaign before,
            Set<IncidentId> staying,
            List<FormerMember> former,
            Optional<CampaignId> target,
            Map<SiteKey, String> names,
            Instant at) {
        List<CampaignMember> members = before.members().stream()
                .filter(member -> staying.contains(member.incident()))
                .toList();
        return new Campaign(
                before.id(),
                before.tenant(),
                before.revision() + 1,
                target.isPresent() ? CampaignStatus.MERGED : CampaignStatus.ENDED,
                before.simulated(),
                before.exercise(),
                before.openedAt(),
                at,
                before.startedAt(),
                before.logOdds(),
                before.probability(),
                before.level(),
                before.title(),
                members,
                former,
                before.ledger(),
                CampaignStory.of(members, former, List.of(), names),
                target);
    }

    private static Campaign of(
            CampaignId id,
            long revision,
            Instant openedAt,
            Instant changedAt,
            Cluster cluster,
            List<FormerMember> former,
            Map<SiteKey, String> names) {
        CityIncident first = cluster.members().getFirst();
        List<CampaignMember> members =
                cluster.members().stream().map(CityIncident::asMember).toList();
        List<CampaignEvidence> ledger = CampaignLedger.of(cluster, names);
        double logOdds = 0;
        for (CampaignEvidence line : ledger) {
            logOdds += line.logOdds();
        }
        return new Campaign(
                id,
                first.site().tenant(),
                revision,
                CampaignStatus.OPEN,
                first.simulated(),
                first.exercise(),
                openedAt,
                changedAt,
                first.startedAt(),
                logOdds,
                1 / (1 + StrictMath.exp(-logOdds)),
                members.stream()
                        .map(CampaignMember::level)
                        .max(Comparator.naturalOrder())
                        .orElse(CriticalityLevel.NEGLIGIBLE),
                CampaignStory.title(members, cluster, names),
                members,
                former,
                ledger,
                CampaignStory.of(members, former, cluster.tree(), names),
                Optional.empty());
    }
}
