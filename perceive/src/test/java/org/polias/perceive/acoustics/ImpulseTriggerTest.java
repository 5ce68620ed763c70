// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polias.perceive.acoustics.Sounds.Colour.PINK;
import static org.polias.perceive.acoustics.Sounds.addBlast;
import static org.polias.perceive.acoustics.Sounds.addTone;
import static org.polias.perceive.acoustics.Sounds.noise;

class ImpulseTriggerTest {

    private static final int FRAME = ImpulseTrigger.FRAME_SAMPLES;

    private final ImpulseTrigger trigger = new ImpulseTrigger(ImpulseTrigger.Settings.STANDARD, new LogMel());

    @Test
    void steadyNoiseIsNeverEvenSuspected() {
        assertThat(heard_s(noise(60, 0.0005, PINK, 1))).isEmpty();
        assertThat(trigger.flux_dB()).as("no spectrum was computed").isZero();
    }

    @Test
    void aClickShorterThanAFrameIsHeard() {
        float[] x = noise(5, 0.001, PINK, 2);
        x[40_000] += 0.05f;
        x[40_001] -= 0.04f;
        assertThat(heard_s(x)).singleElement().satisfies(s -> assertThat(s).isCloseTo(2.5, within(0.02)));
    }

    @Test
    void faintBlastsAreHeardDownToSomeDecibelsOverTheNoise() {
        int heard = 0;
        for (int seed = 0; seed < 50; seed++) {
            float[] x = noise(4, 0.001, PINK, seed);
            // 24 dB of peak over the noise's root mean square; a few decibels in the energy of 10 ms.
            addBlast(x, 3, 0.016, 0.0001, 0.0015);
            heard += new ImpulseTriggerTest().heard_s(x).size();
        }
        assertThat(heard).isBetween(48, 52);
    }

    @Test
    void aToneThatSetsInIsNoBang() {
        float[] x = noise(6, 0.003, PINK, 3);
        addTone(x, 3, 2, 0.02, 420, 420, 0);
        assertThat(heard_s(x)).isEmpty();
    }

    @Test
    void afterBeingDeafItHearsNoEdge() {
        float[] x = noise(3, 0.0005, PINK, 4);
        assertThat(heard_s(x)).isEmpty();
        trigger.forget(5);
        assertThat(heard_s(noise(3, 0.0005, PINK, 5))).isEmpty();
    }

    @Test
    void theBackgroundIsThatBeforeTheBang() {
        float[] x = noise(5, 0.01, PINK, 6);
        addBlast(x, 4, 0.9, 0.0001, 0.002);
        heard_s(x);
        assertThat(trigger.background_dB()).isCloseTo(-44, within(4.0));
    }

    private List<Double> heard_s(float[] x) {
        List<Double> heard = new ArrayList<>();
        float[] frame = new float[FRAME];
        for (int at = 0; at + FRAME <= x.length; at += FRAME) {
            System.arraycopy(x, at, frame, 0, FRAME);
            if (trigger.hears(frame)) {
                heard.add((double) (at - FRAME) / Sounds.RATE);
            }
        }
        return heard;
    }
}
