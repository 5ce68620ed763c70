// SPDX-License-Identifier: Apache-2.0
package org.polias.store.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.store.log.LogProgress.Mark;
import org.polias.store.sql.Database;

/** How far readers of the log have come. */
public final class LogProgressStore {

    private final Database database;

    public LogProgressStore(Database database) {
        this.database = database;
    }

    /** Where the reading stands, partition by partition; partitions that were never read are not in it. */
    public List<LogProgress> list(String topic) {
        return database.read("reading the progress in " + topic, connection -> {
            List<LogProgress> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT partition, next_offset, mark_offset, mark_index FROM log_progress"
                            + " WHERE topic = ? ORDER BY partition")) {
                query.setString(1, topic);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        long markOffset = row.getLong(3);
                        Optional<Mark> mark =
                                row.wasNull() ? Optional.empty() : Optional.of(new Mark(markOffset, row.getInt(4)));
                        found.add(new LogProgress(topic, row.getInt(1), row.getLong(2), mark));
                    }
                }
            }
            return found;
        });
    }

    /** Forgets a reading, so that it begins anew. For a log that was replaced by another. */
    public void forget(String topic) {
        database.transact("forgetting the progress in " + topic, connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM log_progress WHERE topic = ?")) {
                delete.setString(1, topic);
                return delete.executeUpdate();
            }
        });
    }

    /**
     * Picks the slices that are not stored yet, of each the part that is not, and records that they are, in the caller's transaction.
     * Until it ends, others who would store slices of the same partitions wait. So several processes may read one log into one
     * database: each record is stored by whoever comes first.
     */
    public static <T> List<LogSlice<T>> advance(Connection connection, List<LogSlice<T>> slices) throws SQLException {
        Map<Partition, LogProgress> stands = new TreeMap<>();
        Map<Partition, LogProgress> ends = new TreeMap<>();
        for (LogSlice<T> slice : slices) {
            stands.put(
                    Partition.of(slice.progress()),
                    new LogProgress(slice.progress().topic(), slice.progress().partition(), 0));
        }
        lock(connection, stands);
        List<LogSlice<T>> fresh = new ArrayList<>();
        for (LogSlice<T> slice : slices) {
            Partition partition = Partition.of(slice.progress());
            long stand = stands.get(partition).nextOffset();
            if (slice.progress().nextOffset() > stand) {
                fresh.add(slice.from(stand));
                stands.put(partition, slice.progress());
                ends.put(partition, slice.progress());
            }
        }
        write(connection, ends);
        return fresh;
    }

    /** In the order of topic and partition, so that no two transactions wait for each other. */
    private static void lock(Connection connection, Map<Partition, LogProgress> stands) throws SQLException {
        try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO log_progress (topic, partition, next_offset)"
                                + " VALUES (?, ?, 0) ON CONFLICT DO NOTHING");
                PreparedStatement query = connection.prepareStatement(
                        "SELECT next_offset FROM log_progress WHERE topic = ? AND partition = ? FOR UPDATE")) {
            for (Map.Entry<Partition, LogProgress> entry : stands.entrySet()) {
                Partition partition = entry.getKey();
                Optional<Long> offset = nextOffset(query, partition);
                if (offset.isEmpty()) {
                    insert.setString(1, partition.topic());
                    insert.setInt(2, partition.number());
                    insert.executeUpdate();
                    offset = nextOffset(query, partition);
                }
                entry.setValue(new LogProgress(partition.topic(), partition.number(), offset.orElseThrow()));
            }
        }
    }

    private static Optional<Long> nextOffset(PreparedStatement query, Partition partition) throws SQLException {
        query.setString(1, partition.topic());
        query.setInt(2, partition.number());
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    private static void write(Connection connection, Map<Partition, LogProgress> ends) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE log_progress SET next_offset = ?,"
                + " mark_offset = coalesce(?, mark_offset), mark_index = coalesce(?, mark_index)"
                + " WHERE topic = ? AND partition = ?")) {
            for (LogProgress end : ends.values()) {
                update.setLong(1, end.nextOffset());
                if (end.mark().isPresent()) {
                    update.setLong(2, end.mark().get().offset());
                    update.setInt(3, end.mark().get().index());
                } else {
                    update.setNull(2, Types.BIGINT);
                    update.setNull(3, Types.INTEGER);
                }
                update.setString(4, end.topic());
                update.setInt(5, end.partition());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private record Partition(String topic, int number) implements Comparable<Partition> {

        static Partition of(LogProgress progress) {
            return new Partition(progress.topic(), progress.partition());
        }

        @Override
        public int compareTo(Partition other) {
            int byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : Integer.compare(number, other.number);
        }
    }
}
