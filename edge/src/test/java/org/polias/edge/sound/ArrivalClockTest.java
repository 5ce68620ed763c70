// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalClockTest {

    private static final int RATE_HZ = 16_000;
    private static final int BLOCK = 2_000;
    private static final Instant START = Instant.parse("2026-11-21T17:00:00Z");

    private static Instant at(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }

    private static double error_s(Instant told, double truth_s) {
        return Duration.between(at(truth_s), told).toNanos() / 1e9;
    }

    @Test
    void blocksThatComeInFitsAndStartsAreTimedEvenly() {
        ArrivalClock clock = new ArrivalClock(RATE_HZ);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 800; i++) {
            double taken_s = i * 0.125;
            double arrived_s = taken_s + 0.125 + 0.03 + 0.4 * random.nextDouble() * random.nextDouble();
            double error_s = error_s(clock.firstOf(BLOCK, at(arrived_s)), taken_s);
            if (i > 100) {
                assertThat(error_s).isBetween(0.02, 0.06);
            }
        }
    }

    @Test
    void aClockThatDriftsIsFollowed() {
        ArrivalClock clock = new ArrivalClock(RATE_HZ);
        for (int i = 0; i < 30_000; i++) {
            double taken_s = i * 0.125 * (1 + 1e-4);
            assertThat(error_s(clock.firstOf(BLOCK, at(taken_s + 0.125)), taken_s))
                    .isBetween(-0.001, 0.001);
        }
    }

    @Test
    void afterAGapTimeGoesOnFromTheArrival() {
        ArrivalClock clock = new ArrivalClock(RATE_HZ);
        clock.firstOf(BLOCK, at(0.125));
        assertThat(error_s(clock.firstOf(BLOCK, at(60.125)), 60)).isBetween(-0.001, 0.001);
    }
}
