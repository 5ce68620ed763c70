// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class DecimatorTest {

    /** The root mean square of a tone of amplitude 1 once it has gone through, without the filter's run-in. */
    private static double throughput(int rate_Hz, double tone_Hz) {
        Decimator decimator = new Decimator(rate_Hz);
        float[] in = new float[rate_Hz / 2];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) Math.sin(2 * Math.PI * tone_Hz * i / rate_Hz);
        }
        float[] out = new float[decimator.most(in.length)];
        int written = decimator.take(in, in.length, out);
        double sum = 0;
        for (int i = 200; i < written; i++) {
            sum += out[i] * out[i];
        }
        return Math.sqrt(sum / (written - 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {32_000, 48_000, 96_000, 192_000})
    void whatCanBeHeardGoesThroughAndWhatWouldFoldBackDoesNot(int rate_Hz) {
        assertThat(throughput(rate_Hz, 1_000)).isCloseTo(Math.sqrt(0.5), within(0.002));
        assertThat(throughput(rate_Hz, 6_000)).isCloseTo(Math.sqrt(0.5), within(0.01));
        assertThat(throughput(rate_Hz, 9_000)).isLessThan(0.001);
        assertThat(throughput(rate_Hz, 15_000)).isLessThan(0.001);
    }

    @Test
    void atTheRateThatIsListenedToNothingIsChanged() {
        Decimator decimator = new Decimator(16_000);
        float[] out = new float[3];
        assertThat(decimator.take(new float[] {0.1f, -0.2f, 0.3f}, 3, out)).isEqualTo(3);
        assertThat(out).containsExactly(0.1f, -0.2f, 0.3f);
        assertThat(decimator.delay_s()).isZero();
    }

    @Test
    void blocksOfAnySizeGiveTheSameSamples() {
        float[] in = new float[4_801];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) Math.sin(i * 0.07);
        }
        Decimator whole = new Decimator(48_000);
        float[] expected = new float[whole.most(in.length)];
        int count = whole.take(in, in.length, expected);
        Decimator pieces = new Decimator(48_000);
        int at = 0;
        for (int from = 0, size = 1; from < in.length; from += size, size = size % 37 + 1) {
            int length = Math.min(size, in.length - from);
            float[] block = Arrays.copyOfRange(in, from, from + length);
            float[] out = new float[pieces.most(length)];
            int written = pieces.take(block, length, out);
            for (int i = 0; i < written; i++) {
                assertThat(out[i]).isEqualTo(expected[at++]);
            }
        }
        assertThat(at).isEqualTo(count);
    }

    @Test
    void theDelayIsWhatItSays() {
        Decimator decimator = new Decimator(48_000);
        float[] in = new float[9_600];
        in[4_800] = 1;
        float[] out = new float[decimator.most(in.length)];
        int written = decimator.take(in, in.length, out);
        int loudest = 0;
        for (int i = 0; i < written; i++) {
            loudest = out[i] > out[loudest] ? i : loudest;
        }
        assertThat(loudest / 16_000.0 - decimator.delay_s()).isCloseTo(0.1, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -16_000, 8_000, 44_100, 208_000})
    void otherRatesAreRefused(int rate_Hz) {
        assertThatThrownBy(() -> new Decimator(rate_Hz)).hasMessageContaining(rate_Hz + " Hz");
    }
}
