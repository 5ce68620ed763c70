// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.polias.fuse.language.Phrases;
import org.polias.model.campaign.CampaignEvidence.Kind;
import org.polias.model.campaign.CampaignMember;
import org.polias.model.campaign.FormerMember;
import org.polias.model.campaign.StoryLine;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentType;

/** What a campaign is, in words. */
final class CampaignStory {

    /** A tie that weighs less than this is no reason that is worth telling. */
    private static final double TELLING = 0.75;
    /** So many reasons a sentence bears. */
    private static final int MOST_REASONS = 2;

    private CampaignStory() {}

    private record Chapter(
            SiteKey site, IncidentId incident, Instant startedAt, String title, Optional<FormerMember> left) {}

    /** The sentences, in the order of happening. */
    static List<StoryLine> of(
            List<CampaignMember> members, List<FormerMember> former, List<Tie> tree, Map<SiteKey, String> names) {
        List<Chapter> chapters = new ArrayList<>();
        members.forEach(one ->
                chapters.add(new Chapter(one.site(), one.incident(), one.startedAt(), one.title(), Optional.empty())));
        former.forEach(one ->
                chapters.add(new Chapter(one.site(), one.incident(), one.startedAt(), one.title(), Optional.of(one))));
        chapters.sort(Comparator.comparing(Chapter::startedAt).thenComparing(Chapter::incident));
        Map<IncidentId, List<Strand>> strands = new HashMap<>();
        for (Tie tie : tree) {
            strands.computeIfAbsent(tie.second().id(), ignored -> new ArrayList<>())
                    .addAll(tie.strands());
        }
        List<StoryLine> lines = new ArrayList<>(chapters.size());
        for (int i = 0; i < chapters.size(); i++) {
            Chapter chapter = chapters.get(i);
            Optional<Chapter> earlier = i == 0 ? Optional.empty() : Optional.of(chapters.get(i - 1));
            lines.add(new StoryLine(
                    chapter.startedAt(),
                    chapter.site(),
                    chapter.incident(),
                    chapter.left().isEmpty(),
                    opening(chapter, earlier, names)
                            + chapter.title()
                            + reasons(strands.getOrDefault(chapter.incident(), List.of()))
                            + "."
                            + chapter.left().map(CampaignStory::leaving).orElse("")));
        }
        return lines;
    }

    /** What it is and where, in a few words. */
    static String title(List<CampaignMember> members, Cluster cluster, Map<SiteKey, String> names) {
        Map<IncidentType, Integer> types = new LinkedHashMap<>();
        Set<SiteKey> sites = new LinkedHashSet<>();
        for (CampaignMember member : members) {
            types.merge(member.type(), 1, Integer::sum);
            sites.add(member.site());
        }
        List<String> what = types.entrySet().stream()
                .map(entry -> entry.getValue() > 1 ? CampaignLedger.plural(entry.getKey()) : one(entry.getKey()))
                .toList();
        List<String> where = sites.stream()
                .map(site -> names.getOrDefault(site, site.site().value()))
                .toList();
        return CampaignLedger.capital(list(what))
                + (where.size() > 2 ? " at %d sites".formatted(where.size()) : " at " + list(where))
                + actor(cluster);
    }

    private static String opening(Chapter chapter, Optional<Chapter> earlier, Map<SiteKey, String> names) {
        String name = names.getOrDefault(chapter.site(), chapter.site().site().value());
        if (earlier.isEmpty()) {
            return "It begins at " + name + ": ";
        }
        Duration gap = Duration.between(earlier.get().startedAt(), chapter.startedAt());
        return (gap.toSeconds() == 0 ? "At the same time" : Phrases.duration(gap) + " later")
                + (earlier.get().site().equals(chapter.site()) ? ", at the same site: " : ", at " + name + ": ");
    }

    /** What ties an incident to those before it, the weightiest. */
    private static String reasons(List<Strand> ties) {
        List<Strand> strands = new ArrayList<>(ties);
        Set<String> told = new LinkedHashSet<>();
        strands.sort(Comparator.comparingDouble(Strand::weight).reversed().thenComparing(Strand::key));
        for (Strand strand : strands) {
            if (strand.weight() >= TELLING && told.size() < MOST_REASONS) {
                reason(strand).ifPresent(told::add);
            }
        }
        return told.isEmpty() ? "" : ", " + String.join(" and ", told);
    }

    private static Optional<String> reason(Strand strand) {
        return strand.kind() == Kind.SHARED_ENTITY || strand.kind() == Kind.SHARED_SEGMENT
                ? strand.shared()
                        .map(shared -> (strand.kind() == Kind.SHARED_SEGMENT ? "in" : "with")
                                + " the same "
                                + shared.kind().noun()
                                + " ("
                                + shared.value()
                                + ")")
                : Optional.empty();
    }

    private static String leaving(FormerMember left) {
        String after = Phrases.duration(Duration.between(left.startedAt(), left.leftAt()));
        return switch (left.reason()) {
            case RESOLVED -> " Resolved after %s.".formatted(after);
            case DISMISSED -> " Dismissed after %s: it no longer counts.".formatted(after);
            case MERGED -> " Merged into another incident after %s.".formatted(after);
            case UNTIED -> " After %s it turned out not to belong to the others.".formatted(after);
            case FORGOTTEN -> " Nothing new was heard of it; after %s it was no longer looked at.".formatted(after);
        };
    }

    /** Whom all members name. */
    private static String actor(Cluster cluster) {
        return cluster.tree().getFirst().strands().stream()
                .flatMap(strand -> strand.shared().stream())
                .filter(key -> key.kind().namesAnActor())
                .filter(key -> cluster.members().stream()
                        .allMatch(member -> member.keys().contains(key)))
                .findFirst()
                .map(key -> key.kind() == LinkKey.Kind.ADDRESS
                        ? " involving " + key.value()
                        : " with %s %s".formatted(key.kind().noun(), key.value()))
                .orElse("");
    }

    private static String one(IncidentType type) {
        return switch (type) {
            case ARMED_ATTACK -> "armed attack";
            case HARMLESS_NOISE -> "harmless noise";
            case CROWD_CRUSH -> "dangerous crowding";
            case TOXIC_RELEASE -> "toxic release";
            case INTRUSION -> "intrusion";
            case CYBER_ATTACK -> "cyber attack";
            case SABOTAGE -> "sabotage of sensors";
            case TECHNICAL_FAULT -> "technical fault";
        };
    }

    private static String list(List<String> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    }
}
