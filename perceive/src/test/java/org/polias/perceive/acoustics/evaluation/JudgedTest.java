// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JudgedTest {

    private static List<Judged> judged(Object... pairs) {
        List<Judged> all = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.add(new Judged((Double) pairs[i], (Boolean) pairs[i + 1]));
        }
        return all;
    }

    @Test
    void theAreaIsTheShareOfPairsInTheRightOrderAndTiesCountHalf() {
        List<Judged> all = judged(0.9, true, 0.8, false, 0.7, true, 0.7, false, 0.1, false);

        // 0.9 beats 3 of 3; 0.7 beats 1, ties 1, loses to 1.
        assertThat(Judged.rocAuc(all)).isCloseTo(4.5 / 6, Offset.offset(1e-12));
    }

    @Test
    void recallIsCountedAboveTheThresholdThatFewEnoughExceed() {
        List<Judged> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(new Judged(i / 100.0, false));
        }
        all.addAll(judged(0.985, true, 0.975, true, 0.5, true, 1.0, true));

        assertThat(Judged.threshold(all, 0.01)).isEqualTo(0.98);
        assertThat(Judged.recall(all, 0.01)).isEqualTo(0.5);
        assertThat(Judged.recall(all, 0)).isEqualTo(0.25);
    }

    @Test
    void whoSaysSeventyPercentAndIsRightSevenTimesInTenIsCalibrated() {
        List<Judged> all = Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> new Judged(0.7, i % 10 < 7))
                .toList();

        assertThat(Judged.calibrationError(all)).isCloseTo(0, Offset.offset(1e-9));
        assertThat(Judged.brierScore(all)).isCloseTo(0.21, Offset.offset(1e-9));
        assertThat(Judged.calibrationError(judged(1.0, true, 1.0, false))).isEqualTo(0.5);
    }
}
