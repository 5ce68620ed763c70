// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.util.Arrays;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class NoiseTest {

    private final Noise noise = new Noise(42).named("test");

    @Test
    void valuesSpreadEvenly() {
        double[] values =
                LongStream.range(0, 20_000).mapToDouble(noise::uniform).toArray();

        assertThat(Arrays.stream(values).allMatch(value -> value >= 0 && value < 1))
                .isTrue();
        assertThat(LongStream.range(0, 20_000)
                        .mapToDouble(noise::uniform)
                        .average()
                        .orElseThrow())
                .isCloseTo(0.5, within(0.01));
    }

    @Test
    void normalValuesHaveMeanZeroAndSpreadOne() {
        assertThat(LongStream.range(0, 20_000)
                        .mapToDouble(noise::gaussian)
                        .average()
                        .orElseThrow())
                .isCloseTo(0, within(0.02));
        assertThat(LongStream.range(0, 20_000)
                        .mapToDouble(noise::gaussian)
                        .map(value -> value * value)
                        .average()
                        .orElseThrow())
                .isCloseTo(1, within(0.03));
    }

    @Test
    void smoothNoiseNeverJumps() {
        double before = noise.smooth(-3);
        for (double x = -3; x < 50; x += 0.01) {
            double value = noise.smooth(x);
            assertThat(value).isBetween(-1.0, 1.0).isCloseTo(before, within(0.04));
            before = value;
        }
    }

    @Test
    void namesAndSeedsGiveSourcesOfTheirOwn() {
        assertThat(noise.named("a").uniform(0)).isNotEqualTo(noise.named("b").uniform(0));
        assertThat(new Noise(1).uniform(0)).isNotEqualTo(new Noise(2).uniform(0));
        assertThat(new Noise(1).named("a").uniform(5))
                .isEqualTo(new Noise(1).named("a").uniform(5));
    }
}
