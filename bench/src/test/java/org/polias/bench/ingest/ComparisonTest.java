// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.polias.bench.ingest.Probes.Sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ComparisonTest {

    private static final long SECOND_NS = 1_000_000_000L;

    /** Exponentially distributed latencies of this mean, twenty a second. */
    private static List<Sample> samples(long seed, int seconds, double mean_us) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < seconds * 20; i++) {
            samples.add(new Sample(i * SECOND_NS / 20, (long) (-mean_us * Math.log(1 - random.nextDouble()))));
        }
        return samples;
    }

    @Test
    void theRatioIsThatOfTheTailsAndLiesInItsInterval() {
        Comparison compared = Comparison.of(samples(1, 120, 10_000), samples(2, 120, 20_000));

        assertThat(compared.ratio()).isCloseTo(2, within(0.5));
        assertThat(compared.interval()[0]).isLessThan(2).isGreaterThan(1);
        assertThat(compared.interval()[1]).isGreaterThan(2).isLessThan(3.5);
        // The 99th percentile of an exponential distribution is ln 100 times its mean.
        assertThat(compared.plain_ms(0.99)).isCloseTo(10 * Math.log(100), within(12.0));
    }

    @Test
    void whatDoesNotDifferIsNotFoundToDiffer() {
        double[] interval =
                Comparison.of(samples(3, 120, 10_000), samples(4, 120, 10_000)).interval();

        assertThat(interval[0]).isLessThan(1);
        assertThat(interval[1]).isGreaterThan(1);
    }

    @Test
    void fewMeasurementsGiveAWideInterval() {
        double[] few =
                Comparison.of(samples(5, 10, 10_000), samples(6, 10, 10_000)).interval();
        double[] many =
                Comparison.of(samples(5, 200, 10_000), samples(6, 200, 10_000)).interval();

        assertThat(few[1] - few[0]).isGreaterThan(many[1] - many[0]);
    }

    @Test
    void withoutMeasurementsThereIsNoFigure() {
        Comparison nothing = Comparison.of(List.of(), List.of());

        assertThat(nothing.ratio()).isNaN();
        assertThat(nothing.interval()).containsOnly(Double.NaN);
    }
}
