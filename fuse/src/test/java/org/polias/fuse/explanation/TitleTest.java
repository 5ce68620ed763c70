// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

import org.junit.jupiter.api.Test;
import org.polias.fuse.Story;

import static org.assertj.core.api.Assertions.assertThat;

class TitleTest {

    @Test
    void shotsAreWhereTheEstimateLiesAndNotAtTheGateThatIsForcedBesideThem() {
        assertThat(titleOf("""
                0    claim IMPULSE_NOISE mic-1 5 sigma=60 asset=tickets
                0.2  claim IMPULSE_NOISE mic-2 5 sigma=60
                30   claim DOOR_FORCED door-1 4 at=-20,50 asset=gate-3
                """)).isEqualTo("Possible shots at Town park");
    }

    @Test
    void aPlaceAtTheEdgeOfAZoneIsNearIt() {
        assertThat(titleOf("0 claim IMPULSE_NOISE mic-1 5 at=10,10 sigma=100"))
                .isEqualTo("Loud bang near Town park, possibly shots");
        assertThat(titleOf("0 claim IMPULSE_NOISE mic-1 5 at=-20,100 sigma=30"))
                .isEqualTo("Loud bang near Town park, possibly shots");
    }

    @Test
    void ofSeveralZonesTheOneInWhichItIsMostLikelyIsNamed() {
        // Outside both, 10 m from each: the park is as large as the uncertainty, the yard is not.
        assertThat(titleOf("0 claim IMPULSE_NOISE mic-1 5 at=210,100 sigma=60"))
                .isEqualTo("Loud bang near Town park, possibly shots");
    }

    @Test
    void aPlaceThatMayBeAnywhereAboutHasTheNameOfTheSiteThatHeardIt() {
        assertThat(titleOf("0 claim IMPULSE_NOISE mic-1 5 sigma=600"))
                .isEqualTo("Loud bang heard at Town centre, possibly shots");
        assertThat(titleOf("0 claim IMPULSE_NOISE mic-1 5 sigma=6000"))
                .isEqualTo("Loud bang heard at Town centre, possibly shots");
        assertThat(titleOf("0 claim GAS_LEVEL gas-1 6 begin sigma=600")).isEqualTo("Possible toxic gas at Town centre");
    }

    @Test
    void whatLiesNearNothingIsOfTheSite() {
        assertThat(titleOf("0 claim GAS_LEVEL gas-1 6 begin at=-400,-400 sigma=20"))
                .isEqualTo("Possible toxic gas at Town centre");
    }

    @Test
    void aNetworkAndADoorHaveTheNameOfWhatTheEvidenceNames() {
        assertThat(titleOf("0 claim NETWORK_ALERT ids-1 4 asset=tickets"))
                .isEqualTo("Possible cyber attack on Ticket server");
        assertThat(titleOf("0 claim DOOR_FORCED door-1 5 asset=gate-3"))
                .isEqualTo("Possible intrusion at Service gate 3");
    }

    private static String titleOf(String told) {
        Story story = Story.inTown();
        story.tell(told);
        assertThat(story.incidents()).hasSize(1);
        return story.incident('A').title();
    }
}
