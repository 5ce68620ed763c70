// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.io.IOException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LogMelTest {

    /** Bands 0, 1, 9, 20, 33, 47, 63 and the sum of all, from a discrete Fourier transform in double precision, term by term. */
    private static final double[][] REFERENCE = {
        {0, 2.94578, 3.24913, -1.87661, -0.85901, -0.99944, -0.02861, 0.37468, -38.9064},
        {7, -1.95, -2.37428, -1.08369, -1.9952, -2.01029, -0.23636, 0.40687, -41.2653},
        {31, -2.03692, -1.65373, -2.49248, -1.45221, -1.01542, -0.99399, -0.04051, -50.3556},
        {48, 0.31071, 0.34642, 0.38686, 0.11185, -0.141, 0.54755, 0.26538, 15.4691},
        {49, 1.34556, 1.37233, 1.30615, 1.05516, 0.83087, 2.15053, 0.99998, 70.2826},
        {50, -1.76834, -1.28794, -2.36809, -1.74675, -1.86718, 3.48522, 0.03289, -56.8552},
        {95, -1.55506, -1.73352, -1.87361, -1.95988, -0.47443, -0.72869, 0.17279, -58.3888}
    };

    private static final int[] BANDS = {0, 1, 9, 20, 33, 47, 63};

    private final LogMel logMel = new LogMel();

    @Test
    void aPatchIsWhatTheFormulasSay() {
        float[] patch = new float[LogMel.PATCH_FRAMES * LogMel.BANDS];
        logMel.patch(chirpWithNoiseAndClick(), 0, patch);
        for (double[] row : REFERENCE) {
            int frame = (int) row[0];
            double sum = 0;
            for (int band = 0; band < LogMel.BANDS; band++) {
                sum += patch[frame * LogMel.BANDS + band];
            }
            for (int i = 0; i < BANDS.length; i++) {
                assertThat((double) patch[frame * LogMel.BANDS + BANDS[i]])
                        .as("frame %d, band %d", frame, BANDS[i])
                        .isCloseTo(row[i + 1], within(1e-3));
            }
            assertThat(sum).as("frame %d", frame).isCloseTo(row[BANDS.length + 1], within(1e-2));
        }
    }

    @Test
    void silenceIsTheLogarithmOfTheFloor() {
        float[] bands = new float[LogMel.BANDS];
        logMel.frame(new float[LogMel.FRAME_SAMPLES], 0, bands, 0);
        assertThat(bands).containsOnly((float) Math.log(0.001));
    }

    @Test
    void aSteadyOffsetIsNotHeard() {
        float[] steady = new float[LogMel.FRAME_SAMPLES];
        Arrays.fill(steady, 0.5f);
        float[] bands = new float[LogMel.BANDS];
        logMel.frame(steady, 0, bands, 0);
        // Only the window's own width reaches the lowest bands.
        assertThat(bands[LogMel.BANDS - 1]).isCloseTo((float) Math.log(0.001), within(0.05f));
    }

    /**
     * The reference was written by a network whose Fourier transform and mel matrix had been rounded to 8 bits, so that a loud band
     * leaks into quiet ones: it agrees as well as that allows, relative to the loudest band of each frame.
     */
    @Test
    void itAgreesWithTheReferenceVectorsOfYamnet() throws IOException {
        for (YamnetReference reference : YamnetReference.all()) {
            float[] patch = new float[LogMel.PATCH_FRAMES * LogMel.BANDS];
            logMel.patch(reference.waveform(), 0, patch);
            double sum = 0;
            for (int frame = 0; frame < LogMel.PATCH_FRAMES; frame++) {
                double loudest = 0;
                double worst = 0;
                for (int i = frame * LogMel.BANDS; i < (frame + 1) * LogMel.BANDS; i++) {
                    double ours = Math.exp(patch[i]);
                    loudest = Math.max(loudest, ours);
                    worst = Math.max(worst, Math.abs(ours - Math.exp(reference.logMel()[i])));
                    sum += Math.abs(patch[i] - reference.logMel()[i]);
                }
                assertThat(worst / loudest).as("frame %d", frame).isLessThan(0.04);
            }
            assertThat(sum / patch.length).isLessThan(0.12);
        }
    }

    private static float[] chirpWithNoiseAndClick() {
        float[] samples = new float[16000];
        long bits = 12345;
        for (int i = 0; i < samples.length; i++) {
            bits = bits * 1103515245 + 12345 & 0x7fffffff;
            double noise = (double) bits / 0x40000000 - 1;
            double t = i / 16000.0;
            double click = i >= 8000 && i < 8040 ? 0.6 * Math.exp(-(i - 8000) / 8.0) : 0;
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * (100 * t + 3500 * t * t)) + 0.02 * noise + click);
        }
        return samples;
    }
}
