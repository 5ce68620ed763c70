// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How time is cut into partitions: a day each from {@code dailyFrom} on, a month each before (what was recorded long ago and is
 * brought in later), and one for everything before 1970 and after 2199, where only broken clocks point. The first and the last
 * are open, so that every time has its place; none overlap, so that any of them can be made at any moment.
 */
record PartitionScheme(LocalDate dailyFrom) {

    private static final LocalDate MONTHLY_FROM = LocalDate.of(1970, 1, 1);
    private static final LocalDate DAILY_TO = LocalDate.of(2200, 1, 1);

    PartitionScheme {
        if (dailyFrom.getDayOfMonth() != 1 || !dailyFrom.isAfter(MONTHLY_FROM) || !dailyFrom.isBefore(DAILY_TO)) {
            throw new IllegalArgumentException("Daily partitions cannot begin on %s.".formatted(dailyFrom));
        }
    }

    /**
     * A partition.
     *
     * @param suffix what is appended to the table's name, such as {@code _20261121}
     * @param from the first day, {@link LocalDate#MIN} if it is open
     * @param to the day after the last, {@link LocalDate#MAX} if it is open
     */
    record Partition(String suffix, LocalDate from, LocalDate to) implements Comparable<Partition> {

        @Override
        public int compareTo(Partition other) {
            return from.compareTo(other.from);
        }

        String boundFrom() {
            return from.equals(LocalDate.MIN) ? "MINVALUE" : "'" + from + " 00:00:00+00'";
        }

        String boundTo() {
            return to.equals(LocalDate.MAX) ? "MAXVALUE" : "'" + to + " 00:00:00+00'";
        }
    }

    /** The partition for {@code time}. */
    Partition of(Instant time) {
        LocalDate day = LocalDate.ofInstant(Times.keepable(time), ZoneOffset.UTC);
        if (day.isBefore(MONTHLY_FROM)) {
            return new Partition("_before_1970", LocalDate.MIN, MONTHLY_FROM);
        }
        if (!day.isBefore(DAILY_TO)) {
            return new Partition("_from_2200", DAILY_TO, LocalDate.MAX);
        }
        if (day.isBefore(dailyFrom)) {
            LocalDate month = day.withDayOfMonth(1);
            return new Partition("_%tY%<tm".formatted(month), month, month.plusMonths(1));
        }
        return new Partition("_%tY%<tm%<td".formatted(day), day, day.plusDays(1));
    }
}
