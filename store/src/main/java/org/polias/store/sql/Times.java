// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Instants as PostgreSQL keeps them: whole microseconds, here within the years 1 to 9999. What lies outside is moved to the
 * nearest bound, so that a clock gone mad stops nothing.
 */
public final class Times {

    static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** 2000-01-01, from which PostgreSQL counts, in seconds since 1970. */
    private static final long POSTGRES_EPOCH_S = 946_684_800;

    private Times() {}

    /** The nearest instant that can be kept. */
    public static Instant keepable(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** For a parameter of type {@code timestamptz}. */
    public static OffsetDateTime parameter(Instant time) {
        return keepable(time).atOffset(ZoneOffset.UTC);
    }

    /** The binary form: microseconds since 2000-01-01. */
    static long binary(Instant time) {
        Instant keepable = keepable(time);
        return Math.addExact(
                Math.multiplyExact(keepable.getEpochSecond() - POSTGRES_EPOCH_S, 1_000_000L),
                keepable.getNano() / 1_000L);
    }

    /** The instant in a column that is never null. */
    public static Instant read(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
