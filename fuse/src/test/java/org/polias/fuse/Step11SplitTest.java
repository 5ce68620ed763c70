// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** An operator takes evidence out of an incident: what goes is an incident of its own, and both keep to that. */
class Step11SplitTest {

    private static final String DOOR = "access.forced/test-detector/door-1";

    private final Story story = Story.inTown();

    @BeforeEach
    void anAttackThatTookADoorForItsOwn() {
        story.tell("""
                0   claim IMPULSE_NOISE mic-1 5.0
                0.2 claim IMPULSE_NOISE mic-2 5.0
                5   claim DOOR_FORCED door-1 5 at=60,-40 asset=gate-3
                """);
        assertThat(story.incidents()).hasSize(1);
    }

    @Test
    void whatIsTakenAwayIsAnIncidentOfItsOwnWithItsOwnLedger() {
        assertThat(story.tell("20 split A ana " + DOOR))
                .containsExactly(
                        "A lost 1 by ana",
                        "A reassessed, lines 0",
                        "B opened",
                        "B split from A",
                        "B reassessed, lines 2",
                        "done");
        assertThat(evidence('A')).hasSize(2).noneMatch(key -> key.contains("door-1"));
        assertThat(evidence('B')).containsExactly("evidence/" + DOOR);
        assertThat(story.leading('B')).isEqualTo(IncidentType.INTRUSION);
        assertThat(story.incident('B').startedAt()).isEqualTo(Story.NOON.plusSeconds(5));
        assertThat(story.incident('B').entities())
                .as("the microphones are not its affair")
                .noneMatch(entity -> entity.value().startsWith("mic"));
    }

    @Test
    void bothAreAsIfTheyHadBeenTwoFromTheBeginning() {
        story.tell("20 split A ana " + DOOR);
        Story apart = Story.inTown();
        apart.tell("""
                0   claim IMPULSE_NOISE mic-1 5.0
                0.2 claim IMPULSE_NOISE mic-2 5.0
                """);
        assertThat(story.probability('A', IncidentType.ARMED_ATTACK))
                .isCloseTo(apart.probability('A', IncidentType.ARMED_ATTACK), within(1e-9));
        Story door = Story.inTown();
        door.tell("5 claim DOOR_FORCED door-1 5 at=60,-40 asset=gate-3");
        assertThat(story.probability('B', IncidentType.INTRUSION))
                .isCloseTo(door.probability('A', IncidentType.INTRUSION), within(1e-9));
    }

    @Test
    void itDoesNotComeBack() {
        story.tell("20 split A ana " + DOOR);
        assertThat(story.tell("25 claim DOOR_FORCED door-1 7 at=60,-40 asset=gate-3"))
                .containsExactly("B reassessed, lines 1");
        story.tell("26 resolve B ana");
        assertThat(story.tell("27 claim DOOR_FORCED door-1 8 at=60,-40 asset=gate-3"))
                .as("not even when its own incident is over")
                .doesNotContain("A reassessed, lines 1");
        assertThat(evidence('A')).noneMatch(key -> key.contains("door-1"));
    }

    @Test
    void whatStaysDoesNotFollow() {
        story.tell("20 split A ana " + DOOR);
        story.tell("21 resolve A ana");
        story.tell("22 claim IMPULSE_NOISE mic-1 7");
        assertThat(evidence('B')).containsExactly("evidence/" + DOOR);
    }

    @Test
    void aMergeTakesItBack() {
        double before = story.probability('A', IncidentType.ARMED_ATTACK);
        story.tell("20 split A ana " + DOOR);
        assertThat(story.tell("30 merge B ana A")).contains("A absorbed B", "done");
        assertThat(story.probability('A', IncidentType.ARMED_ATTACK)).isCloseTo(before, within(1e-9));
        assertThat(story.tell("40 claim DOOR_FORCED door-1 7 at=60,-40 asset=gate-3"))
                .containsExactly("A reassessed, lines 1");
    }

    @Test
    void whatCannotBeSplitIsRefused() {
        assertThat(story.tell("20 split A ana"))
                .containsExactly("refused: No evidence is named that should leave incident A.");
        assertThat(story.tell("21 split A ana nothing/of/that"))
                .containsExactly(
                        "refused: The ledger of incident A has no line of evidence 'evidence/nothing/of/that'.");
        assertThat(story.tell(
                        "22 split A ana acoustic.impulse/test-detector/mic-1 acoustic.impulse/test-detector/mic-2 "
                                + DOOR))
                .containsExactly("refused: All evidence of incident A would leave it.");
        story.tell("23 resolve A ana");
        assertThat(story.tell("24 split A ana " + DOOR))
                .singleElement()
                .asString()
                .startsWith("refused: Incident A is not live");
        assertThat(story.incidents()).hasSize(1);
    }

    private List<String> evidence(char letter) {
        return story.incident(letter).ledger().stream()
                .filter(line -> line.kind() == LedgerKind.EVIDENCE)
                .map(LedgerEntry::key)
                .toList();
    }
}
