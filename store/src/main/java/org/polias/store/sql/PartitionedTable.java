// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A table of what happened at a time and arrived at another, filled by COPY, in which each row is there once, and from which rows go
 * by the age of their arrival.
 *
 * <p>It is two tables in truth. Rows that arrived on the day of which they tell are in that day's partition of {@code name_by_day}:
 * they are copied straight into it, and go by dropping it. The others, which are few unless old records are brought in, are in
 * {@code name_of_other_days}, and are deleted one by one. Neither holds a row that the other has. The view {@code name} is both.
 */
public final class PartitionedTable {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int ROWS_PER_DELETE = 50_000;

    private final Database database;
    private final Layout layout;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    /**
     * How the table looks, as migrations have made it. A row is identified by its series, time and id.
     *
     * @param name the view; names of the tables begin with it
     * @param series the column, an integer, that says of what the row tells
     * @param time the column that says of which moment it tells
     * @param arrival the column that says when it arrived
     * @param columns all columns, in the order in which rows are written
     */
    public record Layout(String name, String series, String time, String arrival, List<String> columns) {
        public Layout {
            columns = List.copyOf(columns);
        }

        /** The table of rows that arrived on their day. */
        public String byDay() {
            return name + "_by_day";
        }

        /** The table of rows that arrived on another day. */
        public String ofOtherDays() {
            return name + "_of_other_days";
        }

        private String partition(LocalDate day) {
            return name + Days.suffix(day);
        }

        private String columnList() {
            return String.join(", ", columns);
        }
    }

    public PartitionedTable(Database database, Layout layout) {
        this.database = database;
        this.layout = layout;
    }

    /** Of which stretch of time the rows of one series tell. */
    private record Span(Instant first, Instant last) {
        Span with(Instant time) {
            if (time.isBefore(first)) {
                return new Span(time, last);
            }
            return time.isAfter(last) ? new Span(first, time) : this;
        }
    }

    /** Rows on their way into the table, each in the buffer of its place. */
    public final class Rows {

        private final SortedMap<LocalDate, CopyBuffer> byDay = new TreeMap<>();
        private final Map<Integer, Span> spans = new HashMap<>();
        private final CopyBuffer ofOtherDays = new CopyBuffer();

        private Rows() {}

        /** The buffer for a row of that series, of that time, that arrived then. */
        public CopyBuffer at(int series, Instant time, Instant arrivedAt) {
            Optional<LocalDate> day = Days.find(time, arrivedAt);
            if (day.isEmpty()) {
                return ofOtherDays;
            }
            Span span = spans.get(series);
            Span wider = span == null ? new Span(time, time) : span.with(time);
            if (wider != span) {
                spans.put(series, wider);
            }
            return byDay.computeIfAbsent(day.get(), ignored -> new CopyBuffer());
        }
    }

    /** An empty batch. */
    public Rows rows() {
        return new Rows();
    }

    /** The days of rows that are to be written. */
    public final class DaysNeeded {

        private final SortedSet<LocalDate> missing = new TreeSet<>();

        private DaysNeeded() {}

        /** A row of that time that arrived then will be written. */
        public void add(Instant time, Instant arrivedAt) {
            Days.find(time, arrivedAt).filter(day -> !known.contains(day)).ifPresent(missing::add);
        }

        /** Makes the partitions that are missing. Not inside a transaction that writes to the table. */
        public void prepare() {
            for (LocalDate day : missing) {
                create(day);
                known.add(day);
            }
        }
    }

    /** Collects days. */
    public DaysNeeded daysNeeded() {
        return new DaysNeeded();
    }

    /**
     * Writes {@code rows}, without those that are there already.
     *
     * @return how many were written
     */
    public int write(Connection connection, Rows rows) throws SQLException {
        int written = 0;
        if (!rows.byDay.isEmpty()) {
            boolean mayBeThere = isAnyOfOtherDays(connection, rows.spans);
            for (Map.Entry<LocalDate, CopyBuffer> entry : rows.byDay.entrySet()) {
                written += write(connection, entry.getKey(), entry.getValue(), mayBeThere);
            }
        }
        if (rows.ofOtherDays.rows() > 0) {
            written += writeNew(connection, layout.ofOtherDays(), rows.ofOtherDays, layout.byDay());
        }
        return written;
    }

    /**
     * Whether one of the rows may be there already as a row of another day: delivered once before its day had come, or with a clock
     * that has been set since. Asked in one go for a batch, as the answer is nearly always no.
     */
    private boolean isAnyOfOtherDays(Connection connection, Map<Integer, Span> spans) throws SQLException {
        List<Integer> series = new ArrayList<>();
        List<String> first = new ArrayList<>();
        List<String> last = new ArrayList<>();
        spans.forEach((number, span) -> {
            series.add(number);
            first.add(Times.keepable(span.first()).toString());
            last.add(Times.keepable(span.last()).toString());
        });
        // Ordered, so that the planner goes by the index and by nothing else.
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT EXISTS (SELECT FROM unnest(?, ?, ?) AS b (series, first, last) CROSS JOIN LATERAL"
                        + " (SELECT 1 FROM %s o WHERE o.%s = b.series AND o.%s BETWEEN b.first::timestamptz AND b.last::timestamptz"
                                .formatted(layout.ofOtherDays(), layout.series(), layout.time())
                        + " ORDER BY o.%s, o.%s LIMIT 1) AS found)".formatted(layout.series(), layout.time()))) {
            query.setArray(1, connection.createArrayOf("integer", series.toArray()));
            query.setArray(2, connection.createArrayOf("text", first.toArray()));
            query.setArray(3, connection.createArrayOf("text", last.toArray()));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private int write(Connection connection, LocalDate day, CopyBuffer buffer, boolean mayBeThere) throws SQLException {
        String partition = layout.partition(day);
        Savepoint savepoint = connection.setSavepoint();
        try {
            int written = mayBeThere
                    ? writeNew(connection, partition, buffer, layout.ofOtherDays())
                    : copy(connection, partition, buffer);
            connection.releaseSavepoint(savepoint);
            return written;
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                connection.rollback(savepoint);
                return writeNew(connection, partition, buffer, layout.ofOtherDays());
            }
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                // Another process has dropped it as too old between our preparing and our writing.
                known.remove(day);
                throw new StoreException(Category.TRY_AGAIN, "The partition %s was dropped.".formatted(partition), e);
            }
            throw e;
        }
    }

    /**
     * Writes what is neither in {@code table} nor in {@code other}. COPY knows no "on conflict": through a temporary table, then.
     * Slower, and only for rows of other days and for batches that hold duplicates.
     */
    private int writeNew(Connection connection, String table, CopyBuffer buffer, String other) throws SQLException {
        String staging = "staging_" + layout.name();
        String columns = layout.columnList();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL client_min_messages = warning");
            statement.execute("CREATE TEMP TABLE IF NOT EXISTS %s (LIKE %s) ON COMMIT DELETE ROWS"
                    .formatted(staging, layout.byDay()));
            statement.execute("DELETE FROM pg_temp.%s".formatted(staging));
            copy(connection, "pg_temp." + staging, buffer);
            // A scalar sub-select, which the planner cannot turn into a join over whole tables.
            return statement.executeUpdate(
                    """
                    INSERT INTO %1$s (%2$s) SELECT %2$s FROM pg_temp.%3$s s
                    WHERE (SELECT true FROM %4$s o WHERE o.%5$s = s.%5$s AND o.%6$s = s.%6$s AND o.id = s.id LIMIT 1) IS NULL
                    ON CONFLICT DO NOTHING""".formatted(table, columns, staging, other, layout.series(), layout.time()));
        }
    }

    private int copy(Connection connection, String table, CopyBuffer buffer) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, layout.columnList()));
        try {
            for (int at = 0; at < buffer.length(); at += CHUNK_BYTES) {
                copy.writeToCopy(buffer.bytes(), at, Math.min(CHUNK_BYTES, buffer.length() - at));
            }
            return (int) copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /**
     * What was removed because it had been kept long enough.
     *
     * @param days that were dropped as a whole
     * @param rows that were deleted besides
     */
    public record Removed(int days, long rows) {}

    /**
     * Removes what arrived before {@code time}: rows of other days by the moment; whole days when their last moment lies before it,
     * so that nothing goes early, and nothing more than a day late.
     */
    public Removed removeArrivedBefore(Instant time) {
        return new Removed(dropDaysBefore(Days.day(time)), deleteOfOtherDays(time));
    }

    private int dropDaysBefore(LocalDate firstKept) {
        int dropped = 0;
        for (LocalDate day : listDays()) {
            if (day.isBefore(firstKept)) {
                String partition = layout.partition(day);
                database.transact("dropping " + partition, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        // Rather fail, and be called again, than hold up everyone behind a long query.
                        statement.execute("SET LOCAL lock_timeout = '3s'");
                        statement.execute("DROP TABLE IF EXISTS " + partition);
                        return partition;
                    }
                });
                known.remove(day);
                dropped++;
            }
        }
        return dropped;
    }

    /** Some at a time, so that no transaction is long. */
    private long deleteOfOtherDays(Instant before) {
        String statement = "DELETE FROM %1$s WHERE ctid IN (SELECT ctid FROM %1$s WHERE %2$s < ? LIMIT %3$d)"
                .formatted(layout.ofOtherDays(), layout.arrival(), ROWS_PER_DELETE);
        long deleted = 0;
        int some;
        do {
            some = database.transact("deleting from " + layout.ofOtherDays(), connection -> {
                try (PreparedStatement delete = connection.prepareStatement(statement)) {
                    delete.setObject(1, Times.parameter(before));
                    return delete.executeUpdate();
                }
            });
            deleted += some;
        } while (some == ROWS_PER_DELETE);
        return deleted;
    }

    /** The days that have a partition, the oldest first. */
    public List<LocalDate> listDays() {
        return database.read("listing partitions of " + layout.byDay(), connection -> {
            SortedSet<LocalDate> days = new TreeSet<>();
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                            + " WHERE i.inhparent = ?::regclass")) {
                query.setString(1, layout.byDay());
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        String partition = rows.getString(1);
                        Days.findBySuffix(partition.substring(
                                        Math.min(layout.name().length(), partition.length())))
                                .ifPresent(days::add);
                    }
                }
            }
            return List.copyOf(days);
        });
    }

    /** Attached rather than made in place: that way readers and writers of the other partitions go on meanwhile. */
    private void create(LocalDate day) {
        String table = layout.partition(day);
        database.transact("making the partition " + table, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(hashtext('polias.partition'))");
                try (ResultSet row = statement.executeQuery("SELECT to_regclass('%s') IS NOT NULL".formatted(table))) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return table;
                    }
                }
                statement.execute("CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
                        .formatted(table, layout.byDay()));
                statement.execute("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)"
                        .formatted(layout.byDay(), table, Days.bound(day), Days.bound(day.plusDays(1))));
                return table;
            }
        });
    }
}
