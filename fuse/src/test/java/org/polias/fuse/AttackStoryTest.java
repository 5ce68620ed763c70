// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.junit.jupiter.api.Test;
import org.polias.model.incident.CriticalityLevel;

import static org.assertj.core.api.Assertions.assertThat;

/** 8: several incidents at once, told in one breath. */
class AttackStoryTest {

    @Test
    void anAttackAForcedDoorElsewhereAndATestAlertAreThreeIncidentsEachWithItsOwnEvidence() {
        Story story = Story.inTown();
        story.tell("""
                0    claim NETWORK_ALERT ids-1 1.0 ip=10.0.0.7 signature=2100498
                10   claim IMPULSE_NOISE mic-1 5.2
                10.2 claim IMPULSE_NOISE mic-2 4.8
                10.3 claim DOOR_FORCED door-1 4.5 at=-300,-250
                10.4 claim IMPULSE_NOISE mic-3 4.1
                12   claim IMPULSE_NOISE mic-1 5.5
                12.2 claim IMPULSE_NOISE mic-2 5.1
                25   claim CROWD_DENSITY cam-1 3.5 begin zone=fan-zone
                30   claim NETWORK_ALERT ids-1 1.0 ip=10.0.0.7 signature=2100498
                """);
        assertThat(story.incidents())
                .extracting(incident -> incident.title())
                .containsExactly(
                        "Possible cyber attack at Town centre involving 10.0.0.7",
                        "Shots or explosion at Town park",
                        "Possible intrusion at Town centre");
        assertThat(story.incident('B').ledger())
                .extracting(line -> line.key())
                .containsExactly(
                        "prior",
                        "evidence/acoustic.impulse/test-detector/mic-1",
                        "evidence/acoustic.impulse/test-detector/mic-2",
                        "evidence/acoustic.impulse/test-detector/mic-3",
                        "evidence/crowd.density/test-detector/cam-1");
        assertThat(story.level('B')).isEqualTo(CriticalityLevel.CRITICAL);
        assertThat(story.level('A')).isLessThanOrEqualTo(CriticalityLevel.LOW);
    }
}
