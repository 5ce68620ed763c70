// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.SiteEvent.Observed;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Certainty;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.incident.Severity;
import org.polias.model.incident.SilentSensor;
import org.polias.model.incident.Urgency;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.place.Covariance;
import org.polias.model.place.Place;
import org.polias.model.place.Position;
import org.polias.model.response.PlaybookStep;

/** Values of the vocabulary for tests. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    public static final DeviceId DEVICE = new DeviceId("gateway-1");

    private Samples() {}

    public static SiteKey site(TenantId tenant) {
        return new SiteKey(tenant, new SiteId("stadium"));
    }

    public static Observed observed(TenantId tenant, String datastream, long id, Instant time, Result result) {
        return observed(tenant, datastream, id, time, NOON.plusSeconds(1), result);
    }

    public static Observed observed(
            TenantId tenant, String datastream, long id, Instant time, Instant receivedAt, Result result) {
        return new Observed(
                site(tenant),
                receivedAt,
                DEVICE,
                new Observation(
                        new ObservationId(id),
                        new DatastreamId(datastream),
                        time,
                        result,
                        Quality.GOOD,
                        Optional.empty()));
    }

    public static Detection detection(TenantId tenant, Instant time) {
        return detection(tenant, time, time.plusMillis(20));
    }

    public static Detection detection(TenantId tenant, Instant time, Instant knownAt) {
        return new Detection(
                Detection.idOf(site(tenant), DetectionType.IMPULSE_NOISE, Phase.MOMENT, "impulse", "mic-1", time),
                site(tenant),
                DetectionType.IMPULSE_NOISE,
                Phase.MOMENT,
                "impulse",
                "mic-1",
                time,
                knownAt,
                3.25,
                Place.within(new Position(13.38, 49.75), 40),
                List.of(new EntityRef(EntityRef.SENSOR, "mic-1")),
                List.of(new Evidence(new DatastreamId("mic-1-level"), new ObservationId(-7), time)),
                Map.of("rise_dB", 38.5, "level_dB", 112.0),
                "The level rose by 38.5 dB.");
    }

    public static IncidentEvent opened(TenantId tenant, IncidentId id) {
        return new IncidentEvent.Opened(id, 1, NOON, site(tenant), NOON.minusSeconds(2), true, Optional.of("shots"));
    }

    public static IncidentEvent.Reassessed reassessed(
            IncidentId id, long sequence, CriticalityLevel level, double score) {
        return new IncidentEvent.Reassessed(
                id,
                sequence,
                NOON.plusSeconds(sequence).plusNanos(987_654_321),
                List.of(new LedgerEntry(
                        "impulse:mic-1",
                        LedgerKind.EVIDENCE,
                        new TreeMap<>(Map.of(
                                IncidentType.ARMED_ATTACK, 2.302585092994046, IncidentType.HARMLESS_NOISE, -0.1)),
                        "Microphone 1 heard a bang.",
                        NOON,
                        3,
                        List.of(new DetectionId("D-1"), new DetectionId("D-2")),
                        List.of(new Evidence(new DatastreamId("mic-1-level"), new ObservationId(-1), NOON)))),
                List.of("prior:old"),
                List.of(new Hypothesis(IncidentType.ARMED_ATTACK, 4.25, 0.97)),
                new Criticality(
                        level,
                        0.97,
                        4200,
                        score,
                        List.of("4,200 people are near."),
                        Severity.EXTREME,
                        Urgency.IMMEDIATE,
                        Certainty.LIKELY,
                        "test"),
                new Place(new Position(13.385, 49.75), new Covariance(400, 1.5e-17, 225)),
                NOON,
                "Shots at gate 3",
                List.of(new EntityRef(EntityRef.ZONE, "gate-3")),
                List.of(
                        new SilentSensor(
                                new SensorId("mic-2"), new DatastreamId("mic-2-level"), 35.5, Optional.of(NOON)),
                        new SilentSensor(
                                new SensorId("mic-3"), new DatastreamId("mic-3-level"), 80, Optional.empty())));
    }

    /** One of every kind of incident event, in an order in which they can happen. */
    public static List<IncidentEvent> wholeLife(TenantId tenant, IncidentId id) {
        Instant at = NOON.plusSeconds(60);
        return List.of(
                opened(tenant, id),
                reassessed(id, 2, CriticalityLevel.HIGH, 100),
                new IncidentEvent.Advised(
                        id, 3, at, "shots", "Shots fired", List.of(new PlaybookStep("police", "Close the gate."))),
                new IncidentEvent.Acknowledged(id, 4, at, "anna"),
                new IncidentEvent.Assigned(id, 5, at, "anna", "boris"),
                new IncidentEvent.Noted(id, 6, at, "boris", "Two \u0000 witnesses: \uD83D\uDE31 \"\\u0000\" \uD800"),
                new IncidentEvent.Absorbed(id, 7, at, "polias", new IncidentId("I-other")),
                new IncidentEvent.Resolved(id, 8, at, "boris", "over"),
                new IncidentEvent.Reopened(id, 9, at, "anna", "not over"),
                new IncidentEvent.Dismissed(id, 10, at, "anna", DismissalReason.EXERCISE, "it was one"),
                new IncidentEvent.SplitFrom(id, 11, at, "anna", new IncidentId("I-whole")),
                new IncidentEvent.SplitOff(
                        id, 12, at, "anna", new IncidentId("I-part"), List.of("evidence/a/b/c"), "something else"),
                new IncidentEvent.MergedInto(id, 13, at, "anna", new IncidentId("I-target")));
    }
}
