// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.junit.jupiter.api.Test;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.place.Offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** 2: several sources, which tell of one thing or of several. */
class Step02SeveralSourcesTest {

    private final Story story = Story.inTown();

    @Test
    void twoMicrophonesThatHearOneStrongBangMakeOneIncidentThatIsProbablyShots() {
        assertThat(story.tell("""
                        0.0 claim IMPULSE_NOISE mic-1 5.0
                        0.3 claim IMPULSE_NOISE mic-2 4.5
                        0.4 claim IMPULSE_NOISE mic-3 4.5
                        """))
                .containsExactly("A opened", "A reassessed, lines 2", "A reassessed, lines 1", "A reassessed, lines 1");
        assertThat(story.leading('A')).isEqualTo(IncidentType.ARMED_ATTACK);
        assertThat(story.incident('A').title()).isEqualTo("Possible shots at Town park");
        assertThat(story.level('A')).isGreaterThanOrEqualTo(CriticalityLevel.HIGH);
    }

    @Test
    void weakClaimsOfSeveralSensorsConvinceTogether() {
        assertThat(story.tell("0 claim IMPULSE_NOISE mic-1 2.0")).isEmpty();
        assertThat(story.tell("0.2 claim IMPULSE_NOISE mic-2 2.0")).contains("A opened");
        assertThat(story.incident('A').ledger()).hasSize(3);
        assertThat(story.incident('A').startedAt()).isEqualTo(Story.NOON);
    }

    @Test
    void bangsFarApartAreSeveralIncidents() {
        assertThat(story.tell("""
                        0.0 claim IMPULSE_NOISE mic-1 5.0
                        0.3 claim IMPULSE_NOISE mic-far 5.0
                        """)).filteredOn(line -> line.endsWith("opened")).containsExactly("A opened", "B opened");
    }

    @Test
    void bangsLongApartAreSeveralIncidents() {
        assertThat(story.tell("""
                        0    claim IMPULSE_NOISE mic-1 5.0
                        1800 claim IMPULSE_NOISE mic-2 5.0
                        """)).filteredOn(line -> line.endsWith("opened")).containsExactly("A opened", "B opened");
    }

    @Test
    void whatArrivesLateJoinsByItsEventTime() {
        assertThat(story.tell("""
                        0   claim IMPULSE_NOISE mic-1 5.0
                        900 claim IMPULSE_NOISE mic-2 5.0 time=2026-11-21T11:59:58Z
                        """)).containsExactly("A opened", "A reassessed, lines 2", "A reassessed, lines 1");
    }

    @Test
    void aForcedDoorAndAGasCloudAreSeveralIncidents() {
        assertThat(story.tell("""
                        0 claim DOOR_FORCED door-1 5.0 asset=gate-3
                        1 claim GAS_LEVEL gas-1 5.0 begin
                        """)).contains("A opened", "B opened");
    }

    @Test
    void aCrowdThatPressesAwayFromABangBelongsToIt() {
        story.tell("""
                0   claim IMPULSE_NOISE mic-1 5.0
                0.3 claim IMPULSE_NOISE mic-2 5.0
                """);
        double before = story.probability('A', IncidentType.ARMED_ATTACK);
        assertThat(story.tell("40 claim CROWD_DENSITY cam-1 4.0 begin at=200,60"))
                .containsExactly("A reassessed, lines 1");
        assertThat(story.probability('A', IncidentType.ARMED_ATTACK)).isGreaterThan(before);
    }

    @Test
    void networkAlertsBelongTogetherByTheirAddresses() {
        assertThat(story.tell("""
                        0   claim NETWORK_ALERT ids-1 2 ip=10.0.0.1 ip=10.0.0.9 signature=1
                        60  claim NETWORK_ALERT ids-1 2 ip=10.0.0.1 ip=10.0.0.8 signature=2
                        90  claim NETWORK_ALERT ids-1 2 ip=172.16.0.4 ip=172.16.0.5 signature=3
                        120 claim NETWORK_ALERT ids-1 2 ip=172.16.0.4 ip=172.16.0.5 signature=3
                        """))
                .containsExactly(
                        "A opened",
                        "A reassessed, lines 2",
                        "A reassessed, lines 1",
                        "B opened",
                        "B reassessed, lines 2",
                        "B reassessed, lines 1");
    }

    @Test
    void thatOneNetworkSensorSawThemTiesNoAlertsTogether() {
        assertThat(story.tell("""
                        0  claim NETWORK_ALERT ids-1 2 sensor=ids asset=tickets ip=10.0.0.1 signature=1
                        60 claim NETWORK_ALERT ids-1 2 sensor=ids asset=tickets ip=10.0.0.2 signature=2
                        """)).contains("B opened");
    }

    @Test
    void alertsWithoutAnyNameOrAddressBelongTogetherByTimeAlone() {
        assertThat(story.tell("""
                        0  claim NETWORK_ALERT ids-1 0.5 signature=
                        60 claim NETWORK_ALERT ids-1 0.5 signature=
                        """)).containsExactly("A opened", "A reassessed, lines 2", "A reassessed, lines 1");
        assertThat(story.incident('A').entities()).isEmpty();
    }

    @Test
    void faintAlertsOfOneNetworkSensorThatBelongToNothingGatherInOneIncident() {
        assertThat(story.tell("""
                        0     claim NETWORK_ALERT ids-1 0.5 ip=10.0.0.1 signature=1
                        4000  claim NETWORK_ALERT ids-1 0.5 ip=10.0.0.2 signature=2
                        8000  claim NETWORK_ALERT ids-1 1.7 ip=10.0.0.3 signature=3
                        """))
                .containsExactly("A opened", "A reassessed, lines 2", "A reassessed, lines 1", "A reassessed, lines 1");
        assertThat(story.tell("8010 claim NETWORK_ALERT ids-1 3.3 ip=10.0.0.4 signature=4"))
                .as("one that somebody would act on alone is an incident of its own")
                .contains("B opened");
        assertThat(story.tell("14000 tick")).as("A gathers for four hours").containsExactly("B resolved by polias");
        assertThat(story.tell("15000 tick")).containsExactly("A resolved by polias");
        assertThat(story.tell("15001 claim NETWORK_ALERT ids-1 0.5 ip=10.0.0.5 signature=5"))
                .contains("C opened");
    }

    @Test
    void aFailureThatLastsTiesNothingThatHappensHoursLater() {
        story.tell("""
                0   claim SENSOR_SILENT cam-1 5 begin at=60,-40
                20  claim DOOR_FORCED door-1 5 at=60,-40 asset=gate-3
                """);
        assertThat(story.incidents()).hasSize(1);
        assertThat(story.tell("18000 claim DOOR_FORCED door-1 5 at=60,-40 asset=gate-3"))
                .contains("B opened");
    }

    @Test
    void sensorsLostAndAnAlertAtTheSameTimeAreTwoThingsUnlessTheyShareMore() {
        assertThat(story.tell("""
                        0  claim SENSORS_LOST_TOGETHER cam-1 6 begin gateway=gw-1
                        60 claim NETWORK_ALERT ids-1 4 ip=10.0.0.1 signature=1
                        """)).contains("A opened", "B opened");
    }

    @Test
    void aCredentialThatIsRefusedAtTwoDoorsFarApartIsOneStory() {
        assertThat(story.tell("""
                        0  claim ACCESS_REFUSED door-1 5 credential=4711 at=-400,-400
                        90 claim ACCESS_REFUSED cam-1 5 credential=4711 at=400,400
                        """)).containsExactly("A opened", "A reassessed, lines 2", "A reassessed, lines 1");
    }

    @Test
    void aDoorForcedDuringAnAttackDoesNotMoveTheAttackToTheDoor() {
        story.tell("""
                0   claim IMPULSE_NOISE mic-1 5.0
                0.2 claim IMPULSE_NOISE mic-2 5.0
                """);
        assertThat(story.tell("5 claim DOOR_FORCED door-1 5 at=60,-40 asset=gate-3"))
                .containsExactly("A reassessed, lines 1");
        assertThat(story.incident('A').title()).startsWith("Possible shots");
        Offset where =
                Town.FRAME.toOffset(story.incident('A').place().orElseThrow().position());
        assertThat(where.east_m()).isCloseTo(100, within(0.1));
    }

    @Test
    void alertsFromAFileOfYearsAgoMakeAnIncidentThatLivesNow() {
        assertThat(story.tell("""
                        0 claim NETWORK_ALERT ids-1 3 ip=10.0.0.1 time=2018-05-01T10:00:00Z
                        1 claim NETWORK_ALERT ids-1 3 ip=10.0.0.1 time=2018-05-01T10:00:07Z
                        2 tick
                        """)).containsExactly("A opened", "A reassessed, lines 2", "A reassessed, lines 1");
        assertThat(story.state().listLiveIncidents()).hasSize(1);
    }

    @Test
    void whatOneSourceRepeatsRaisesItsLineEverLess() {
        story.tell("0 claim NETWORK_ALERT ids-1 1 ip=10.0.0.1");
        double first = weight(1);
        story.tell("1 claim NETWORK_ALERT ids-1 1 ip=10.0.0.1");
        double second = weight(1);
        story.tell("2 claim NETWORK_ALERT ids-1 1 ip=10.0.0.1");
        double third = weight(1);
        assertThat(second).isGreaterThan(first);
        assertThat(third - second).isPositive().isLessThan(second - first);
        assertThat(story.incident('A').ledger()).hasSize(2);
        assertThat(story.incident('A').ledger().get(1).count()).isEqualTo(3);
        assertThat(story.incident('A').ledger().get(1).sentence()).contains("3 reports by one source");
    }

    @Test
    void sensorsBehindOneGatewayWeighLessThanIndependentOnes() {
        Story independent = Story.inTown();
        independent.tell("""
                0   claim IMPULSE_NOISE mic-1 5.0 at=100,100
                0.1 claim IMPULSE_NOISE mic-2 5.0 at=120,100
                """);
        story.tell("""
                0   claim IMPULSE_NOISE mic-4 5.0
                0.1 claim IMPULSE_NOISE mic-5 5.0
                """);
        LedgerEntry line = story.incident('A').ledger().getLast();
        assertThat(line.kind()).isEqualTo(LedgerKind.COMMON_CAUSE);
        assertThat(line.key()).isEqualTo("common-cause/gateway/gw-1");
        assertThat(line.sentence())
                .isEqualTo(
                        "2 sensors behind gateway gw-1 can be wrong together: they count as 1.67 independent ones at most.");
        assertThat(line.weightFor(IncidentType.ARMED_ATTACK)).isNegative();
        assertThat(story.probability('A', IncidentType.ARMED_ATTACK))
                .isLessThan(independent.probability('A', IncidentType.ARMED_ATTACK));
    }

    @Test
    void severalClaimsOfOneSensorShareItsErrors() {
        story.tell("""
                0 claim GAS_LEVEL gas-1 5.0 begin
                1 claim GAS_RATE gas-1 4.0
                """);
        assertThat(story.incident('A').ledger())
                .extracting(LedgerEntry::key)
                .containsExactly(
                        "prior",
                        "evidence/chemical.level/test-detector/gas-1",
                        "evidence/chemical.rate/test-detector/gas-1",
                        "common-cause/sensor/sensor-gas-1");
    }

    @Test
    void severalSensorsPlaceAnIncidentBetterThanOne() {
        story.tell("0 claim IMPULSE_NOISE mic-1 5.0");
        double alone = story.incident('A').place().orElseThrow().covariance().determinant_m4();
        story.tell("""
                0.1 claim IMPULSE_NOISE mic-2 5.0
                0.2 claim IMPULSE_NOISE mic-3 5.0
                """);
        assertThat(story.incident('A').place().orElseThrow().covariance().determinant_m4())
                .isLessThan(alone);
        Offset where =
                Town.FRAME.toOffset(story.incident('A').place().orElseThrow().position());
        assertThat(where.east_m()).isCloseTo(100, within(0.1));
        assertThat(where.north_m()).isCloseTo(250 / 3.0, within(0.1));
    }

    @Test
    void manySensorsThatFallSilentNearEachOtherAreAnIncidentThoughNoneAloneIs() {
        story.tell("""
                0 claim SENSOR_SILENT mic-1 5 begin
                1 claim SENSOR_SILENT mic-2 5 begin
                2 claim SENSOR_SILENT mic-3 5 begin
                3 claim SENSOR_SILENT mic-4 5 begin
                """);
        assertThat(story.incidents()).hasSize(1);
    }

    private double weight(int line) {
        return story.incident('A').ledger().get(line).weightFor(IncidentType.CYBER_ATTACK);
    }
}
