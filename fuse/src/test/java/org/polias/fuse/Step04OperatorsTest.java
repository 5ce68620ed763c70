// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** 4: what operators do to incidents. */
class Step04OperatorsTest {

    private final Story story = Story.inTown();

    /** What a command does to an incident in each status: nothing means refused. */
    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({
        "OPEN, acknowledge A ana, ACKNOWLEDGED",
        "OPEN, assign A ana bob, ASSIGNED",
        "OPEN, note A ana hello, OPEN",
        "OPEN, resolve A ana, RESOLVED",
        "OPEN, dismiss A ana FALSE_ALARM, DISMISSED",
        "OPEN, reopen A ana,",
        "OPEN, merge A ana B, MERGED",
        "ACKNOWLEDGED, acknowledge A ana,",
        "ACKNOWLEDGED, assign A ana bob, ASSIGNED",
        "ACKNOWLEDGED, note A ana hello, ACKNOWLEDGED",
        "ACKNOWLEDGED, resolve A ana, RESOLVED",
        "ACKNOWLEDGED, dismiss A ana FALSE_ALARM, DISMISSED",
        "ACKNOWLEDGED, reopen A ana,",
        "ACKNOWLEDGED, merge A ana B, MERGED",
        "ASSIGNED, acknowledge A ana,",
        "ASSIGNED, assign A ana eve, ASSIGNED",
        "ASSIGNED, assign A ana bob,",
        "ASSIGNED, note A ana hello, ASSIGNED",
        "ASSIGNED, resolve A ana, RESOLVED",
        "ASSIGNED, dismiss A ana FALSE_ALARM, DISMISSED",
        "ASSIGNED, reopen A ana,",
        "ASSIGNED, merge A ana B, MERGED",
        "RESOLVED, acknowledge A ana,",
        "RESOLVED, assign A ana bob,",
        "RESOLVED, note A ana hello, RESOLVED",
        "RESOLVED, resolve A ana,",
        "RESOLVED, dismiss A ana FALSE_ALARM,",
        "RESOLVED, reopen A ana, OPEN",
        "RESOLVED, merge A ana B,",
        "DISMISSED, acknowledge A ana,",
        "DISMISSED, assign A ana bob,",
        "DISMISSED, note A ana hello, DISMISSED",
        "DISMISSED, resolve A ana,",
        "DISMISSED, dismiss A ana FALSE_ALARM,",
        "DISMISSED, reopen A ana, OPEN",
        "DISMISSED, merge A ana B,",
        "MERGED, acknowledge A ana,",
        "MERGED, assign A ana bob,",
        "MERGED, note A ana hello,",
        "MERGED, resolve A ana,",
        "MERGED, dismiss A ana FALSE_ALARM,",
        "MERGED, reopen A ana,",
        "MERGED, merge A ana B,",
    })
    void everyCommandInEveryStatus(IncidentStatus status, String command, IncidentStatus after) {
        story.tell("""
                0 claim GAS_LEVEL gas-1 5 begin
                1 claim DOOR_FORCED door-1 5
                """);
        switch (status) {
            case OPEN -> {}
            case ACKNOWLEDGED -> story.tell("2 acknowledge A zoe");
            case ASSIGNED -> story.tell("2 assign A zoe bob");
            case RESOLVED -> story.tell("2 resolve A zoe");
            case DISMISSED -> story.tell("2 dismiss A zoe SENSOR_FAULT");
            case MERGED -> story.tell("2 merge A zoe B");
        }
        assertThat(story.incident('A').status()).isEqualTo(status);
        List<String> told = story.tell("3 " + command);
        if (after == null) {
            assertThat(told).singleElement().asString().startsWith("refused: ").contains("A");
            assertThat(story.incident('A').status()).isEqualTo(status);
        } else {
            assertThat(told).endsWith("done").hasSizeGreaterThan(1);
            assertThat(story.incident('A').status()).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    acknowledge Z ana | refused: There is no incident I-Z at this site that could still be changed.
                    merge A ana A     | refused: Incident A cannot be merged into itself.
                    merge A ana Z     | refused: There is no incident I-Z at this site that could still be changed.
                    assign A ana      | refused: The name of an assignee is empty.
                    note A ana        | refused: The note is empty.
                    """)
    void aCommandThatMakesNoSenseIsRefusedWithAReason(String command, String answer) {
        story.tell("0 claim GAS_LEVEL gas-1 5 begin");
        assertThat(story.tell("1 " + command)).containsExactly(answer);
    }

    @Test
    void aMergeIntoAClosedIncidentIsRefused() {
        story.tell("""
                0 claim GAS_LEVEL gas-1 5 begin
                1 claim DOOR_FORCED door-1 5
                2 resolve B ana
                """);
        assertThat(story.tell("3 merge A ana B")).containsExactly("refused: Incident B is not live: it is resolved.");
    }

    @Test
    void anEndlessNoteIsRefused() {
        story.tell("0 claim GAS_LEVEL gas-1 5 begin");
        assertThat(story.tell("1 note A ana " + "x".repeat(4001)))
                .containsExactly("refused: The note has 4 001 characters; at most 4 000 are kept.");
    }

    @Test
    void aCommandDeliveredTwiceIsAnsweredAlikeAndDoneOnce() {
        story.tell("0 claim GAS_LEVEL gas-1 5 begin");
        assertThat(story.tell("1 acknowledge A ana")).containsExactly("A acknowledged by ana", "done");
        DefaultFusionState before = story.state();
        assertThat(story.tell("2 again:1 A ana")).containsExactly("done");
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void aRefusedCommandDeliveredTwiceIsRefusedTwice() {
        story.tell("1 acknowledge Z ana");
        story.tell("2 claim GAS_LEVEL gas-1 5 begin");
        assertThat(story.tell("3 again:1 A ana")).singleElement().asString().startsWith("refused");
    }

    @Test
    void aMergeBringsBothLedgersTogetherAndCountsOneSourceOnce() {
        story.tell("""
                0    claim NETWORK_ALERT ids-1 2 ip=10.0.0.1 signature=1
                60   claim NETWORK_ALERT ids-1 3 ip=172.16.0.4 signature=2
                70   claim DOOR_FORCED door-1 5 asset=gate-3
                """);
        assertThat(story.incidents()).hasSize(3);
        assertThat(story.tell("80 merge B ana A"))
                .containsExactly("B merged into A by ana", "A absorbed B", "A reassessed, lines 1", "done");
        assertThat(story.incident('A').ledger())
                .extracting(LedgerEntry::key)
                .containsExactly("prior", "evidence/cyber.alert/test-detector/ids-1");
        assertThat(story.incident('A').ledger().get(1).count()).isEqualTo(2);
        assertThat(story.incident('A').ledger().get(1).detections()).hasSize(2);
        assertThat(story.tell("90 merge C ana A")).contains("A reassessed, lines 1");
        assertThat(story.incident('A').ledger()).hasSize(3);
        assertThat(story.incident('C').mergedInto())
                .contains(story.incident('A').id());
        assertThat(story.state().listLiveIncidents()).hasSize(1);
    }

    @Test
    void aConditionFollowsItsIncidentIntoTheOneThatAbsorbedIt() {
        story.tell("""
                0 claim GAS_LEVEL gas-1 5 begin
                1 claim DOOR_FORCED door-1 5
                2 merge A ana B
                """);
        assertThat(story.tell("500 claim GAS_LEVEL gas-1 6 update")).containsExactly("B reassessed, lines 1");
    }

    @Test
    void aReopenedIncidentTakesEvidenceAgain() {
        story.tell("""
                0  claim IMPULSE_NOISE mic-1 5
                5  resolve A ana
                6  reopen A ana
                """);
        assertThat(story.incident('A').status()).isEqualTo(IncidentStatus.OPEN);
        assertThat(story.tell("7 claim IMPULSE_NOISE mic-2 5")).containsExactly("A reassessed, lines 1");
    }

    @Test
    void acknowledgingIsNoEvidence() {
        story.tell("0 claim DOOR_FORCED door-1 5");
        double before = story.probability('A', IncidentType.INTRUSION);
        story.tell("1 acknowledge A ana");
        assertThat(story.probability('A', IncidentType.INTRUSION)).isEqualTo(before);
    }

    @Test
    void aPlaybookIsAdvisedOnce() {
        story.tell("0 claim DOOR_FORCED door-1 5");
        assertThat(story.tell("1 playbook A lock")).containsExactly("A advised lock");
        assertThat(story.tell("2 playbook A lock")).isEmpty();
        assertThat(story.incident('A').advice()).singleElement().satisfies(advice -> {
            assertThat(advice.title()).isEqualTo("Title of lock");
            assertThat(advice.steps()).hasSize(1);
        });
    }

    @Test
    void aPlaybookForAnIncidentThatIsClosedHasNoEffect() {
        story.tell("0 claim DOOR_FORCED door-1 5\n1 resolve A ana");
        assertThat(story.tell("1 playbook A lock")).isEmpty();
    }

    @Test
    void whatArisesDuringAnExerciseBearsItsName() {
        assertThat(story.tell("0 exercise drill")).containsExactly("exercise drill");
        assertThat(story.tell("1 exercise drill")).isEmpty();
        story.tell("2 claim DOOR_FORCED door-1 5");
        assertThat(story.tell("3 exercise -")).containsExactly("exercise -");
        story.tell("4 claim GAS_LEVEL gas-1 5 begin");
        assertThat(story.incident('A').exercise()).contains("drill");
        assertThat(story.incident('B').exercise()).isEmpty();
        assertThat(story.tell("5 exercise -")).isEmpty();
    }
}
