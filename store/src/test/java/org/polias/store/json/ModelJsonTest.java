// SPDX-License-Identifier: Apache-2.0
package org.polias.store.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polias.model.detection.Detection;
import org.polias.model.id.IncidentId;
import org.polias.model.id.TenantId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.observation.Result;
import org.polias.store.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class ModelJsonTest {

    private static final TenantId TENANT = new TenantId("pilsen");
    private static final IncidentId ID = new IncidentId("I-1");

    static Stream<IncidentEvent> events() {
        return Samples.wholeLife(TENANT, ID).stream().filter(event -> !(event instanceof IncidentEvent.Noted));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsReadAsItWasWritten(IncidentEvent event) {
        assertThat(ModelJson.readIncidentEvent(ModelJson.write(event))).isEqualTo(event);
    }

    @Test
    void theSamplesHaveEveryKindOfEvent() {
        assertThat(Samples.wholeLife(TENANT, ID).stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(List.<Class<?>>of(IncidentEvent.class.getPermittedSubclasses()));
    }

    @Test
    void anIncidentIsReadAsItWasWritten() {
        Incident incident = Incident.begin((IncidentEvent.Opened) Samples.opened(TENANT, ID));
        assertThat(ModelJson.readIncident(ModelJson.write(incident))).isEqualTo(incident);

        Incident assessed = incident.on(Samples.reassessed(ID, 2, CriticalityLevel.CRITICAL, 1e-300));
        assertThat(ModelJson.readIncident(ModelJson.write(assessed))).isEqualTo(assessed);
    }

    @Test
    void aDetectionIsReadAsItWasWritten() {
        Detection detection = Samples.detection(TENANT, Samples.NOON);

        assertThat(ModelJson.readDetection(new String(ModelJson.write(detection))))
                .isEqualTo(detection);
    }

    @Test
    void zeroHasNoSignAsTheDatabaseKeepsNone() {
        Result.Quantity negativeZero = new Result.Quantity(-0.0);

        assertThat(ModelJson.write(Result.class, negativeZero))
                .isEqualTo(ModelJson.write(Result.class, new Result.Quantity(0.0)))
                .doesNotContain("-0");
    }

    static Stream<Result> results() {
        return Stream.of(
                new Result.Quantity(-0.1),
                new Result.Count(Long.MAX_VALUE),
                new Result.Truth(true),
                new Result.Category("fog"),
                new Result.Vector(1, Double.MIN_VALUE, Double.MAX_VALUE),
                new Result.EventRecord("suricata.alert", Map.of("type", "x", "src_ip", "10.0.0.1")),
                new Result.Text("two\nlines"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void aResultIsReadAsItWasWritten(Result result) {
        assertThat(ModelJson.read(Result.class, ModelJson.write(Result.class, result)))
                .isEqualTo(result);
    }

    @Test
    void anInfiniteWeightIsReadAsItWasWritten() {
        Hypothesis never = new Hypothesis(IncidentType.SABOTAGE, Double.NEGATIVE_INFINITY, 0);

        assertThat(ModelJson.read(Hypothesis.class, ModelJson.write(Hypothesis.class, never)))
                .isEqualTo(never);
    }

    @Test
    void idsAreStringsAndClassesAreNamedSimply() {
        assertThat(ModelJson.write(new IncidentEvent.Acknowledged(ID, 4, Samples.NOON, "anna")))
                .isEqualTo("{\"@type\":\"Acknowledged\",\"incident\":\"I-1\",\"sequence\":4,"
                        + "\"at\":\"2026-11-21T12:00:00.123456Z\",\"by\":\"anna\"}");
    }

    @Test
    void membersOfALaterReleaseAreIgnored() {
        assertThat(ModelJson.readIncidentEvent("{\"@type\":\"Acknowledged\",\"incident\":\"I-1\",\"sequence\":4,"
                        + "\"at\":\"2026-11-21T12:00:00.123456Z\",\"by\":\"anna\",\"mood\":\"calm\"}"))
                .isEqualTo(new IncidentEvent.Acknowledged(ID, 4, Samples.NOON, "anna"));
    }

    @Test
    void textLosesOnlyWhatPostgresqlRefuses() {
        String json = ModelJson.write(new IncidentEvent.Noted(ID, 1, Samples.NOON, "anna", "a\u0000b\uD800c\u0007"));

        assertThat(((IncidentEvent.Noted) ModelJson.readIncidentEvent(json)).text())
                .isEqualTo("a\uFFFDb\uFFFDc\u0007");
        assertThat(new String(ModelJson.writePlain(Map.of("k\u0000", Arrays.asList("v\u0000")))))
                .isEqualTo("{\"k\uFFFD\":[\"v\uFFFD\"]}");
    }
}
