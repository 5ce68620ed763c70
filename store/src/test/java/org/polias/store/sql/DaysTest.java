// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.time.Instant;
import java.time.LocalDate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DaysTest {

    private static final Instant LATE_IN_THE_EVENING = Instant.parse("2026-11-21T23:59:59.999999999Z");

    @Test
    void whatArrivesOnItsDayBelongsToIt() {
        assertThat(Days.find(Instant.parse("2026-11-21T00:00:00Z"), LATE_IN_THE_EVENING))
                .contains(LocalDate.of(2026, 11, 21));
    }

    @Test
    void whatArrivesOnAnotherDayBelongsToNone() {
        assertThat(Days.find(LATE_IN_THE_EVENING, LATE_IN_THE_EVENING.plusNanos(1)))
                .isEmpty();
        assertThat(Days.find(LATE_IN_THE_EVENING.plusNanos(1), LATE_IN_THE_EVENING))
                .isEmpty();
    }

    @Test
    void whatTwoBrokenClocksAgreeOnBelongsToNone() {
        assertThat(Days.find(Instant.EPOCH.minusNanos(1), Instant.EPOCH.minusNanos(1)))
                .isEmpty();
        assertThat(Days.find(Instant.MAX, Instant.MAX)).isEmpty();
        assertThat(Days.find(Instant.MIN, Instant.MIN)).isEmpty();
    }

    @Test
    void aPartitionIsNamedByItsDayAndTheDayIsReadFromTheName() {
        assertThat(Days.suffix(LocalDate.of(2026, 11, 1))).isEqualTo("_20261101");
        assertThat(Days.findBySuffix("_20261101")).contains(LocalDate.of(2026, 11, 1));
        assertThat(Days.findBySuffix("_202611")).isEmpty();
        assertThat(Days.findBySuffix("_20261131")).isEmpty();
        assertThat(Days.findBySuffix("_default")).isEmpty();
    }
}
