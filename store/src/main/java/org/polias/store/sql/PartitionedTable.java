// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;
import org.polias.store.sql.PartitionScheme.Partition;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A table that is partitioned by time and filled by COPY. Partitions are made when they are first needed, rows are copied
 * straight into them, and what has been kept long enough goes by dropping them.
 */
public final class PartitionedTable {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final int CHUNK_BYTES = 1 << 16;

    private final Database database;
    private final String name;
    private final String columns;
    private final PartitionScheme scheme;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * @param name the table, which a migration has made
     * @param columns the columns in the order in which rows are written
     */
    public PartitionedTable(Database database, String name, List<String> columns) {
        this.database = database;
        this.name = name;
        this.columns = String.join(", ", columns);
        this.scheme = database.read("reading the layout of partitions", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT daily_from FROM partition_layout")) {
                row.next();
                return new PartitionScheme(row.getObject(1, LocalDate.class));
            }
        });
    }

    /** Rows on their way into the table, each in the buffer of its partition. */
    public final class Rows {

        private final SortedMap<Partition, CopyBuffer> buffers = new TreeMap<>();

        private Rows() {}

        /** The buffer for a row of that time. */
        public CopyBuffer at(Instant time) {
            return buffers.computeIfAbsent(scheme.of(time), partition -> new CopyBuffer());
        }
    }

    /** An empty batch. */
    public Rows rows() {
        return new Rows();
    }

    /** Makes the partitions for these times where they are missing. Not inside a transaction that writes to the table. */
    public void prepare(Collection<Instant> times) {
        SortedMap<Partition, Boolean> missing = new TreeMap<>();
        for (Instant time : times) {
            Partition partition = scheme.of(time);
            if (!known.contains(partition.suffix())) {
                missing.put(partition, true);
            }
        }
        for (Partition partition : missing.keySet()) {
            create(partition);
            known.add(partition.suffix());
        }
    }

    /**
     * Writes {@code rows}, without those that are there already.
     *
     * @return how many were written
     */
    public int write(Connection connection, Rows rows) throws SQLException {
        int written = 0;
        for (Map.Entry<Partition, CopyBuffer> entry : rows.buffers.entrySet()) {
            written += write(connection, entry.getKey(), entry.getValue());
        }
        return written;
    }

    private int write(Connection connection, Partition partition, CopyBuffer buffer) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            int written = copy(connection, name + partition.suffix(), buffer);
            connection.releaseSavepoint(savepoint);
            return written;
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                connection.rollback(savepoint);
                return writeWithoutDuplicates(connection, buffer);
            }
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                // Another process has dropped it as too old between our preparing and our writing.
                known.remove(partition.suffix());
                throw new StoreException(
                        Category.TRY_AGAIN, "The partition %s%s was dropped.".formatted(name, partition.suffix()), e);
            }
            throw e;
        }
    }

    /** COPY knows no "on conflict": through a temporary table, then. Slower, and only for batches that hold duplicates. */
    private int writeWithoutDuplicates(Connection connection, CopyBuffer buffer) throws SQLException {
        String staging = "staging_" + name;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL client_min_messages = warning");
            statement.execute(
                    "CREATE TEMP TABLE IF NOT EXISTS %s (LIKE %s) ON COMMIT DELETE ROWS".formatted(staging, name));
            statement.execute("DELETE FROM pg_temp.%s".formatted(staging));
            copy(connection, "pg_temp." + staging, buffer);
            return statement.executeUpdate("INSERT INTO %s (%s) SELECT %s FROM pg_temp.%s ON CONFLICT DO NOTHING"
                    .formatted(name, columns, columns, staging));
        }
    }

    private int copy(Connection connection, String table, CopyBuffer buffer) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, columns));
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
     * Drops every partition that lies wholly before {@code time}.
     *
     * @return how many were dropped
     */
    public int dropBefore(Instant time) {
        LocalDate day = LocalDate.ofInstant(Times.keepable(time), ZoneOffset.UTC);
        List<String> old = new ArrayList<>();
        for (String partition : listPartitions()) {
            lastDayAfter(partition).filter(to -> !to.isAfter(day)).ifPresent(to -> old.add(partition));
        }
        for (String partition : old) {
            database.transact("dropping " + partition, connection -> {
                try (Statement statement = connection.createStatement()) {
                    // Rather fail, and be called again, than hold up everyone behind a long query.
                    statement.execute("SET LOCAL lock_timeout = '3s'");
                    statement.execute("DROP TABLE IF EXISTS " + partition);
                    return partition;
                }
            });
            known.remove(partition.substring(name.length()));
        }
        return old.size();
    }

    /** The names of all partitions, the oldest first as far as names tell. */
    public List<String> listPartitions() {
        return database.read("listing partitions of " + name, connection -> {
            List<String> partitions = new ArrayList<>();
            try (var statement = connection.prepareStatement(
                    "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                            + " WHERE i.inhparent = ?::regclass ORDER BY c.relname")) {
                statement.setString(1, name);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        partitions.add(rows.getString(1));
                    }
                }
            }
            return partitions;
        });
    }

    /** The day after the last that belongs to the partition of that name; empty for names that are not of this scheme. */
    private Optional<LocalDate> lastDayAfter(String partition) {
        String suffix = partition.substring(Math.min(name.length(), partition.length()));
        if (suffix.equals("_before_1970")) {
            return Optional.of(scheme.of(Instant.EPOCH.minusSeconds(1)).to());
        }
        if (!suffix.matches("_[0-9]{6}([0-9]{2})?")) {
            return Optional.empty();
        }
        int year = Integer.parseInt(suffix.substring(1, 5));
        int month = Integer.parseInt(suffix.substring(5, 7));
        return Optional.of(
                suffix.length() == 7
                        ? LocalDate.of(year, month, 1).plusMonths(1)
                        : LocalDate.of(year, month, Integer.parseInt(suffix.substring(7)))
                                .plusDays(1));
    }

    /** Attached rather than made in place: that way readers and writers of the other partitions go on meanwhile. */
    private void create(Partition partition) {
        String table = name + partition.suffix();
        database.transact("making the partition " + table, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(hashtext('polias.partition'))");
                try (ResultSet row = statement.executeQuery("SELECT to_regclass('%s') IS NOT NULL".formatted(table))) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return table;
                    }
                }
                statement.execute(
                        "CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)".formatted(table, name));
                statement.execute("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)"
                        .formatted(name, table, partition.boundFrom(), partition.boundTo()));
                return table;
            }
        });
    }
}
