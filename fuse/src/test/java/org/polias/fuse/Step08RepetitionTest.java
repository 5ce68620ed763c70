// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** 8: a source that says again what it said is counted at once and told a little later; what is news is told at once. */
class Step08RepetitionTest {

    private final Story story = Story.inTown(FusionSettings.defaults());

    private void aShotOfWhichNothingNewCanBeSaid() {
        story.tell("0 claim GUNSHOT mic-1 7");
        for (int i = 1; i < 60; i++) {
            story.tell("%d claim GUNSHOT mic-1 7".formatted(i));
        }
        story.tell("70 tick");
    }

    @Test
    void whatChangesLittleWaitsForASecondAndComesAtOnce() {
        aShotOfWhichNothingNewCanBeSaid();
        assertThat(story.tell("71 claim GUNSHOT mic-1 7")).hasSize(1);
        int before = story.incident('A').ledger().getLast().count();
        assertThat(story.tell("71.1 claim GUNSHOT mic-1 7")).isEmpty();
        assertThat(story.tell("71.2 claim GUNSHOT mic-1 7")).isEmpty();
        assertThat(story.tell("72 tick")).containsExactly("A reassessed, lines 1");
        assertThat(story.incident('A').ledger().getLast().count()).isEqualTo(before + 2);
    }

    @Test
    void aSourceThatIsNewIsToldAtOnce() {
        aShotOfWhichNothingNewCanBeSaid();
        assertThat(story.tell("71 claim GUNSHOT mic-2 7"))
                .singleElement()
                .asString()
                .startsWith("A reassessed");
    }

    @Test
    void anOperatorDecidesOnAllThatIsKnown() {
        aShotOfWhichNothingNewCanBeSaid();
        story.tell("71 claim GUNSHOT mic-1 7");
        story.tell("71.5 claim GUNSHOT mic-1 7");
        assertThat(story.tell("71.6 resolve A ana")).contains("A reassessed, lines 1", "A resolved by ana");
    }
}
