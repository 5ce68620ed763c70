// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.polias.model.detection.DetectionDomain;

import static org.assertj.core.api.Assertions.assertThat;

class SpanTest {

    private static final Instant FIRST = Instant.parse("2023-10-06T14:20:00Z");
    private static final Instant LAST = FIRST.plusSeconds(60);
    private static final Duration STALE = Duration.ofHours(12);

    @Test
    void whatLiesWithinIsNotOutside() {
        assertThat(outside(false, FIRST)).isZero();
        assertThat(outside(false, LAST)).isZero();
    }

    @Test
    void whatLiesBeforeOrAfterIsAsFarAsTheNearerEnd() {
        assertThat(outside(false, FIRST.minusSeconds(5))).isEqualTo(5);
        assertThat(outside(false, LAST.plusSeconds(7))).isEqualTo(7);
        assertThat(outside(true, FIRST.minusSeconds(5))).isEqualTo(5);
    }

    @Test
    void aConditionThatLastsGoesOnBeyondItsLastReport() {
        assertThat(outside(true, LAST.plus(STALE))).isZero();
    }

    /** A file of several years, read at once: nobody said that the burst of 2023 ended. */
    @Test
    void aConditionOfAYearAgoDoesNotLastUntilNow() {
        assertThat(outside(true, LAST.plus(STALE).plusSeconds(100))).isEqualTo(100);
    }

    private static double outside(boolean lasts, Instant time) {
        return new Span(DetectionDomain.CYBER, FIRST, LAST, lasts).secondsOutside(time, STALE);
    }
}
