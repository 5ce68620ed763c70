// SPDX-License-Identifier: Apache-2.0
package org.polias.store.history;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.polias.model.event.SiteEvent.Observed;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.TenantId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.Position;
import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;
import org.polias.store.log.LogProgressStore;
import org.polias.store.log.LogSlice;
import org.polias.store.log.Stored;
import org.polias.store.sql.CopyBuffer;
import org.polias.store.sql.Database;
import org.polias.store.sql.Dictionary;
import org.polias.store.sql.Dictionary.Name;
import org.polias.store.sql.PartitionedTable;
import org.polias.store.sql.PartitionedTable.Layout;
import org.polias.store.sql.Times;

/**
 * Observations as they were received. An observation is there once, however often it is offered: datastream, phenomenon time and
 * id make it what it is. Thread-safe.
 */
public final class History {

    private static final List<String> COLUMNS = List.of(
            "id",
            "phenomenon_time",
            "received_at",
            "datastream",
            "device",
            "kind",
            "quality",
            "value",
            "longitude",
            "latitude",
            "result");

    private static final Layout LAYOUT =
            new Layout("observation", "datastream", "phenomenon_time", "received_at", COLUMNS);

    private static final Logger LOG = System.getLogger(History.class.getName());

    private final Database database;
    private final PartitionedTable table;
    private final Dictionary datastreams;
    private final Dictionary devices;

    public History(Database database) {
        this.database = database;
        this.table = new PartitionedTable(database, LAYOUT);
        this.datastreams = new Dictionary(database, "datastream_name");
        this.devices = new Dictionary(database, "device_name");
    }

    /**
     * Stores slices of the log, and how far the log has been read, in one transaction. Slices that were stored before are
     * skipped, and observations that are there already count as duplicates; so the same slices may be offered again after any
     * failure. An observation that the database refuses for what it holds is left out and reported, so that it stops no other.
     *
     * @throws StoreException if nothing of it was stored
     */
    public Stored append(List<LogSlice<Observed>> slices) {
        prepare(slices);
        try {
            return database.transact("storing observations", connection -> append(connection, slices));
        } catch (StoreException e) {
            return switch (e.category()) {
                case DATA_REFUSED ->
                    database.transact(
                            "storing observations one by one", connection -> appendOneByOne(connection, slices));
                case TRY_AGAIN, NEEDS_ATTENTION -> throw e;
            };
        }
    }

    private Stored append(Connection connection, List<LogSlice<Observed>> slices) throws SQLException {
        List<LogSlice<Observed>> fresh = LogProgressStore.advance(connection, slices);
        PartitionedTable.Rows rows = table.rows();
        long offered = 0;
        for (LogSlice<Observed> slice : fresh) {
            for (Observed observed : slice.records()) {
                write(rows, observed);
                offered++;
            }
        }
        int stored = table.write(connection, rows);
        return new Stored(stored, offered - stored, slices.size() - fresh.size());
    }

    private Stored appendOneByOne(Connection connection, List<LogSlice<Observed>> slices) throws SQLException {
        List<LogSlice<Observed>> fresh = LogProgressStore.advance(connection, slices);
        long offered = 0;
        long stored = 0;
        long refused = 0;
        for (LogSlice<Observed> slice : fresh) {
            for (Observed observed : slice.records()) {
                offered++;
                Savepoint savepoint = connection.setSavepoint();
                try {
                    PartitionedTable.Rows row = table.rows();
                    write(row, observed);
                    stored += table.write(connection, row);
                    connection.releaseSavepoint(savepoint);
                } catch (SQLException e) {
                    StoreException failure = StoreException.of("storing one observation", e);
                    if (failure.category() != Category.DATA_REFUSED) {
                        throw e;
                    }
                    connection.rollback(savepoint);
                    refused++;
                    LOG.log(
                            Level.ERROR,
                            "The observation {0} of {1}/{2} at {3} is not in the history: {4}",
                            observed.observation().id(),
                            observed.site().tenant(),
                            observed.observation().datastream(),
                            observed.observation().phenomenonTime(),
                            failure.getMessage());
                }
            }
        }
        return new Stored(stored, offered - stored - refused, slices.size() - fresh.size(), 0, refused);
    }

    /**
     * A datastream's observations of a stretch of time, the newest first.
     *
     * @param from the earliest phenomenon time
     * @param to the phenomenon time before which all lie
     */
    public List<StoredObservation> list(TenantId tenant, DatastreamId datastream, Instant from, Instant to, int limit) {
        return database.read("reading observations of " + datastream, connection -> {
            // The datastream's number as a sub-select, so that the planner sees one series and reads its index
            // backwards, from day to day and no further than to the limit.
            String some = "(SELECT * FROM %s"
                    + " WHERE datastream = (SELECT number FROM datastream_name WHERE tenant = ? AND name = ?)"
                    + " AND phenomenon_time >= ? AND phenomenon_time < ?"
                    + " ORDER BY phenomenon_time DESC, id DESC LIMIT ?)";
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT o.*, ?::text AS datastream_id, v.name AS device_id FROM ("
                            + some.formatted(LAYOUT.byDay()) + " UNION ALL " + some.formatted(LAYOUT.ofOtherDays())
                            + ") o JOIN device_name v ON v.number = o.device"
                            + " ORDER BY o.phenomenon_time DESC, o.id DESC LIMIT ?")) {
                int parameter = 0;
                query.setString(++parameter, datastream.value());
                for (int table = 0; table < 2; table++) {
                    query.setString(++parameter, tenant.value());
                    query.setString(++parameter, datastream.value());
                    query.setObject(++parameter, Times.parameter(from));
                    query.setObject(++parameter, Times.parameter(to));
                    query.setInt(++parameter, limit);
                }
                query.setInt(++parameter, limit);
                return readAll(query);
            }
        });
    }

    /** The newest observation of each of the tenant's datastreams that has any, by datastream. */
    public List<StoredObservation> latest(TenantId tenant) {
        return database.read("reading the latest observations of " + tenant, connection -> {
            String newest = "(SELECT * FROM %s WHERE datastream = d.number ORDER BY phenomenon_time DESC LIMIT 1)";
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT o.*, d.name AS datastream_id, v.name AS device_id FROM datastream_name d"
                            + " CROSS JOIN LATERAL (SELECT * FROM ("
                            + newest.formatted(LAYOUT.byDay()) + " UNION ALL " + newest.formatted(LAYOUT.ofOtherDays())
                            + ") x ORDER BY x.phenomenon_time DESC LIMIT 1) o JOIN device_name v ON v.number = o.device"
                            + " WHERE d.tenant = ? ORDER BY d.name")) {
                query.setString(1, tenant.value());
                return readAll(query);
            }
        });
    }

    /** How many observations the tenant has. It counts them, which takes its time. */
    public long count(TenantId tenant) {
        return database.read("counting observations of " + tenant, connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM observation"
                    + " WHERE datastream IN (SELECT number FROM datastream_name WHERE tenant = ?)")) {
                query.setString(1, tenant.value());
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /**
     * Removes what was received before {@code time}, however old or young it says it is: never early, and never more than a day late,
     * as what is received on the day of which it tells goes with its whole day (UTC).
     */
    public PartitionedTable.Removed removeReceivedBefore(Instant time) {
        return table.removeArrivedBefore(time);
    }

    private void prepare(List<LogSlice<Observed>> slices) {
        Set<Name> datastreamNames = new HashSet<>();
        Set<Name> deviceNames = new HashSet<>();
        PartitionedTable.DaysNeeded days = table.daysNeeded();
        for (LogSlice<Observed> slice : slices) {
            for (Observed observed : slice.records()) {
                TenantId tenant = observed.site().tenant();
                datastreamNames.add(
                        new Name(tenant, observed.observation().datastream().value()));
                deviceNames.add(new Name(tenant, observed.device().value()));
                days.add(observed.observation().phenomenonTime(), observed.receivedAt());
            }
        }
        datastreams.prepare(datastreamNames);
        devices.prepare(deviceNames);
        days.prepare();
    }

    private void write(PartitionedTable.Rows rows, Observed observed) {
        TenantId tenant = observed.site().tenant();
        Observation observation = observed.observation();
        int datastream = datastreams.numberOf(tenant, observation.datastream().value());
        CopyBuffer row = rows.at(datastream, observation.phenomenonTime(), observed.receivedAt())
                .row(COLUMNS.size())
                .bigint(observation.id().value())
                .time(observation.phenomenonTime())
                .time(observed.receivedAt())
                .integer(datastream)
                .integer(devices.numberOf(tenant, observed.device().value()))
                .smallint(ResultColumns.kind(observation.result()))
                .smallint(ResultColumns.write(observation.quality()));
        ResultColumns.writeValue(row, observation.result());
        if (observation.position().isPresent()) {
            Position position = observation.position().get();
            row.real(position.longitude()).real(position.latitude());
        } else {
            row.nothing().nothing();
        }
        ResultColumns.writeResult(row, observation.result());
    }

    private static List<StoredObservation> readAll(PreparedStatement query) throws SQLException {
        List<StoredObservation> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(read(row));
            }
        }
        return found;
    }

    private static StoredObservation read(ResultSet row) throws SQLException {
        double longitude = row.getDouble("longitude");
        Optional<Position> position =
                row.wasNull() ? Optional.empty() : Optional.of(new Position(longitude, row.getDouble("latitude")));
        return new StoredObservation(
                new Observation(
                        new ObservationId(row.getLong("id")),
                        new DatastreamId(row.getString("datastream_id")),
                        Times.read(row, "phenomenon_time"),
                        ResultColumns.read(row),
                        ResultColumns.readQuality(row.getInt("quality")),
                        position),
                Times.read(row, "received_at"),
                new DeviceId(row.getString("device_id")));
    }
}
