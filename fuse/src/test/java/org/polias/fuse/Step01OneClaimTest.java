// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.model.city.SiteClass;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerKind;

import static org.assertj.core.api.Assertions.assertThat;

/** 1: a single claim, which convinces or does not. */
class Step01OneClaimTest {

    private final Story story = Story.inTown();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    0 claim IMPULSE_NOISE mic-1 5.0                 | HARMLESS_NOISE  | Loud bang near Town park, possibly shots
                    0 claim CROWD_DENSITY cam-1 4.0 begin           | CROWD_CRUSH     | Possible dangerous crowding at Fan zone
                    0 claim GAS_LEVEL gas-1 5.0 begin               | TOXIC_RELEASE   | Possible toxic gas near Fan zone
                    0 claim DOOR_FORCED door-1 4.0 asset=gate-3     | INTRUSION       | Possible intrusion at Service gate 3
                    0 claim NETWORK_ALERT ids-1 4.0 asset=tickets   | CYBER_ATTACK    | Possible cyber attack on Ticket server
                    0 claim NETWORK_ALERT_BURST ids-1 4.0 ip=10.1.1.9 | CYBER_ATTACK  | Possible cyber attack at Town centre involving 10.1.1.9
                    0 claim LEVEL gas-1 5.0 begin                   | TECHNICAL_FAULT | Possible technical fault near Fan zone
                    0 claim ACCESS_REFUSED door-1 5.0 asset=gate-3  | INTRUSION       | Possible intrusion at Service gate 3
                    """)
    void aStrongClaimOpensAnIncidentOfItsType(String line, IncidentType leading, String title) {
        assertThat(story.tell(line)).hasSize(2).startsWith("A opened");
        assertThat(story.incident('A').title()).isEqualTo(title);
        assertThat(story.leading('A')).isEqualTo(leading);
        assertThat(story.incident('A').status()).isEqualTo(IncidentStatus.OPEN);
        assertThat(story.incident('A').simulated()).isTrue();
    }

    @Test
    void sensorsLostTogetherOpenAnIncident() {
        assertThat(story.tell("0 claim SENSORS_LOST_TOGETHER mic-1 5.0 begin")).contains("A opened");
        assertThat(story.leading('A')).isIn(IncidentType.SABOTAGE, IncidentType.TECHNICAL_FAULT);
    }

    @ParameterizedTest
    @CsvSource({"SENSOR_SILENT", "SENSOR_STUCK", "SENSOR_IMPLAUSIBLE"})
    void aSensorThatFailsAloneOpensNothingHoweverSureItsDetectorIs(String type) {
        assertThat(story.tell("0 claim " + type + " mic-1 30 begin")).isEmpty();
        assertThat(story.state().tentative()).hasSize(1);
        assertThat(story.state().listLiveIncidents()).isEmpty();
    }

    @Test
    void anEverydayBangOpensNothing() {
        assertThat(story.tell("0 claim IMPULSE_NOISE mic-1 3.2")).isEmpty();
    }

    @Test
    void anEverydayBangInAStadiumOpensNothing() {
        assertThat(Story.in(Town.definition(SiteClass.STADIUM, "2")).tell("0 claim IMPULSE_NOISE mic-1 3.2"))
                .isEmpty();
    }

    @Test
    void aTestAlertOfSeverityThreeOpensACyberIncidentOfLowCriticality() {
        story.tell("0 claim NETWORK_ALERT ids-1 0.4 ip=10.0.0.1 ip=10.0.0.2");
        assertThat(story.leading('A')).isEqualTo(IncidentType.CYBER_ATTACK);
        assertThat(story.level('A')).isLessThanOrEqualTo(CriticalityLevel.LOW);
        assertThat(story.probability('A', IncidentType.CYBER_ATTACK)).isLessThan(0.2);
    }

    @Test
    void anIncidentBeginsWithItsPriorItsEvidenceAndTheKindOfPlace() {
        Story stadium = Story.in(Town.definition(SiteClass.STADIUM, "2"));
        stadium.tell("0 claim GAS_LEVEL gas-1 5.0 begin");
        assertThat(stadium.incident('A').ledger())
                .extracting(line -> line.kind())
                .containsExactly(LedgerKind.PRIOR, LedgerKind.CONTEXT, LedgerKind.EVIDENCE);
        assertThat(stadium.incident('A').ledger().get(2).sentence()).isEqualTo("gas-1 says chemical.level.");
        assertThat(stadium.incident('A').ledger().get(1).sentence()).startsWith("This is a stadium");
    }

    @Test
    void evidenceAgainstAHypothesisIsInTheLedgerToo() {
        story.tell("0 claim GAS_LEVEL gas-1 5.0 begin");
        assertThat(story.incident('A').ledger().get(1).weightFor(IncidentType.CYBER_ATTACK))
                .isNegative();
    }

    @Test
    void aNetworkAlertDoesNotInheritTheEverydayRiskOfAnAttackOnPeople() {
        story.tell("0 claim NETWORK_ALERT ids-1 4");
        assertThat(story.incident('A').criticality().orElseThrow().reasons())
                .noneMatch(reason -> reason.contains("armed attack"));
    }

    @Test
    void theSameDetectionDeliveredTwiceCountsOnce() {
        story.tell("0 claim NETWORK_ALERT ids-1 4 ip=10.0.0.1");
        DefaultFusionState before = story.state();
        assertThat(story.tell("0 claim NETWORK_ALERT ids-1 4 ip=10.0.0.1")).isEqualTo(List.of());
        assertThat(story.state()).isSameAs(before);
    }
}
