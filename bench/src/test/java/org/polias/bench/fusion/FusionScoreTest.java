// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Certainty;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.Severity;
import org.polias.model.incident.Urgency;
import org.polias.model.place.Place;
import org.polias.model.place.Position;
import org.polias.pilots.cityday.CityDay;
import org.polias.pilots.cityday.DaySettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FusionScoreTest {

    private static final SiteKey SITE = new SiteKey(new TenantId("city"), new SiteId("a"));
    private static final Instant NOON = Instant.parse("2026-06-06T12:00:00Z");
    private static final Place PLACE = Place.within(new Position(13, 49), 10);

    private final FusionScore score = new FusionScore(
            List.of(
                    truth("T-1", IncidentType.ARMED_ATTACK, "d1", "d2", "d3"),
                    truth("T-2", IncidentType.CROWD_CRUSH, "d4"),
                    truth("T-3", IncidentType.SABOTAGE),
                    truth("T-4", IncidentType.HARMLESS_NOISE, "d6")),
            Set.of());

    @Test
    void whatIsFoundPureAndPromptIsCountedSo() {
        see("d1", 0);
        join("d1", "I-1", 0);
        open("I-1", IncidentType.HARMLESS_NOISE, 1);
        see("d2", 2);
        join("d2", "I-1", 2);
        assess("I-1", IncidentType.ARMED_ATTACK, 0.9, CriticalityLevel.CRITICAL, 4);
        see("d5", 5);
        join("d5", "I-1", 5);
        see("d4", 6);
        join("d4", "I-2", 6);
        Map<String, Object> figures = score.sums(1).result().figures();
        assertThat(figures)
                .containsEntry("detections", 4L)
                .containsEntry("incidents", 1L)
                .containsEntry("true_incidents", 2L)
                .containsEntry("completeness", 0.5)
                .containsEntry("completeness_with_type", 0.5)
                .containsEntry("time_to_incident_p95_s", 4.0)
                .containsEntry("false_critical", 0L);
        assertThat((double) figures.get("purity")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat((double) figures.get("reduction")).isCloseTo(4, within(1e-9));
    }

    @Test
    void aCriticalIncidentOfNothingIsFalse() {
        see("d9", 0);
        join("d9", "I-9", 0);
        open("I-9", IncidentType.ARMED_ATTACK, 0);
        assess("I-9", IncidentType.ARMED_ATTACK, 0.9, CriticalityLevel.CRITICAL, 1);
        assertThat(score.sums(1).result().figures())
                .containsEntry("false_critical", 1L)
                .containsEntry("false_incidents", 1L);
    }

    @Test
    void predictionsThatMeanWhatTheySayHaveNoError() {
        Calibration calibration = new Calibration();
        for (int i = 0; i < 1000; i++) {
            calibration.add(0.2, i % 5 == 0);
        }
        assertThat(calibration.expectedError()).isCloseTo(0, within(1e-9));
        assertThat(calibration.brierScore()).isCloseTo(0.16, within(1e-9));
        calibration.add(1, false);
        assertThat(calibration.expectedError()).isCloseTo(1 / 1001.0, within(1e-9));
        assertThat(calibration.svg()).startsWith("<svg").contains("1000 predictions");
    }

    @Test
    void aDayOfACityIsJudgedTheSameTwice() {
        DaySettings settings = new DaySettings(3, 4, 2, 6, 0, 1);
        assertThat(FusionStudy.score(CityDay.of(settings)).sums(1).result())
                .isEqualTo(FusionStudy.score(CityDay.of(settings)).sums(1).result());
        assertThat(FusionStudy.run(settings, true, 1, 1, _ -> {}).result().figures())
                .containsKeys("reduction", "completeness", "purity", "ece");
    }

    private static TrueIncident truth(String id, IncidentType type, String... detections) {
        return new TrueIncident(
                id,
                SITE,
                type,
                List.of(detections).stream().map(DetectionId::new).toList());
    }

    private void see(String id, int second) {
        Instant at = NOON.plusSeconds(second);
        score.detected(
                new Detection(
                        new DetectionId(id),
                        SITE,
                        DetectionType.GUNSHOT,
                        Phase.MOMENT,
                        "test",
                        "mic",
                        at,
                        at,
                        1,
                        PLACE,
                        List.of(),
                        List.of(),
                        Map.of(),
                        "A shot."),
                at);
    }

    private void join(String detection, String incident, int second) {
        score.on(
                NOON.plusSeconds(second),
                new SiteOutcome.Gathered(SITE, new DetectionId(detection), new IncidentId(incident)));
    }

    private void open(String incident, IncidentType leading, int second) {
        Instant at = NOON.plusSeconds(second);
        score.on(
                at,
                new SiteOutcome.IncidentChanged(
                        SITE,
                        new IncidentEvent.Opened(new IncidentId(incident), 1, at, SITE, at, true, Optional.empty())));
        assess(incident, leading, 0.5, CriticalityLevel.LOW, second);
    }

    private void assess(String incident, IncidentType leading, double probability, CriticalityLevel level, int second) {
        Instant at = NOON.plusSeconds(second);
        score.on(
                at,
                new SiteOutcome.IncidentChanged(
                        SITE,
                        new IncidentEvent.Reassessed(
                                new IncidentId(incident),
                                2,
                                at,
                                List.of(),
                                List.of(),
                                List.of(new Hypothesis(leading, 0, probability)),
                                new Criticality(
                                        level,
                                        probability,
                                        1,
                                        1,
                                        List.of(),
                                        Severity.UNKNOWN,
                                        Urgency.UNKNOWN,
                                        Certainty.UNKNOWN,
                                        "test"),
                                PLACE,
                                at,
                                "",
                                List.of(),
                                List.of())));
    }
}
