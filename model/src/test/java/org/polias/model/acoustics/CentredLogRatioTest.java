// SPDX-License-Identifier: Apache-2.0
package org.polias.model.acoustics;

import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CentredLogRatioTest {

    private static final int CLASSES = SoundClass.values().length;

    @Test
    void whatIsSpreadEvenlySpeaksForNothing() {
        assertThat(CentredLogRatio.of(spread(1.0 / CLASSES), SoundClass.GUNSHOT))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void theRatiosOfAllClassesAddUpToNothing() {
        Map<SoundClass, Double> answer = spread(0.03);
        answer.put(SoundClass.GUNSHOT, 0.4);
        answer.put(SoundClass.IMPACT, 0.15);
        double sum = 0;
        for (SoundClass each : SoundClass.values()) {
            sum += CentredLogRatio.of(answer, each);
        }
        assertThat(sum).isCloseTo(0, within(1e-9));
    }

    @Test
    void aSecondClassThatIsNearTakesLessThanAnAnswerThatIsSpread() {
        Map<SoundClass, Double> shotOrDoor = spread(0.1 / (CLASSES - 2));
        shotOrDoor.put(SoundClass.GUNSHOT, 0.4);
        shotOrDoor.put(SoundClass.IMPACT, 0.5);
        Map<SoundClass, Double> anything = spread(0.6 / (CLASSES - 1));
        anything.put(SoundClass.GUNSHOT, 0.4);
        assertThat(CentredLogRatio.of(shotOrDoor, SoundClass.GUNSHOT))
                .isGreaterThan(CentredLogRatio.of(anything, SoundClass.GUNSHOT) + 1);
    }

    @Test
    void aClassOfWhichNothingIsSaidIsImprobableAndNotImpossible() {
        assertThat(CentredLogRatio.of(Map.of(SoundClass.GUNSHOT, 1.0), SoundClass.THUNDER))
                .isFinite()
                .isLessThan(0);
    }

    private static Map<SoundClass, Double> spread(double each) {
        Map<SoundClass, Double> answer = new EnumMap<>(SoundClass.class);
        for (SoundClass soundClass : SoundClass.values()) {
            answer.put(soundClass, each);
        }
        return answer;
    }
}
