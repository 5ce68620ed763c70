// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.model.Sorted;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvent;
import org.polias.model.detection.EntityRef;
import org.polias.model.event.Step;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Certainty;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.Severity;
import org.polias.model.incident.Urgency;
import org.polias.model.place.Place;
import org.polias.model.place.Position;

/**
 * A story of incidents in a city, a line each: the minute in which it began, its name, its site, its type, how probable, and what it names.
 * A later line of the same name tells what has become of it.
 *
 * <pre>
 *   0    A arena SABOTAGE 0.95 segment=cctv zone=gate-3
 *   30   A DISMISSED FALSE_ALARM
 * </pre>
 */
final class Tale {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final TenantId TENANT = new TenantId("pilsen");
    private static final Map<String, String> NAMES =
            Map.of("arena", "Doosan Arena", "station", "Main Station", "square", "Republic Square");

    private final CityFusion fusion;
    private final Map<IncidentId, Incident> incidents = new TreeMap<>();
    private final List<CampaignEvent> events = new ArrayList<>();
    private CityState state = CityState.EMPTY;

    private Tale(CitySettings settings) {
        fusion = new CityFusion(settings);
        NAMES.forEach((id, name) -> on(new CityInput.Configured(NOON, site(id, name))));
    }

    static Tale ofThreeSites() {
        return new Tale(CitySettings.defaults());
    }

    static CitySite site(String id, String name) {
        return new CitySite(new SiteKey(TENANT, new SiteId(id)), name, Sorted.copyOf(List.of("198.51.100.10")));
    }

    static List<CitySite> sites() {
        return NAMES.entrySet().stream()
                .map(entry -> site(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Tells all lines, and that time goes on until all of it counts. */
    Tale tell(String lines) {
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> on(new CityInput.Known(incident(line))));
        on(new CityInput.Ticked(state.clock().orElseThrow().plusSeconds(10)));
        return this;
    }

    Step<CityState, CampaignEvent> on(CityInput input) {
        Step<CityState, CampaignEvent> step = fusion.on(state, input);
        state = step.state();
        events.addAll(step.outputs());
        return step;
    }

    /** What a line makes of an incident; remembered, so that the next line of it follows. */
    Incident incident(String line) {
        String[] words = line.strip().split("\\s+");
        Instant at = NOON.plusMillis(Math.round(Double.parseDouble(words[0]) * 60_000));
        IncidentId id = new IncidentId(words[1]);
        Optional<Incident> before = Optional.ofNullable(incidents.get(id));
        Incident next = before.isPresent() && isStatus(words[2])
                ? with(before.get(), at, IncidentStatus.valueOf(words[2]), words)
                : assessed(id, at, before, words);
        incidents.put(id, next);
        return next;
    }

    CityFusion fusion() {
        return fusion;
    }

    CityState state() {
        return state;
    }

    List<CampaignEvent> events() {
        return events;
    }

    List<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    List<Campaign> campaigns() {
        return state.campaigns();
    }

    Campaign onlyCampaign() {
        if (state.campaigns().size() != 1) {
            throw new AssertionError(
                    "There are %d campaigns: %s".formatted(state.campaigns().size(), state.campaigns()));
        }
        return state.campaigns().getFirst();
    }

    static List<String> members(Campaign campaign) {
        return campaign.members().stream()
                .map(member -> member.incident().value())
                .toList();
    }

    private static boolean isStatus(String word) {
        for (IncidentStatus status : IncidentStatus.values()) {
            if (status.name().equals(word)) {
                return true;
            }
        }
        return false;
    }

    private static Incident assessed(IncidentId id, Instant at, Optional<Incident> before, String[] words) {
        IncidentType type = IncidentType.valueOf(words[3]);
        double probability = Double.parseDouble(words[4]);
        CriticalityLevel level = CriticalityLevel.MEDIUM;
        Optional<String> exercise = Optional.empty();
        double east_km = 0;
        List<EntityRef> entities = new ArrayList<>();
        for (int i = 5; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            switch (pair[0]) {
                case "level" -> level = CriticalityLevel.valueOf(pair[1]);
                case "exercise" -> exercise = Optional.of(pair[1]);
                case "km" -> east_km = Double.parseDouble(pair[1]);
                default -> entities.add(new EntityRef(pair[0], pair[1]));
            }
        }
        Instant started = before.map(Incident::startedAt).orElse(at);
        return new Incident(
                id,
                new SiteKey(TENANT, new SiteId(words[2])),
                before.map(Incident::sequence).orElse(0L) + 1,
                IncidentStatus.OPEN,
                true,
                exercise,
                started,
                started,
                at,
                at,
                "Possible " + type.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + id,
                List.of(),
                List.of(new Hypothesis(type, Math.log(probability / (1 - probability)), probability)),
                Optional.of(new Criticality(
                        level,
                        probability,
                        10,
                        1,
                        List.of(),
                        Severity.MODERATE,
                        Urgency.IMMEDIATE,
                        Certainty.LIKELY,
                        "")),
                Optional.of(Place.within(new Position(13.38 + east_km / 71.9, 49.75), 10)),
                entities,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Incident with(Incident before, Instant at, IncidentStatus status, String[] words) {
        return new Incident(
                before.id(),
                before.site(),
                before.sequence() + 1,
                status,
                before.simulated(),
                before.exercise(),
                before.openedAt(),
                before.startedAt(),
                before.lastEvidenceAt(),
                at,
                before.title(),
                before.ledger(),
                before.hypotheses(),
                before.criticality(),
                before.place(),
                before.entities(),
                before.silentSensors(),
                before.advice(),
                before.acknowledgedBy(),
                before.assignee(),
                status == IncidentStatus.DISMISSED ? Optional.of(DismissalReason.valueOf(words[3])) : Optional.empty(),
                before.mergedInto());
    }

    static Duration lateness() {
        return CitySettings.defaults().lateness();
    }
}
