// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.polias.fuse.explanation.NextObservation;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.campaign.StoryLine;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.place.Place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Collects which detections went to which incident, and tells of incidents. The names in the JSON are published. */
public final class FusionReport implements FusionRun.Watcher {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<IncidentId, List<DetectionId>> joined = new LinkedHashMap<>();

    @Override
    public void joined(DetectionId detection, IncidentId incident, java.time.Instant at) {
        joined.computeIfAbsent(incident, ignored -> new ArrayList<>()).add(detection);
    }

    /** The detections that went to this incident. */
    public List<DetectionId> detections(IncidentId incident) {
        return joined.getOrDefault(incident, List.of());
    }

    /** One JSON object on one line. */
    public String json(Incident incident) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", incident.id().value());
        object.put("site", incident.site().text());
        object.put("status", code(incident.status()));
        object.put("title", incident.title());
        object.put("opened_at", incident.openedAt().toString());
        object.put("started_at", incident.startedAt().toString());
        object.put("last_evidence_at", incident.lastEvidenceAt().toString());
        incident.mergedInto().ifPresent(target -> object.put("merged_into", target.value()));
        object.put(
                "hypotheses",
                incident.hypotheses().stream().map(FusionReport::hypothesis).toList());
        incident.criticality().ifPresent(one -> {
            Map<String, Object> criticality = new LinkedHashMap<>();
            criticality.put("level", code(one.level()));
            criticality.put("probability", one.probability());
            criticality.put("exposed_people", one.exposedPeople());
            criticality.put("score", one.score());
            criticality.put("reasons", one.reasons());
            object.put("criticality", criticality);
        });
        incident.place().ifPresent(place -> object.put("place", place(place)));
        object.put("ledger", incident.ledger().stream().map(FusionReport::line).toList());
        NextObservation.of(incident).ifPresent(next -> {
            Map<String, Object> most = new LinkedHashMap<>();
            most.put("type", next.type().code());
            most.put("change", next.change());
            most.put("if_so", next.ifSo());
            most.put("if_not", next.ifNot());
            most.put("sentence", next.sentence());
            object.put("would_tell_most", most);
        });
        List<DetectionId> detections = detections(incident.id());
        object.put("detection_count", detections.size());
        object.put("detections", detections.stream().map(DetectionId::value).toList());
        return write(object);
    }

    /** A campaign as one JSON object on one line, told from incidents by its {@code kind}. */
    public String json(Campaign campaign) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", "campaign");
        object.put("id", campaign.id().value());
        object.put("tenant", campaign.tenant().value());
        object.put("status", code(campaign.status()));
        object.put("title", campaign.title());
        object.put("opened_at", campaign.openedAt().toString());
        object.put("started_at", campaign.startedAt().toString());
        campaign.mergedInto().ifPresent(target -> object.put("merged_into", target.value()));
        object.put("probability", campaign.probability());
        object.put("log_odds", campaign.logOdds());
        object.put("level", code(campaign.level()));
        object.put(
                "incidents",
                campaign.members().stream().map(one -> one.incident().value()).toList());
        object.put(
                "former_incidents",
                campaign.former().stream().map(one -> one.incident().value()).toList());
        object.put("story", campaign.story().stream().map(FusionReport::chapter).toList());
        object.put(
                "ledger", campaign.ledger().stream().map(FusionReport::evidence).toList());
        return write(object);
    }

    private static Map<String, Object> chapter(StoryLine line) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("at", line.at().toString());
        object.put("site", line.site().text());
        object.put("incident", line.incident().value());
        object.put("current", line.current());
        object.put("sentence", line.sentence());
        return object;
    }

    private static Map<String, Object> evidence(CampaignEvidence one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", one.key());
        object.put("kind", code(one.kind()));
        object.put("sentence", one.sentence());
        object.put("log_odds", one.logOdds());
        object.put("incidents", one.incidents().stream().map(IncidentId::value).toList());
        return object;
    }

    private static String write(Map<String, Object> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> hypothesis(Hypothesis one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", one.type().code());
        object.put("probability", one.probability());
        object.put("log_odds", one.logOdds());
        return object;
    }

    private static Map<String, Object> place(Place place) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lat", place.position().latitude());
        object.put("lon", place.position().longitude());
        object.put("semi_major_95_m", place.covariance().ellipse95().major_m());
        object.put("semi_minor_95_m", place.covariance().ellipse95().minor_m());
        return object;
    }

    private static Map<String, Object> line(LedgerEntry entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", entry.key());
        object.put("kind", code(entry.kind()));
        object.put("sentence", entry.sentence());
        object.put("count", entry.count());
        Map<String, Double> weights = new LinkedHashMap<>();
        entry.weights().forEach((type, weight) -> weights.put(type.code(), weight));
        object.put("weights", weights);
        object.put(
                "detections",
                entry.detections().stream().map(DetectionId::value).toList());
        return object;
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
