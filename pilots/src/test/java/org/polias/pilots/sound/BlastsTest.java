// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlastsTest {

    @Test
    void aFriedlanderWaveRisesAtOnceAndFallsThroughZeroAfterItsPositivePhase() {
        double[] wave = Blasts.friedlander(0.002);

        assertThat(wave[0]).isCloseTo(1, Offset.offset(0.05));
        assertThat(wave[31]).isPositive();
        assertThat(wave[32]).isNegative();
        // Its lowest is exp(-2), at twice its positive phase.
        assertThat(wave[64]).isCloseTo(-Math.exp(-2), Offset.offset(0.01));
    }

    @Test
    void positiveAndNegativePhaseOfAFriedlanderWaveHaveTheSameImpulse() {
        double sum = 0;
        for (double each : Blasts.friedlander(0.003)) {
            sum += each;
        }

        assertThat(sum / Signal.RATE_HZ).isCloseTo(0, Offset.offset(1e-4));
    }

    @Test
    void anNWaveGoesFromPlusToMinusOne() {
        double[] wave = Blasts.nWave(0.01);

        assertThat(wave[0]).isCloseTo(1, Offset.offset(0.02));
        assertThat(wave[80]).isCloseTo(0, Offset.offset(0.02));
        assertThat(wave[159]).isCloseTo(-1, Offset.offset(0.02));
        assertThat(wave[161]).isZero();
    }
}
