// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** 9: who should have noticed and did not weighs too, and a sensor that others contradict again and again is believed less. */
class Step09SilenceAndTrustTest {

    private final Story story = Story.inTown();

    /** An hour ago every microphone heard a bang: they can tell of bangs. */
    @BeforeEach
    void allMicrophonesHaveHeardBangs() {
        for (String mic : List.of("mic-1", "mic-2", "mic-3", "mic-4", "mic-5")) {
            story.tell("-7200 claim GUNSHOT %s 0.1".formatted(mic));
        }
    }

    @Test
    void healthyMicrophonesThatHeardNothingSpeakAgainstAShot() {
        story.tell("0 claim GUNSHOT mic-4 7 at=100,100 sigma=20");
        double before = story.probability('A', IncidentType.ARMED_ATTACK);
        story.tell("4 tick");
        LedgerEntry line = absence(story.incident('A'));
        assertThat(line.weightFor(IncidentType.ARMED_ATTACK)).isLessThan(-2);
        assertThat(line.weightFor(IncidentType.HARMLESS_NOISE)).isCloseTo(0, within(0.1));
        assertThat(line.sentence()).startsWith("4 healthy sensors near by did not report it");
        assertThat(story.probability('A', IncidentType.ARMED_ATTACK)).isLessThan(before);
    }

    @Test
    void silenceCountsOnlyWhenThereWasTimeToReport() {
        story.tell("0 claim GUNSHOT mic-4 7 at=100,100 sigma=20\n2 tick");
        assertThat(story.incident('A').ledger()).noneMatch(each -> each.kind() == LedgerKind.ABSENCE);
    }

    @Test
    void aSensorThatIsSilentAltogetherIsNotAsked() {
        story.tell("""
                -5 health mic-1 SILENT
                -5 health mic-2 SILENT
                -5 health mic-3 SILENT
                -5 health mic-5 SILENT
                0 claim GUNSHOT mic-4 7 at=100,100 sigma=20
                4 tick
                """);
        assertThat(story.incident('A').ledger()).noneMatch(each -> each.kind() == LedgerKind.ABSENCE);
    }

    @Test
    void whoReportsAfterAllIsNoLongerMissed() {
        story.tell("0 claim GUNSHOT mic-4 7 at=100,100 sigma=20\n4 tick");
        double missed = absence(story.incident('A')).weightFor(IncidentType.ARMED_ATTACK);
        story.tell("5 claim GUNSHOT mic-1 5\n7 tick");
        assertThat(absence(story.incident('A')).weightFor(IncidentType.ARMED_ATTACK))
                .isGreaterThan(missed);
    }

    @Test
    void aSensorThatCriesWolfIsDoubtedAndWeighsLess() {
        List<String> first = story.tell("0 claim GUNSHOT mic-4 7 at=100,100 sigma=20\n4 tick");
        assertThat(first).noneMatch(each -> each.startsWith("doubts"));
        List<String> again = story.tell("""
                20 claim GUNSHOT mic-4 7 at=100,100 sigma=20
                24 tick
                40 claim GUNSHOT mic-4 7 at=100,100 sigma=20
                44 tick
                """);
        assertThat(again).contains("doubts sensor-mic-4");
        assertThat(story.state().roster().lies("sensor-mic-4")).isGreaterThan(0.5);
        assertThat(story.incident('A').ledger())
                .filteredOn(each -> each.kind() == LedgerKind.EVIDENCE)
                .allMatch(each -> each.sentence().contains("Others contradict this sensor"));
        assertThat(story.probability('A', IncidentType.ARMED_ATTACK)).isLessThan(0.1);
    }

    @Test
    void aSensorThatOthersBearOutIsBelieved() {
        for (int i = 0; i < 5; i++) {
            story.tell("""
                    %d claim GUNSHOT mic-4 7 at=100,100 sigma=20
                    %d claim GUNSHOT mic-1 6
                    %d claim GUNSHOT mic-2 6
                    %d claim GUNSHOT mic-3 6
                    %d tick
                    """.formatted(i * 20, i * 20, i * 20 + 1, i * 20 + 1, i * 20 + 5));
        }
        assertThat(story.state().roster().lies("sensor-mic-4")).isZero();
    }

    @Test
    void doubtFadesWhenNothingIsContradictedAnyMore() {
        story.tell("0 claim GUNSHOT mic-4 7 at=100,100 sigma=20\n4 tick");
        story.tell("20 claim GUNSHOT mic-4 7 at=100,100 sigma=20\n24 tick");
        story.tell("40 claim GUNSHOT mic-4 7 at=100,100 sigma=20\n44 tick");
        List<String> later = story.tell("""
                20000 claim GUNSHOT mic-4 7 at=100,100 sigma=20
                20000 claim GUNSHOT mic-1 6
                20000 claim GUNSHOT mic-2 6
                20001 claim GUNSHOT mic-3 6
                20005 tick
                """);
        assertThat(later).contains("believes sensor-mic-4");
    }

    private static LedgerEntry absence(Incident incident) {
        return incident.ledger().stream()
                .filter(each -> each.kind() == LedgerKind.ABSENCE)
                .findFirst()
                .orElseThrow();
    }
}
