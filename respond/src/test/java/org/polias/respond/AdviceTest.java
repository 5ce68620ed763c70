// SPDX-License-Identifier: Apache-2.0
package org.polias.respond;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Certainty;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.Severity;
import org.polias.model.incident.Urgency;
import org.polias.model.place.Place;
import org.polias.model.place.Position;
import org.polias.model.response.Playbook;
import org.polias.model.response.PlaybookStep;

import static org.assertj.core.api.Assertions.assertThat;

class AdviceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final IncidentId ID = new IncidentId("I-1");

    private static final Playbook SHOTS =
            playbook("shots", CriticalityLevel.MEDIUM, IncidentType.ARMED_ATTACK, IncidentType.HARMLESS_NOISE);
    private static final Playbook LOCKDOWN = playbook("lockdown", CriticalityLevel.CRITICAL, IncidentType.ARMED_ATTACK);
    private static final Playbook GAS = playbook("gas", CriticalityLevel.NEGLIGIBLE, IncidentType.TOXIC_RELEASE);
    private static final List<Playbook> ALL = List.of(LOCKDOWN, GAS, SHOTS);

    @ParameterizedTest(name = "an incident of {0} at {1} calls for {2}")
    @CsvSource({
        "ARMED_ATTACK, CRITICAL, lockdown shots",
        "ARMED_ATTACK, HIGH, shots",
        "ARMED_ATTACK, MEDIUM, shots",
        "ARMED_ATTACK, LOW, ''",
        "HARMLESS_NOISE, CRITICAL, shots",
        "TOXIC_RELEASE, NEGLIGIBLE, gas",
        "INTRUSION, CRITICAL, ''"
    })
    void thePlaybooksForTheLeadingHypothesisAtItsCriticalityAreCalledFor(
            IncidentType leading, CriticalityLevel level, String playbooks) {
        assertThat(Advice.newlyCalledFor(assessed(leading, level), ALL))
                .extracting(Playbook::id)
                .isEqualTo(playbooks.isEmpty() ? List.of() : List.of(playbooks.split(" ")));
    }

    @Test
    void whatIsLessProbableCallsForNothingYet() {
        Incident incident = opened().on(reassessed(
                CriticalityLevel.CRITICAL,
                new Hypothesis(IncidentType.INTRUSION, 1, 0.6),
                new Hypothesis(IncidentType.TOXIC_RELEASE, 0, 0.3)));
        assertThat(Advice.newlyCalledFor(incident, ALL)).isEmpty();
    }

    @Test
    void anIncidentThatIsNotAssessedYetCallsForNothing() {
        assertThat(Advice.newlyCalledFor(opened(), ALL)).isEmpty();
    }

    @Test
    void whatWasAdvisedIsNotAdvisedAgain() {
        Incident advised = assessed(IncidentType.ARMED_ATTACK, CriticalityLevel.CRITICAL)
                .on(new IncidentEvent.Advised(ID, 3, NOON, "shots", "Shots", SHOTS.steps()));
        assertThat(Advice.newlyCalledFor(advised, ALL)).containsExactly(LOCKDOWN);
    }

    @Test
    void anIncidentThatIsOverCallsForNothing() {
        Incident resolved = assessed(IncidentType.ARMED_ATTACK, CriticalityLevel.CRITICAL)
                .on(new IncidentEvent.Resolved(ID, 3, NOON, "ana", ""));
        assertThat(Advice.newlyCalledFor(resolved, ALL)).isEmpty();
    }

    private static Incident assessed(IncidentType leading, CriticalityLevel level) {
        return opened().on(reassessed(level, new Hypothesis(leading, 1, 0.7)));
    }

    private static Incident opened() {
        return Incident.begin(new IncidentEvent.Opened(
                ID, 1, NOON, new SiteKey(new TenantId("town"), new SiteId("centre")), NOON, false, Optional.empty()));
    }

    private static IncidentEvent.Reassessed reassessed(CriticalityLevel level, Hypothesis... hypotheses) {
        return new IncidentEvent.Reassessed(
                ID,
                2,
                NOON,
                List.of(),
                List.of(),
                List.of(hypotheses),
                new Criticality(
                        level, 0.7, 10, 1, List.of(), Severity.SEVERE, Urgency.IMMEDIATE, Certainty.LIKELY, "test"),
                Place.within(new Position(13.38, 49.75), 10),
                NOON,
                "Something",
                List.of(),
                List.of());
    }

    private static Playbook playbook(String id, CriticalityLevel from, IncidentType... types) {
        return new Playbook(id, "Title of " + id, Set.of(types), from, List.of(new PlaybookStep("steward", "act")));
    }
}
