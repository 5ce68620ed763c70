// SPDX-License-Identifier: Apache-2.0
package org.polias.model.acoustics;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.polias.model.observation.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SoundEventTest {

    private static final Map<SoundClass, Double> PRIORS = Map.of(SoundClass.GUNSHOT, 0.1, SoundClass.AMBIENT, 0.9);

    private static SoundEvent shot(double p) {
        return new SoundEvent(
                0.001,
                0.4,
                118,
                131,
                25,
                true,
                Map.of(SoundClass.GUNSHOT, p, SoundClass.AMBIENT, 1 - p),
                PRIORS,
                "test-1");
    }

    @Test
    void itTravelsAsAnEventRecordAndComesBackTheSame() {
        SoundEvent event = shot(0.9);
        assertThat(SoundEvent.find(event.toResult())).contains(event);
    }

    @Test
    void theLikelihoodRatioIsWhatTheProbabilityAddsToThePrior() {
        assertThat(shot(0.1).logLikelihoodRatio(SoundClass.GUNSHOT)).isCloseTo(0, within(1e-12));
        assertThat(shot(0.9).logLikelihoodRatio(SoundClass.GUNSHOT)).isCloseTo(Math.log(81), within(1e-9));
        assertThat(shot(1).logLikelihoodRatio(SoundClass.GUNSHOT)).isFinite().isGreaterThan(10);
        assertThat(shot(0.9).mostProbable()).isEqualTo(SoundClass.GUNSHOT);
    }

    @Test
    void recordsOfOtherFormsAreNone() {
        assertThat(SoundEvent.find(new Result.EventRecord("door.open", Map.of())))
                .isEmpty();
        assertThat(SoundEvent.find(new Result.EventRecord(SoundEvent.TYPE, Map.of("level_dB", "loud"))))
                .isEmpty();
    }

    @Test
    void whatIsNoDistributionIsRefused() {
        assertThatThrownBy(
                        () -> new SoundEvent(0, 0, 1, 1, 1, false, Map.of(SoundClass.GUNSHOT, 0.4), PRIORS, "test-1"))
                .hasMessageContaining("sum to 0.4");
        assertThatThrownBy(() -> new SoundEvent(-1, 0, 1, 1, 1, false, PRIORS, PRIORS, "test-1"))
                .hasMessageContaining("negative");
    }
}
