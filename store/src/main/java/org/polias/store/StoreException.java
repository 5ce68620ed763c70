// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.sql.SQLException;

/** The database did not do what it was asked. {@link #category()} says what the caller can do about it. */
public final class StoreException extends RuntimeException {

    /** What can be done about a failure. */
    public enum Category {
        /** It may succeed when tried again as it is: the database is away, full, or two transactions collided. */
        TRY_AGAIN,
        /** These data will be refused however often they are offered. The database and all other data are fine. */
        DATA_REFUSED,
        /** A person has to mend something first: settings, rights, the schema. The data are fine; do not drop them. */
        NEEDS_ATTENTION
    }

    private final Category category;

    public StoreException(Category category, String message) {
        super(message);
        this.category = category;
    }

    public StoreException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** What can be done about it. */
    public Category category() {
        return category;
    }

    /** The failure of {@code doing} (a gerund: "storing observations"), classified by its SQLSTATE. */
    public static StoreException of(String doing, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return new StoreException(
                categoryOf(state),
                "The database failed at %s: %s%s%s"
                        .formatted(
                                doing,
                                failure.getMessage(),
                                state.isEmpty() ? "" : " (SQLSTATE " + state + ")",
                                adviceFor(state)),
                failure);
    }

    /**
     * The category of an SQLSTATE (PostgreSQL, appendix A). Only what certainly lies in the data counts as refused: a caller may
     * set such data aside, and must not do that with good data because the schema or a disk is at fault.
     */
    static Category categoryOf(String sqlState) {
        if (sqlState.length() < 2) {
            return Category.TRY_AGAIN;
        }
        return switch (sqlState.substring(0, 2)) {
            case "21", "22", "23", "54" -> Category.DATA_REFUSED;
            case "0A", "28", "3D", "3F", "42" -> Category.NEEDS_ATTENTION;
            default -> Category.TRY_AGAIN;
        };
    }

    private static String adviceFor(String sqlState) {
        if (sqlState.equals("53100")) {
            return "\nMaybe the disk is full: make room, and it goes on by itself.";
        }
        if (sqlState.startsWith("08") || sqlState.startsWith("57P")) {
            return "\nMaybe the database is restarting or cannot be reached: it is tried again.";
        }
        if (sqlState.startsWith("28")) {
            return "\nMaybe user or password are wrong.";
        }
        return "";
    }
}
