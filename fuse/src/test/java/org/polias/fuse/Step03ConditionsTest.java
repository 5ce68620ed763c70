// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.junit.jupiter.api.Test;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** 3: conditions that begin, change and end, and time that passes. */
class Step03ConditionsTest {

    private final Story story = Story.inTown();

    @Test
    void anUpdateTakesThePlaceOfWhatWasSaidBefore() {
        story.tell("0 claim CROWD_DENSITY cam-1 3 begin");
        double before = story.probability('A', IncidentType.CROWD_CRUSH);
        assertThat(story.tell("30 claim CROWD_DENSITY cam-1 6 update")).containsExactly("A reassessed, lines 1");
        double more = story.probability('A', IncidentType.CROWD_CRUSH);
        story.tell("60 claim CROWD_DENSITY cam-1 3 update");
        assertThat(more).isGreaterThan(before);
        assertThat(story.probability('A', IncidentType.CROWD_CRUSH)).isEqualTo(before);
    }

    @Test
    void aConditionGoesOnInItsIncidentHoweverLongItLasts() {
        story.tell("0 claim GAS_LEVEL gas-1 5 begin");
        assertThat(story.tell("20000 claim GAS_LEVEL gas-1 6 update")).containsExactly("A reassessed, lines 1");
    }

    @Test
    void anEndKeepsTheLineAndSaysSo() {
        story.tell("0 claim CROWD_DENSITY cam-1 4 begin");
        LedgerEntry before = story.incident('A').ledger().getLast();
        story.tell("60 claim CROWD_DENSITY cam-1 0 end");
        LedgerEntry after = story.incident('A').ledger().getLast();
        assertThat(after.weights()).isEqualTo(before.weights());
        assertThat(after.sentence()).endsWith("It ended at 12:01:00 UTC.");
    }

    @Test
    void anEndOfWhatNobodyKnowsHasNoEffect() {
        DefaultFusionState before = story.state();
        assertThat(story.tell("60 claim CROWD_DENSITY cam-1 0 end")).isEmpty();
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void anIncidentEndsByItselfOnceItsConditionsEndedAndItWasQuiet() {
        story.tell("""
                0   claim LEVEL gas-1 5 begin
                600 claim LEVEL gas-1 0 end
                """);
        assertThat(story.tell("1400 tick")).isEmpty();
        assertThat(story.tell("1501 tick")).containsExactly("A resolved by polias");
        assertThat(story.incident('A').status()).isEqualTo(IncidentStatus.RESOLVED);
    }

    @Test
    void anIncidentDoesNotEndWhileAConditionLasts() {
        story.tell("0 claim LEVEL gas-1 5 begin");
        assertThat(story.tell("7200 tick")).isEmpty();
    }

    @Test
    void aConditionOfWhichNothingIsHeardForHalfADayCountsAsEnded() {
        story.tell("0 claim LEVEL gas-1 5 begin");
        assertThat(story.tell("43201 tick")).containsExactly("A resolved by polias");
    }

    @Test
    void aGraveIncidentThatNobodyHasSeenDoesNotEndByItself() {
        story.tell("""
                0   claim IMPULSE_NOISE mic-1 5
                0.1 claim IMPULSE_NOISE mic-2 5
                """);
        assertThat(story.tell("86400 tick")).isEmpty();
        assertThat(story.tell("86401 acknowledge A ana")).containsExactly("A acknowledged by ana", "done");
        assertThat(story.tell("86402 tick")).containsExactly("A resolved by polias");
    }

    @Test
    void aLaterConditionAfterTheIncidentEndedIsANewIncident() {
        story.tell("""
                0    claim LEVEL gas-1 5 begin
                600  claim LEVEL gas-1 0 end
                1600 tick
                """);
        assertThat(story.tell("9000 claim LEVEL gas-1 5 begin")).contains("B opened");
    }

    @Test
    void unconvincingEvidenceIsForgotten() {
        story.tell("0 claim IMPULSE_NOISE mic-1 1");
        assertThat(story.tell("1801 tick")).isEmpty();
        assertThat(story.state().tentative()).isEmpty();
    }

    @Test
    void aTickThatChangesNothingReturnsTheStateItself() {
        story.tell("0 claim GAS_LEVEL gas-1 5 begin");
        DefaultFusionState before = story.state();
        story.tell("1 tick");
        assertThat(story.state()).isSameAs(before);
    }
}
