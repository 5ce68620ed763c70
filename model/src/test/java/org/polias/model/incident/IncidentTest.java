// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.place.Place;
import org.polias.model.place.Position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncidentTest {

    private static final IncidentId ID = new IncidentId("I-1");
    private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

    private final Incident opened = Incident.begin(new IncidentEvent.Opened(
            ID, 1, T, new SiteKey(new TenantId("t"), new SiteId("s")), T.minusSeconds(1), false, Optional.empty()));

    @Test
    void anIncidentIsTheFoldOfItsEvents() {
        Incident incident = opened.on(reassessed(2, line("prior", -3), line("mic-1", 5)))
                .on(new IncidentEvent.Acknowledged(ID, 3, T, "anna"))
                .on(new IncidentEvent.Assigned(ID, 4, T, "anna", "boris"))
                .on(new IncidentEvent.Dismissed(ID, 5, T, "boris", DismissalReason.HARMLESS_CAUSE, "fireworks"));
        assertThat(incident.status()).isEqualTo(IncidentStatus.DISMISSED);
        assertThat(incident.assignee()).contains("boris");
        assertThat(incident.acknowledgedBy()).contains("anna");
        assertThat(incident.dismissal()).contains(DismissalReason.HARMLESS_CAUSE);
        assertThat(incident.sequence()).isEqualTo(5);
        assertThat(incident.on(new IncidentEvent.Reopened(ID, 6, T, "anna", "")).status())
                .isEqualTo(IncidentStatus.ASSIGNED);
    }

    @Test
    void aLineWithTheSameKeyTakesTheOldOnesPlace() {
        Incident incident = opened.on(reassessed(2, line("prior", -3), line("mic-1", 5), line("mic-2", 1)))
                .on(reassessed(3, line("mic-1", 6)));
        assertThat(incident.ledger()).extracting(LedgerEntry::key).containsExactly("prior", "mic-1", "mic-2");
        assertThat(incident.ledger().get(1).weightFor(IncidentType.ARMED_ATTACK))
                .isEqualTo(6);
    }

    @Test
    void anEventOutOfOrderIsRefused() {
        assertThatThrownBy(() -> opened.on(new IncidentEvent.Acknowledged(ID, 3, T, "anna")))
                .hasMessage("Event 3 of incident I-1 does not follow event 1 of incident I-1.");
        assertThatThrownBy(() -> opened.on(new IncidentEvent.Acknowledged(new IncidentId("I-2"), 2, T, "anna")))
                .hasMessageContaining("I-2");
    }

    private static IncidentEvent.Reassessed reassessed(long sequence, LedgerEntry... lines) {
        return new IncidentEvent.Reassessed(
                ID,
                sequence,
                T,
                List.of(lines),
                List.of(),
                List.of(new Hypothesis(IncidentType.ARMED_ATTACK, 2, 0.88)),
                new Criticality(
                        CriticalityLevel.HIGH,
                        0.88,
                        100,
                        88,
                        List.of(),
                        Severity.SEVERE,
                        Urgency.IMMEDIATE,
                        Certainty.LIKELY,
                        "test"),
                Place.within(new Position(13.38, 49.75), 30),
                T,
                "Possible shots",
                List.of(),
                List.of());
    }

    private static LedgerEntry line(String key, double weight) {
        return new LedgerEntry(
                key,
                LedgerKind.EVIDENCE,
                LedgerEntry.weights(Map.of(IncidentType.ARMED_ATTACK, weight)),
                key,
                T,
                1,
                List.of(),
                List.of());
    }
}
