// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** 5: what an operator has judged stays judged, unless there is news. */
class Step05DismissalTest {

    private final Story story = Story.inTown();

    @Test
    void moreOfTheSameFromTheSameSourceStaysWithTheDismissedIncident() {
        story.tell("0 claim IMPULSE_NOISE mic-1 5\n5 dismiss A ana HARMLESS_CAUSE");
        assertThat(story.tell("900 claim IMPULSE_NOISE mic-1 5")).isEmpty();
        assertThat(story.tell("1800 claim IMPULSE_NOISE mic-1 6")).isEmpty();
        assertThat(story.state().closed().getFirst().sources().getFirst().count())
                .isEqualTo(3);
    }

    @Test
    void afterAWhileTheSameIsNewsAgain() {
        story.tell("0 claim IMPULSE_NOISE mic-1 5\n5 dismiss A ana HARMLESS_CAUSE");
        assertThat(story.tell("3700 claim IMPULSE_NOISE mic-1 5")).contains("B opened");
    }

    @Test
    void aNotablyStrongerClaimIsNews() {
        story.tell("0 claim IMPULSE_NOISE mic-1 4.5\n5 dismiss A ana HARMLESS_CAUSE");
        assertThat(story.tell("30 claim IMPULSE_NOISE mic-1 6.5")).contains("B opened");
    }

    @Test
    void claimsThatCreepUpwardsBecomeNewsToo() {
        story.tell("0 claim IMPULSE_NOISE mic-1 4.5\n5 dismiss A ana HARMLESS_CAUSE");
        assertThat(story.tell("30 claim IMPULSE_NOISE mic-1 5.5")).isEmpty();
        assertThat(story.tell("60 claim IMPULSE_NOISE mic-1 6.5")).contains("B opened");
    }

    @Test
    void anotherTypeIsNews() {
        story.tell("0 claim GAS_RATE gas-1 6\n5 dismiss A ana SENSOR_FAULT");
        assertThat(story.tell("30 claim GAS_LEVEL gas-1 5 begin")).contains("B opened");
    }

    @Test
    void anotherSourceIsNews() {
        story.tell("0 claim IMPULSE_NOISE mic-1 5\n5 dismiss A ana HARMLESS_CAUSE");
        assertThat(story.tell("30 claim IMPULSE_NOISE mic-2 5")).contains("B opened");
    }

    @Test
    void theSameNetworkSensorsAlertOfSomethingElseIsNews() {
        story.tell("0 claim NETWORK_ALERT ids-1 3 ip=10.0.0.1 signature=1\n5 dismiss A ana FALSE_ALARM");
        assertThat(story.tell("30 claim NETWORK_ALERT ids-1 3 ip=10.0.0.1 signature=1"))
                .isEmpty();
        assertThat(story.tell("40 claim NETWORK_ALERT ids-1 3 ip=172.16.0.4 signature=2"))
                .contains("B opened");
    }

    @Test
    void aConditionThatLastsIsNotRaisedAgainAfterItWasDismissedOrResolved() {
        story.tell("0 claim CROWD_DENSITY cam-1 5 begin\n5 resolve A ana");
        assertThat(story.tell("""
                        60  claim CROWD_DENSITY cam-1 5.2 update
                        120 claim CROWD_DENSITY cam-1 0 end
                        """)).isEmpty();
        assertThat(story.tell("200 claim CROWD_DENSITY cam-1 5 begin")).contains("B opened");
    }

    @Test
    void aConditionThatGrowsMuchWorseAfterItWasResolvedIsRaisedAgain() {
        story.tell("0 claim CROWD_DENSITY cam-1 3 begin\n5 resolve A ana");
        assertThat(story.tell("60 claim CROWD_DENSITY cam-1 6 update")).contains("B opened");
        assertThat(story.tell("90 claim CROWD_DENSITY cam-1 0 end")).containsExactly("B reassessed, lines 1");
    }

    @Test
    void whatWasSaidMeanwhileCountsWhenTheIncidentIsReopened() {
        story.tell("0 claim IMPULSE_NOISE mic-1 5\n5 dismiss A ana HARMLESS_CAUSE\n60 claim IMPULSE_NOISE mic-1 5");
        assertThat(story.tell("70 reopen A ana")).containsExactly("A reopened by ana", "A reassessed, lines 1", "done");
        assertThat(story.incident('A').ledger().getLast().count()).isEqualTo(2);
    }
}
