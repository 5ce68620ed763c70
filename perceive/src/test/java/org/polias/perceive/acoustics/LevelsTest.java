// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LevelsTest {

    private static final int FRAME = ImpulseTrigger.FRAME_SAMPLES;

    /** Frequency in Hz and A-weighting in dB (IEC 61672-1, table 3). */
    private static final double[][] A_WEIGHTING = {
        {31.5, -39.4},
        {63, -26.2},
        {125, -16.1},
        {250, -8.6},
        {500, -3.2},
        {1000, 0},
        {2000, 1.2},
        {4000, 1.0},
        {6300, -0.1}
    };

    @Test
    void tonesAreWeightedAsTheStandardSays() {
        for (double[] row : A_WEIGHTING) {
            double tolerance_dB = row[0] > 4000 ? 0.6 : 0.25;
            Levels levels = of(tone(2, row[0], 0.1), 1);
            assertThat(levels.equivalent_dB())
                    .as("%s Hz", row[0])
                    .isCloseTo(10 * Math.log10(0.005) + row[1], within(tolerance_dB));
        }
    }

    @Test
    void theFastLevelFallsByItsTimeConstant() {
        float[] x = tone(1.5, 1000, 0.1);
        for (int i = 16_000; i < x.length; i++) {
            x[i] = 0;
        }
        Levels levels = new Levels();
        double atEnd = 0;
        double later = 0;
        float[] frame = new float[FRAME];
        for (int at = 0; at + FRAME <= x.length; at += FRAME) {
            System.arraycopy(x, at, frame, 0, FRAME);
            levels.take(frame);
            if (at == 16_000 - FRAME) {
                atEnd = levels.fast_dB();
            } else if (at == 16_000 + 4000 - FRAME) {
                later = levels.fast_dB();
            }
        }
        // 250 ms are two time constants: 10 lg e^2.
        assertThat(atEnd - later).isCloseTo(8.69, within(0.1));
    }

    @Test
    void thePeakIsTheHighestSampleOfTheInterval() {
        float[] x = tone(1, 1000, 0.1);
        x[5000] = -0.7f;
        Levels levels = of(x, 0);
        assertThat(levels.peak_dB()).isCloseTo(20 * Math.log10(0.7), within(0.01));
        levels.begin();
        assertThat(levels.peak_dB()).isEqualTo(Levels.SILENCE_DB);
    }

    @Test
    void silenceHasTheLeastLevel() {
        assertThat(of(new float[16_000], 0).equivalent_dB()).isEqualTo(Levels.SILENCE_DB);
    }

    /** The levels of sound from this second on. */
    private static Levels of(float[] x, int from_s) {
        Levels levels = new Levels();
        float[] frame = new float[FRAME];
        for (int at = 0; at + FRAME <= x.length; at += FRAME) {
            if (at == from_s * 16_000) {
                levels.begin();
            }
            System.arraycopy(x, at, frame, 0, FRAME);
            levels.take(frame);
        }
        return levels;
    }

    private static float[] tone(double seconds, double frequency_Hz, double amplitude) {
        float[] x = Sounds.silence(seconds);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequency_Hz * i / Sounds.RATE));
        }
        return x;
    }
}
