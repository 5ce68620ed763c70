// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.polias.model.acoustics.SoundClass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CalibrationTest {

    private final double[] evidence = new double[SoundClass.values().length];

    @Test
    void noEvidenceLeavesThePriors() {
        Calibration.assumed(Calibration.ASSUMED_PRIORS).probabilities(evidence).forEach((each, p) -> assertThat(p)
                .isCloseTo(Calibration.ASSUMED_PRIORS.get(each), within(1e-9)));
    }

    @Test
    void aHigherTemperatureIsLessSure() {
        evidence[SoundClass.GLASS.ordinal()] = 5;
        double sure = new Calibration(1, Map.of(), Calibration.ASSUMED_PRIORS)
                .probabilities(evidence)
                .get(SoundClass.GLASS);
        double unsure = new Calibration(3, Map.of(), Calibration.ASSUMED_PRIORS)
                .probabilities(evidence)
                .get(SoundClass.GLASS);
        assertThat(sure).isGreaterThan(0.9);
        assertThat(unsure).isBetween(0.2, 0.4);
    }

    @Test
    void evidenceOfAnySizeGivesADistribution() {
        evidence[0] = 1e6;
        evidence[1] = -1e6;
        Map<SoundClass, Double> p = new Calibration(1, Map.of(), Map.of()).probabilities(evidence);
        assertThat(p.get(SoundClass.values()[0])).isEqualTo(1);
        assertThat(p.values()).allMatch(value -> value >= 0 && value <= 1);
    }

    @Test
    void theAssumedPriorsSumToOne() {
        assertThat(Calibration.ASSUMED_PRIORS).hasSize(SoundClass.values().length);
        assertThat(Calibration.ASSUMED_PRIORS.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void aTemperatureThatIsNoneIsRefused() {
        for (double temperature : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Calibration(temperature, Map.of(), Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
