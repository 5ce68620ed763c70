// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.polias.fuse.city.Cluster.Held;
import org.polias.fuse.language.Phrases;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.campaign.CampaignEvidence.Kind;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentType;

/** The ledger of a cluster: its strands, those about the same thing as one line. */
final class CampaignLedger {

    private static final double KM_PER_H = 3.6;
    private static final double DAY_S = 86_400;

    private CampaignLedger() {}

    /** The prior, then what ties, the weightiest first, then what speaks against it. */
    static List<CampaignEvidence> of(Cluster cluster, Map<SiteKey, String> names) {
        Map<String, List<Held>> groups = new TreeMap<>();
        for (Tie tie : cluster.tree()) {
            for (Strand strand : tie.strands()) {
                groups.computeIfAbsent(strand.key(), ignored -> new ArrayList<>())
                        .add(new Held(tie, strand));
            }
        }
        for (Held held : cluster.contradictions()) {
            groups.computeIfAbsent(held.strand().key(), ignored -> new ArrayList<>())
                    .add(held);
        }
        List<CampaignEvidence> lines = new ArrayList<>(groups.size());
        for (Map.Entry<String, List<Held>> group : groups.entrySet()) {
            lines.add(line(group.getKey(), group.getValue(), names));
        }
        lines.sort(Comparator.comparing((CampaignEvidence line) -> line.kind() != Kind.PRIOR)
                .thenComparing(
                        Comparator.comparingDouble(CampaignEvidence::logOdds).reversed())
                .thenComparing(CampaignEvidence::key));
        return lines;
    }

    private static CampaignEvidence line(String key, List<Held> group, Map<SiteKey, String> names) {
        double sum = 0;
        Map<IncidentId, CityIncident> about = new HashMap<>();
        for (Held held : group) {
            sum += held.strand().weight();
            about.put(held.tie().first().id(), held.tie().first());
            about.put(held.tie().second().id(), held.tie().second());
        }
        List<CityIncident> incidents =
                about.values().stream().sorted(Tie::order).toList();
        return new CampaignEvidence(
                key,
                group.getFirst().strand().kind(),
                sum,
                sentence(key, group, incidents, sum, names),
                incidents.stream().map(CityIncident::id).toList());
    }

    private static String sentence(
            String key, List<Held> group, List<CityIncident> incidents, double sum, Map<SiteKey, String> names) {
        Held held = group.getFirst();
        CityIncident first = held.tie().first();
        CityIncident second = held.tie().second();
        return switch (held.strand().kind()) {
            case PRIOR -> prior(held.strand().weight(), group.size());
            case SHARED_ENTITY, SHARED_SEGMENT -> {
                LinkKey shared = held.strand().shared().orElseThrow();
                yield "The same %s, %s, is in %d incidents %s."
                        .formatted(shared.kind().noun(), shared.value(), incidents.size(), where(incidents, names));
            }
            case COINCIDENCE ->
                "%s at %d sites within %s; by chance the city has one about every %s."
                        .formatted(
                                capital(plural(first.type().orElseThrow())),
                                sites(incidents).size(),
                                Phrases.duration(span(incidents)),
                                interval(Ties.everyFew_s(first.type().orElseThrow(), names.size())));
            case SEQUENCE ->
                "“%s”, and %s later “%s”: %s.%s"
                        .formatted(
                                first.title(),
                                Phrases.duration(Duration.between(first.startedAt(), second.startedAt())),
                                second.title(),
                                Weights.findPattern(
                                                first.type().orElseThrow(),
                                                second.type().orElseThrow())
                                        .orElseThrow()
                                        .saying(),
                                group.size() > 1 ? " So %d times.".formatted(group.size()) : "");
            case TIME ->
                sum >= 0
                        ? "Those that something ties began within %s of each other."
                                .formatted(Phrases.duration(longest(group)))
                        : "Of those that something ties, some began %s apart."
                                .formatted(Phrases.duration(longest(group)));
            case CYBER_PHYSICAL ->
                "Something happens in the network and in the world of %s at once.".formatted(name(first, names));
            case TRAVEL ->
                "Who was at %s could be at %s %s later: %s km/h are enough."
                        .formatted(
                                name(first, names),
                                name(second, names),
                                Phrases.duration(Duration.between(first.startedAt(), second.startedAt())),
                                Phrases.whole(held.strand().speed_m_per_s() * KM_PER_H));
            case CONTRADICTION -> contradiction(key, held, first, second, names);
        };
    }

    private static String interval(double seconds) {
        return seconds < 2 * DAY_S
                ? Phrases.duration(Duration.ofSeconds(Math.round(seconds)))
                : Phrases.whole(seconds / DAY_S) + " days";
    }

    private static String prior(double weight, int joints) {
        double odds = 1 + StrictMath.exp(-weight);
        return "Before anything is known, one pair of incidents in %s is coordinated%s."
                .formatted(
                        Phrases.whole(odds),
                        joints > 1 ? "; counted for each of the %d that joined".formatted(joints) : "");
    }

    private static String contradiction(
            String key, Held held, CityIncident first, CityIncident second, Map<SiteKey, String> names) {
        return switch (key.substring(0, key.indexOf(':'))) {
            case "travel" ->
                "Nobody is at %s and %s later at %s: that would take %s km/h."
                        .formatted(
                                name(first, names),
                                Phrases.duration(Duration.between(first.startedAt(), second.startedAt())),
                                name(second, names),
                                Phrases.whole(held.strand().speed_m_per_s() * KM_PER_H));
            case "harmless" -> {
                CityIncident harmless = key.endsWith(":" + first.id()) ? first : second;
                yield "“%s” is most probably %s."
                        .formatted(
                                harmless.title(),
                                Phrases.hypothesis(harmless.type().orElseThrow()));
            }
            case "addresses" -> "“%s” and “%s” name no address in common.".formatted(first.title(), second.title());
            case "vehicles" -> "“%s” and “%s” name different vehicles.".formatted(first.title(), second.title());
            default -> throw new IllegalStateException("There is no sentence for %s.".formatted(key));
        };
    }

    static String name(CityIncident incident, Map<SiteKey, String> names) {
        return names.getOrDefault(incident.site(), incident.site().site().value());
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Several of a type, within a sentence. */
    static String plural(IncidentType type) {
        return switch (type) {
            case ARMED_ATTACK -> "armed attacks";
            case HARMLESS_NOISE -> "harmless noises";
            case CROWD_CRUSH -> "dangerous crowding";
            case TOXIC_RELEASE -> "toxic releases";
            case INTRUSION -> "intrusions";
            case CYBER_ATTACK -> "cyber attacks";
            case SABOTAGE -> "sabotage of sensors";
            case TECHNICAL_FAULT -> "technical faults";
        };
    }

    private static String where(List<CityIncident> incidents, Map<SiteKey, String> names) {
        Set<SiteKey> sites = sites(incidents);
        return sites.size() == 1 ? "at " + name(incidents.getFirst(), names) : "at %d sites".formatted(sites.size());
    }

    private static Set<SiteKey> sites(List<CityIncident> incidents) {
        Set<SiteKey> sites = new LinkedHashSet<>();
        incidents.forEach(incident -> sites.add(incident.site()));
        return sites;
    }

    private static Duration span(List<CityIncident> incidents) {
        Instant first = incidents.getFirst().startedAt();
        return Duration.between(first, incidents.getLast().startedAt());
    }

    private static Duration longest(List<Held> group) {
        Duration longest = Duration.ZERO;
        for (Held held : group) {
            Duration gap = Duration.between(
                    held.tie().first().startedAt(), held.tie().second().startedAt());
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }
}
