// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * How a table is cut into days (UTC). A row belongs to a day if it arrived on the day of which it tells; then the day's rows are all
 * of one age, and go together. Every other row belongs to no day.
 */
final class Days {

    /** Days outside of these come from broken clocks alone. */
    private static final long FIRST = LocalDate.of(1970, 1, 1).toEpochDay();

    private static final long LAST = LocalDate.of(2199, 12, 31).toEpochDay();
    private static final long SECONDS = Duration.ofDays(1).toSeconds();
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("'_'uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

    private Days() {}

    /** The day to which a row belongs. */
    static Optional<LocalDate> find(Instant time, Instant arrivedAt) {
        long day = Math.floorDiv(time.getEpochSecond(), SECONDS);
        return day == Math.floorDiv(arrivedAt.getEpochSecond(), SECONDS) && day >= FIRST && day <= LAST
                ? Optional.of(LocalDate.ofEpochDay(day))
                : Optional.empty();
    }

    /** The day in which {@code time} lies. */
    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(Times.keepable(time), ZoneOffset.UTC);
    }

    /** What is appended to a table's name for that day's partition, such as {@code _20261121}. */
    static String suffix(LocalDate day) {
        return SUFFIX.format(day);
    }

    /** The day of a suffix; empty if it is none. */
    static Optional<LocalDate> findBySuffix(String suffix) {
        try {
            return Optional.of(LocalDate.parse(suffix, SUFFIX));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The first moment of a day, as SQL. */
    static String bound(LocalDate day) {
        return "'" + day + " 00:00:00+00'";
    }
}
