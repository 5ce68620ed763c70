// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.polias.store.sql.PartitionScheme.Partition;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartitionSchemeTest {

    private final PartitionScheme scheme = new PartitionScheme(LocalDate.of(2026, 10, 1));

    @Test
    void aRecentDayHasAPartitionOfItsOwn() {
        Partition partition = scheme.of(Instant.parse("2026-11-21T23:59:59.999999Z"));

        assertThat(partition.suffix()).isEqualTo("_20261121");
        assertThat(partition.boundFrom()).isEqualTo("'2026-11-21 00:00:00+00'");
        assertThat(partition.boundTo()).isEqualTo("'2026-11-22 00:00:00+00'");
    }

    @Test
    void aMonthOfLongAgoSharesOne() {
        assertThat(scheme.of(Instant.parse("2014-07-31T10:00:00Z")))
                .isEqualTo(new Partition("_201407", LocalDate.of(2014, 7, 1), LocalDate.of(2014, 8, 1)));
        assertThat(scheme.of(Instant.parse("2026-09-30T23:59:59Z")).suffix()).isEqualTo("_202609");
        assertThat(scheme.of(Instant.parse("2026-10-01T00:00:00Z")).suffix()).isEqualTo("_20261001");
    }

    @Test
    void brokenClocksEndUpInTheOpenPartitions() {
        assertThat(scheme.of(Instant.EPOCH.minusNanos(1)).boundFrom()).isEqualTo("MINVALUE");
        assertThat(scheme.of(Instant.MIN).suffix()).isEqualTo("_before_1970");
        assertThat(scheme.of(Instant.MAX).suffix()).isEqualTo("_from_2200");
        assertThat(scheme.of(Instant.MAX).boundTo()).isEqualTo("MAXVALUE");
    }

    @Test
    void aLayoutThatWouldCutAMonthIsRefused() {
        assertThatThrownBy(() -> new PartitionScheme(LocalDate.of(2026, 10, 2))).hasMessageContaining("2026-10-02");
    }

    @Property
    void everyTimeLiesInItsPartitionAndInNoOther(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long otherSecond) {
        Partition partition = scheme.of(Instant.ofEpochSecond(second));
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
        Partition other = scheme.of(Instant.ofEpochSecond(otherSecond));

        assertThat(day).isAfterOrEqualTo(partition.from()).isBefore(partition.to());
        if (!other.equals(partition)) {
            assertThat(other.suffix()).isNotEqualTo(partition.suffix());
            assertThat(other.to().isAfter(partition.from()) && partition.to().isAfter(other.from()))
                    .isFalse();
        }
    }
}
