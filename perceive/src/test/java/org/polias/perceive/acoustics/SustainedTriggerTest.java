// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Frames are 10 ms; the level wavers by 1 dB. */
class SustainedTriggerTest {

    private final SustainedTrigger trigger = new SustainedTrigger(SustainedTrigger.Settings.STANDARD);

    @Test
    void whatStandsOutAndLastsIsHeardOnce() {
        assertThat(heard(6000, frame -> frame >= 4000 && frame < 4300 ? -35 : -55))
                .hasSize(1);
        assertThat(heard(6000, frame -> frame >= 4000 && frame < 4300 ? -35 : -55)
                                .getFirst()
                        % 6000)
                .isBetween(4030, 4045);
    }

    @Test
    void theTailOfABangIsNotLasting() {
        assertThat(heard(6000, frame -> frame < 4000 ? -55 : Math.max(-55, -15 - 0.3 * (frame - 4000))))
                .isEmpty();
    }

    @Test
    void aBangInAFrameOrTwoIsNotLasting() {
        assertThat(heard(6000, frame -> frame % 300 < 3 ? -10 : -55)).isEmpty();
    }

    @Test
    void whatDoesNotEndIsTheNewBackground() {
        List<Integer> heard = heard(12_000, frame -> frame < 2000 ? -55 : -35);
        assertThat(heard).hasSizeBetween(1, 2);
        assertThat(trigger.background_dB()).isBetween(-37.0, -33.0);
        assertThat(heard(1000, frame -> frame >= 500 && frame < 700 ? -20 : -35))
                .hasSize(1);
    }

    @Test
    void aSlowSwellThatStaysBelowTheMarginIsNothing() {
        assertThat(heard(20_000, frame -> -55 + 5 * Math.sin(frame / 1000.0))).isEmpty();
    }

    private List<Integer> heard(int frames, IntToDoubleFunction level_dB) {
        SplittableRandom random = new SplittableRandom(1);
        List<Integer> heard = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            if (trigger.hears(level_dB.applyAsDouble(frame) + random.nextGaussian())) {
                heard.add(frame);
            }
        }
        return heard;
    }
}
