// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AcousticsTest {

    @Test
    void soundTravelsAt340MetresASecondOnAMildDay() {
        assertThat(Acoustics.speed_m_per_s(15)).isCloseTo(340.4, within(0.1));
    }

    @Test
    void twiceTheDistanceIsSixDecibelsLess() {
        assertThat(Acoustics.atDistance_dB(136, 50) - Acoustics.atDistance_dB(136, 100))
                .isCloseTo(6.02, within(0.01));
        assertThat(Acoustics.besideRoad_dB(57, 20) - Acoustics.besideRoad_dB(57, 40))
                .isCloseTo(3.01, within(0.01));
    }

    @Test
    void twoEqualSoundsAreThreeDecibelsLouder() {
        assertThat(Acoustics.level_dB(2 * Acoustics.energy(60))).isCloseTo(63.01, within(0.01));
    }

    @Test
    void fastWeightingFallsByThirtyFiveDecibelsASecond() {
        assertThat(Acoustics.FAST_DECAY_DB_PER_S).isCloseTo(34.7, within(0.1));
    }
}
