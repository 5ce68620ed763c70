// SPDX-License-Identifier: Apache-2.0
package org.polias.store.quarantine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.id.DeviceId;
import org.polias.model.id.TenantId;
import org.polias.store.log.LogProgressStore;
import org.polias.store.log.LogSlice;
import org.polias.store.log.Stored;
import org.polias.store.sql.Database;
import org.polias.store.sql.Text;
import org.polias.store.sql.Times;

/**
 * Payloads that were refused, each tenant's up to a {@linkplain QuarantineLimits limit}, so that a device that sends nothing but
 * rubbish fills no disk and displaces no other tenant's. Thread-safe.
 */
public final class QuarantineStore {

    /** Where the limit is passed, it is cleared to this share of it, so that not every batch has to clear. */
    private static final double CLEARED_SHARE = 0.9;

    /** So much of each payload stands in a list: a thousand whole ones would be a gigabyte. */
    private static final int LISTED_BYTES = 4096;

    private static final String COLUMNS =
            "id, tenant, device, received_at, way, address, reason, detail, truncated, replayed_at,"
                    + " octet_length(payload) AS payload_bytes";

    private final Database database;
    private final QuarantineLimits limits;

    public QuarantineStore(Database database, QuarantineLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    /**
     * Stores slices of the quarantine's log, and how far it has been read, in one transaction. Slices that were stored before
     * are skipped, and payloads that are there already count as duplicates; so the same slices may be offered again after any
     * failure.
     *
     * @throws org.polias.store.StoreException if nothing of it was stored
     */
    public Stored append(List<LogSlice<Quarantined>> slices) {
        return database.transact("storing quarantined payloads", connection -> {
            List<LogSlice<Quarantined>> fresh = LogProgressStore.advance(connection, slices);
            Map<TenantId, Growth> growth = new TreeMap<>();
            long offered = 0;
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO quarantine (tenant, id, device, received_at, way, address, reason, detail, payload,"
                            + " truncated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                for (LogSlice<Quarantined> slice : fresh) {
                    for (Quarantined payload : slice.records()) {
                        offered++;
                        set(insert, payload);
                        if (insert.executeUpdate() == 1) {
                            growth.computeIfAbsent(payload.tenant(), t -> new Growth())
                                    .add(payload.payload().length);
                        }
                    }
                }
            }
            long stored = 0;
            for (Map.Entry<TenantId, Growth> entry : growth.entrySet()) {
                grow(connection, entry.getKey(), entry.getValue());
                stored += entry.getValue().payloads;
            }
            return new Stored(stored, offered - stored, slices.size() - fresh.size());
        });
    }

    /**
     * The tenant's payloads, the newest first, with the first 4 KiB of each.
     *
     * @param reason only those refused for this reason
     */
    public List<QuarantineEntry> list(TenantId tenant, Optional<Reason> reason, int limit) {
        return list(
                tenant,
                reason,
                limit,
                COLUMNS + ", substring(payload FROM 1 FOR %d) AS payload".formatted(LISTED_BYTES),
                "",
                QuarantineStore::read);
    }

    /** The ids of the tenant's payloads that were not offered again yet, the newest first. */
    public List<String> listIdsNotReplayed(TenantId tenant, Optional<Reason> reason, int limit) {
        return list(tenant, reason, limit, "id", " AND replayed_at IS NULL", row -> row.getString("id"));
    }

    /** The tenant's payload with this id. */
    public Optional<QuarantineEntry> find(TenantId tenant, String id) {
        return database.read("reading quarantined payload " + id, connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT %s, payload FROM quarantine WHERE tenant = ? AND id = ?".formatted(COLUMNS))) {
                query.setString(1, tenant.value());
                query.setString(2, Text.clean(id));
                return readAll(query, QuarantineStore::read).stream().findFirst();
            }
        });
    }

    /**
     * Records that a payload was offered again.
     *
     * @return false if the tenant has no such payload
     */
    public boolean markReplayed(TenantId tenant, String id, Instant at) {
        return database.transact("marking quarantined payload " + id, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE quarantine SET replayed_at = ? WHERE tenant = ? AND id = ?")) {
                update.setObject(1, Times.parameter(at));
                update.setString(2, tenant.value());
                update.setString(3, Text.clean(id));
                return update.executeUpdate() == 1;
            }
        });
    }

    /** What the tenant's quarantine holds. */
    public QuarantineUsage usage(TenantId tenant) {
        return database.read("reading the size of the quarantine", connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT payloads, bytes, replaced FROM quarantine_usage WHERE tenant = ?")) {
                query.setString(1, tenant.value());
                try (ResultSet row = query.executeQuery()) {
                    return row.next()
                            ? new QuarantineUsage(row.getLong(1), row.getLong(2), row.getLong(3))
                            : new QuarantineUsage(0, 0, 0);
                }
            }
        });
    }

    /**
     * Deletes the tenant's payloads that were received before {@code time}.
     *
     * @return how many
     */
    public int deleteBefore(TenantId tenant, Instant time) {
        return database.transact("deleting old quarantined payloads", connection -> {
            lockUsage(connection, tenant);
            try (PreparedStatement delete = connection.prepareStatement(
                    "WITH old AS (DELETE FROM quarantine WHERE tenant = ? AND received_at < ?"
                            + " RETURNING octet_length(payload) AS bytes)"
                            + " SELECT count(*), coalesce(sum(bytes), 0) FROM old")) {
                delete.setString(1, tenant.value());
                delete.setObject(2, Times.parameter(time));
                try (ResultSet row = delete.executeQuery()) {
                    row.next();
                    changeUsage(connection, tenant, -row.getLong(1), -row.getLong(2), 0);
                    return row.getInt(1);
                }
            }
        });
    }

    private static final class Growth {
        private long payloads;
        private long bytes;

        void add(int size) {
            payloads++;
            bytes += size;
        }
    }

    private static void set(PreparedStatement insert, Quarantined payload) throws SQLException {
        insert.setString(1, payload.tenant().value());
        insert.setString(2, Text.clean(payload.id()));
        insert.setString(3, payload.device().value());
        insert.setObject(4, Times.parameter(payload.receivedAt()));
        insert.setString(5, Text.clean(payload.way()));
        insert.setString(6, Text.clean(payload.address()));
        insert.setString(7, payload.reason().code());
        insert.setString(8, Text.clean(payload.detail()));
        insert.setBytes(9, payload.payload());
        insert.setBoolean(10, payload.truncated());
    }

    private void grow(Connection connection, TenantId tenant, Growth growth) throws SQLException {
        lockUsage(connection, tenant);
        QuarantineUsage usage = changeUsage(connection, tenant, growth.payloads, growth.bytes, 0);
        if (usage.payloads() <= limits.payloads() && usage.bytes() <= limits.bytes()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("WITH sized AS (SELECT position,"
                + " octet_length(payload) AS bytes, row_number() OVER newest AS number,"
                + " sum(octet_length(payload)) OVER newest AS total FROM quarantine WHERE tenant = ?"
                + " WINDOW newest AS (ORDER BY position DESC)),"
                + " old AS (DELETE FROM quarantine q USING sized s WHERE q.position = s.position"
                + " AND s.number > 1 AND (s.number > ? OR s.total > ?) RETURNING s.bytes)"
                + " SELECT count(*), coalesce(sum(bytes), 0) FROM old")) {
            delete.setString(1, tenant.value());
            delete.setLong(2, Math.max(1, (long) (limits.payloads() * CLEARED_SHARE)));
            delete.setLong(3, (long) (limits.bytes() * CLEARED_SHARE));
            try (ResultSet row = delete.executeQuery()) {
                row.next();
                changeUsage(connection, tenant, -row.getLong(1), -row.getLong(2), row.getLong(1));
            }
        }
    }

    private static void lockUsage(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO quarantine_usage AS u VALUES (?, 0, 0, 0)"
                        + " ON CONFLICT (tenant) DO UPDATE SET payloads = u.payloads")) {
            insert.setString(1, tenant.value());
            insert.executeUpdate();
        }
    }

    private static QuarantineUsage changeUsage(
            Connection connection, TenantId tenant, long payloads, long bytes, long replaced) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE quarantine_usage SET"
                + " payloads = payloads + ?, bytes = bytes + ?, replaced = replaced + ? WHERE tenant = ?"
                + " RETURNING payloads, bytes, replaced")) {
            update.setLong(1, payloads);
            update.setLong(2, bytes);
            update.setLong(3, replaced);
            update.setString(4, tenant.value());
            try (ResultSet row = update.executeQuery()) {
                row.next();
                return new QuarantineUsage(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    private interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    private <R> List<R> list(
            TenantId tenant, Optional<Reason> reason, int limit, String columns, String condition, Row<R> reader) {
        return database.read("listing quarantined payloads", connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT " + columns + " FROM quarantine WHERE tenant = ?"
                            + (reason.isPresent() ? " AND reason = ?" : "") + condition
                            + " ORDER BY position DESC LIMIT ?")) {
                int parameter = 1;
                query.setString(parameter++, tenant.value());
                if (reason.isPresent()) {
                    query.setString(parameter++, reason.get().code());
                }
                query.setInt(parameter, limit);
                return readAll(query, reader);
            }
        });
    }

    private static <R> List<R> readAll(PreparedStatement query, Row<R> reader) throws SQLException {
        List<R> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(reader.read(row));
            }
        }
        return found;
    }

    private static QuarantineEntry read(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime replayedAt = row.getObject("replayed_at", OffsetDateTime.class);
        return new QuarantineEntry(
                new Quarantined(
                        row.getString("id"),
                        new TenantId(row.getString("tenant")),
                        new DeviceId(row.getString("device")),
                        Times.read(row, "received_at"),
                        row.getString("way"),
                        row.getString("address"),
                        Reason.find(row.getString("reason")).orElseThrow(),
                        row.getString("detail"),
                        row.getBytes("payload"),
                        row.getBoolean("truncated")),
                row.getInt("payload_bytes"),
                Optional.ofNullable(replayedAt).map(OffsetDateTime::toInstant));
    }
}
