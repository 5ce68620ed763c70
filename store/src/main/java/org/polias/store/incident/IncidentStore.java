// SPDX-License-Identifier: Apache-2.0
package org.polias.store.incident;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.polias.model.admission.Reason;
import org.polias.model.detection.Detection;
import org.polias.model.event.Health;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.store.json.ModelJson;
import org.polias.store.log.LogProgressStore;
import org.polias.store.log.LogSlice;
import org.polias.store.log.Stored;
import org.polias.store.sql.Database;
import org.polias.store.sql.Dictionary;
import org.polias.store.sql.Dictionary.Name;
import org.polias.store.sql.PartitionedTable;
import org.polias.store.sql.PartitionedTable.Layout;
import org.polias.store.sql.Text;
import org.polias.store.sql.Times;

/**
 * What the folds of the sites gave out: incidents as they stand, with every event that made them so; detections; the health of
 * datastreams; running exercises; counts of what was discarded. Thread-safe.
 */
public final class IncidentStore {

    private static final Logger LOG = System.getLogger(IncidentStore.class.getName());
    private static final String ORDER = " ORDER BY level DESC, score DESC, changed_at DESC, id";
    private static final int NOT_ASSESSED = -1;
    private static final List<String> DETECTION_COLUMNS = List.of("time", "site", "id", "body", "known_at");

    /** So many of an incident's last events are in its timeline whatever they are. */
    static final int LAST_EVENTS = 500;

    private final Database database;
    private final PartitionedTable detections;
    private final Dictionary sites;

    public IncidentStore(Database database) {
        this.database = database;
        this.detections =
                new PartitionedTable(database, new Layout("detection", "site", "time", "known_at", DETECTION_COLUMNS));
        this.sites = new Dictionary(database, "site_name");
    }

    /**
     * Stores slices of the outcomes' log, and how far it has been read, in one transaction. Slices that were stored before are
     * skipped, and events that an incident has already count as duplicates; so the same slices may be offered again after any
     * failure.
     *
     * @throws org.polias.store.StoreException if nothing of it was stored
     */
    public Stored apply(List<LogSlice<SiteOutcome>> slices) {
        prepare(slices);
        return database.transact("storing outcomes", connection -> {
            List<LogSlice<SiteOutcome>> fresh = LogProgressStore.advance(connection, slices);
            Batch batch = new Batch();
            for (LogSlice<SiteOutcome> slice : fresh) {
                slice.records().forEach(batch::add);
            }
            int detected = detections.write(connection, batch.detections);
            writeHealth(connection, batch.health);
            writeDiscards(connection, batch.discards);
            writeExercises(connection, batch.exercises);
            IncidentBatch.Applied applied = IncidentBatch.apply(connection, batch.events);
            for (String problem : applied.problems()) {
                LOG.log(Level.WARNING, problem);
            }
            long others = batch.health.size() + batch.exercises.size();
            return new Stored(
                    detected + applied.stored() + others,
                    batch.detected - detected + batch.eventCount - applied.stored(),
                    slices.size() - fresh.size(),
                    applied.problems().size(),
                    0);
        });
    }

    /** The tenant's incidents, the most critical first. */
    public List<Incident> list(TenantId tenant, IncidentScope scope, int limit) {
        String condition =
                switch (scope) {
                    case LIVE -> " AND live";
                    case CLOSED -> " AND NOT live";
                    case ALL -> "";
                };
        return database.read("listing incidents of " + tenant, connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT body FROM incident WHERE tenant = ?" + condition + ORDER + " LIMIT ?")) {
                query.setString(1, tenant.value());
                query.setInt(2, limit);
                return readIncidents(query);
            }
        });
    }

    /** Every live incident of the tenant, the most critical first. */
    public List<Incident> listLive(TenantId tenant) {
        return list(tenant, IncidentScope.LIVE, Integer.MAX_VALUE);
    }

    /** The tenant's incidents that were closed and changed after {@code time}, the latest first. */
    public List<Incident> listClosedSince(TenantId tenant, Instant time, int limit) {
        return database.read("listing closed incidents of " + tenant, connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT body FROM incident WHERE tenant = ?"
                    + " AND NOT live AND changed_at > ? ORDER BY changed_at DESC, id LIMIT ?")) {
                query.setString(1, tenant.value());
                query.setObject(2, Times.parameter(time));
                query.setInt(3, limit);
                return readIncidents(query);
            }
        });
    }

    /** The tenant's incident with this id. */
    public Optional<Incident> find(TenantId tenant, IncidentId id) {
        return database.read("reading incident " + id, connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT body FROM incident WHERE tenant = ? AND id = ?")) {
                query.setString(1, tenant.value());
                query.setString(2, id.value());
                return readIncidents(query).stream().findFirst();
            }
        });
    }

    /**
     * What happened to an incident, in order; empty if the tenant has no such incident. An incident of a storm of alerts is
     * reassessed ten thousands of times: of reassessments only those among the last {@value #LAST_EVENTS} events are in it, of all
     * else everything.
     */
    public List<IncidentEvent> timeline(TenantId tenant, IncidentId id) {
        return database.read("reading the timeline of incident " + id, connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT body FROM incident_event WHERE tenant = ? AND incident = ? AND (kind <> 'Reassessed' OR sequence >"
                            + " (SELECT max(sequence) FROM incident_event WHERE tenant = ? AND incident = ?) - ?)"
                            + " ORDER BY sequence")) {
                query.setString(1, tenant.value());
                query.setString(2, id.value());
                query.setString(3, tenant.value());
                query.setString(4, id.value());
                query.setInt(5, LAST_EVENTS);
                List<IncidentEvent> events = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        events.add(ModelJson.readIncidentEvent(row.getString(1)));
                    }
                }
                return events;
            }
        });
    }

    /** A site's detections whose time lies in a stretch, the newest first. */
    public List<Detection> listDetections(SiteKey site, Instant from, Instant to, int limit) {
        return database.read("listing detections of " + site, connection -> {
            // Few are asked for and their time is bounded: the view serves.
            try (PreparedStatement query = connection.prepareStatement("SELECT body FROM detection"
                    + " WHERE site = (SELECT number FROM site_name WHERE tenant = ? AND name = ?)"
                    + " AND time >= ? AND time < ? ORDER BY time DESC, id DESC LIMIT ?")) {
                query.setString(1, site.tenant().value());
                query.setString(2, site.site().value());
                query.setObject(3, Times.parameter(from));
                query.setObject(4, Times.parameter(to));
                query.setInt(5, limit);
                List<Detection> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(ModelJson.readDetection(row.getString(1)));
                    }
                }
                return found;
            }
        });
    }

    /** The health of the tenant's datastreams, by datastream; those whose health never changed are not in it. */
    public List<SensorHealth> listHealth(TenantId tenant) {
        return database.read("listing the health of datastreams of " + tenant, connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM sensor_health WHERE tenant = ? ORDER BY datastream")) {
                query.setString(1, tenant.value());
                List<SensorHealth> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(new SensorHealth(
                                new SiteKey(tenant, new SiteId(row.getString("site"))),
                                new DatastreamId(row.getString("datastream")),
                                Health.valueOf(row.getString("health")),
                                Times.read(row, "since"),
                                row.getString("detail")));
                    }
                }
                return found;
            }
        });
    }

    /** The exercises that the tenant's sites are in. */
    public List<RunningExercise> listExercises(TenantId tenant) {
        return database.read("listing exercises of " + tenant, connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM site_exercise WHERE tenant = ? ORDER BY site")) {
                query.setString(1, tenant.value());
                List<RunningExercise> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(new RunningExercise(
                                new SiteKey(tenant, new SiteId(row.getString("site"))),
                                row.getString("exercise"),
                                Times.read(row, "since")));
                    }
                }
                return found;
            }
        });
    }

    /** How many observations of the tenant the folds discarded, by datastream and reason. */
    public List<DiscardCount> listDiscards(TenantId tenant) {
        return database.read("listing discards of " + tenant, connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT * FROM discarded WHERE tenant = ? ORDER BY datastream, reason")) {
                query.setString(1, tenant.value());
                List<DiscardCount> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(new DiscardCount(
                                new DatastreamId(row.getString("datastream")),
                                Reason.find(row.getString("reason")).orElseThrow(),
                                row.getLong("count"),
                                Times.read(row, "last_at")));
                    }
                }
                return found;
            }
        });
    }

    /**
     * Deletes incidents, with their events, that were closed and did not change since {@code time}. Incidents change when the record
     * arrives that changes them ({@link IncidentEvent#at}), so one about a time long ago is as young as its last evidence is here.
     *
     * @return how many incidents were deleted
     */
    public int deleteClosedBefore(TenantId tenant, Instant time) {
        return database.transact("deleting closed incidents of " + tenant, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("WITH old AS (DELETE FROM incident WHERE tenant = ? AND NOT live"
                            + " AND changed_at < ? RETURNING tenant, id), events AS (DELETE FROM incident_event e"
                            + " USING old WHERE e.tenant = old.tenant AND e.incident = old.id)"
                            + " SELECT count(*) FROM old")) {
                delete.setString(1, tenant.value());
                delete.setObject(2, Times.parameter(time));
                try (ResultSet row = delete.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    /**
     * Removes detections that became known before {@code time}, of whatever time they are: never early, and never more than a day
     * late.
     */
    public PartitionedTable.Removed removeDetectionsKnownBefore(Instant time) {
        return detections.removeArrivedBefore(time);
    }

    private void prepare(List<LogSlice<SiteOutcome>> slices) {
        Set<Name> names = new HashSet<>();
        PartitionedTable.DaysNeeded days = detections.daysNeeded();
        for (LogSlice<SiteOutcome> slice : slices) {
            for (SiteOutcome outcome : slice.records()) {
                if (outcome instanceof SiteOutcome.Detected detected) {
                    names.add(nameOf(detected.site()));
                    days.add(detected.detection().time(), detected.detection().knownAt());
                }
            }
        }
        sites.prepare(names);
        days.prepare();
    }

    private static Name nameOf(SiteKey site) {
        return new Name(site.tenant(), site.site().value());
    }

    /** A batch sorted by what becomes of it. Of what is only kept as it stands, the last word counts. */
    private final class Batch {

        private final PartitionedTable.Rows detections = IncidentStore.this.detections.rows();
        private final Map<IncidentKey, List<IncidentEvent>> events = new TreeMap<>();
        private final Map<String, SiteOutcome.HealthChanged> health = new TreeMap<>();
        private final Map<String, Discards> discards = new TreeMap<>();
        private final Map<SiteKey, SiteOutcome.ExerciseChanged> exercises = new TreeMap<>();
        private int detected;
        private int eventCount;

        void add(SiteOutcome outcome) {
            switch (outcome) {
                case SiteOutcome.Detected o -> {
                    Detection detection = o.detection();
                    int site = sites.numberOf(o.site().tenant(), o.site().site().value());
                    detections
                            .at(site, detection.time(), detection.knownAt())
                            .row(DETECTION_COLUMNS.size())
                            .time(detection.time())
                            .integer(site)
                            .text(detection.id().value())
                            .jsonb(ModelJson.write(detection))
                            .time(detection.knownAt());
                    detected++;
                }
                case SiteOutcome.IncidentChanged o -> {
                    IncidentKey key =
                            new IncidentKey(o.site().tenant(), o.event().incident());
                    events.computeIfAbsent(key, k -> new ArrayList<>()).add(o.event());
                    eventCount++;
                }
                case SiteOutcome.HealthChanged o -> health.put(o.site().tenant() + "/" + o.datastream(), o);
                case SiteOutcome.Discarded o ->
                    discards.computeIfAbsent(
                                    o.site().tenant() + "/" + o.datastream() + "/"
                                            + o.reason().code(),
                                    k -> new Discards(o))
                            .add(o.at());
                case SiteOutcome.CommandAnswered ignored -> {
                    // Of interest to the one who gave the command, who has long been answered.
                }
                case SiteOutcome.TrustChanged ignored -> {
                    // It stands in the ledgers that it changes.
                }
                case SiteOutcome.Gathered ignored -> {
                    // Told to those alone who ask for it: the ledgers name the latest.
                }
                case SiteOutcome.ExerciseChanged o -> exercises.put(o.site(), o);
                // It stays in the log and in the fold's state; no table has it yet.
                case SiteOutcome.CalibrationChanged ignored -> {}
            }
        }
    }

    private static final class Discards {

        private final SiteOutcome.Discarded first;
        private Instant lastAt;
        private long count;

        Discards(SiteOutcome.Discarded first) {
            this.first = first;
            this.lastAt = first.at();
        }

        void add(Instant at) {
            count++;
            lastAt = at.isAfter(lastAt) ? at : lastAt;
        }
    }

    private static void writeHealth(Connection connection, Map<String, SiteOutcome.HealthChanged> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO sensor_health (tenant, datastream, site, health, since, detail) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (tenant, datastream) DO UPDATE SET site = excluded.site,"
                        + " health = excluded.health, since = excluded.since, detail = excluded.detail")) {
            for (SiteOutcome.HealthChanged change : changes.values()) {
                upsert.setString(1, change.site().tenant().value());
                upsert.setString(2, change.datastream().value());
                upsert.setString(3, change.site().site().value());
                upsert.setString(4, change.health().name());
                upsert.setObject(5, Times.parameter(change.since()));
                upsert.setString(6, Text.clean(change.detail()));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void writeDiscards(Connection connection, Map<String, Discards> discards) throws SQLException {
        if (discards.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO discarded AS d (tenant, datastream, reason, count, last_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (tenant, datastream, reason) DO UPDATE SET count = d.count + excluded.count,"
                        + " last_at = greatest(d.last_at, excluded.last_at)")) {
            for (Discards some : discards.values()) {
                upsert.setString(1, some.first.site().tenant().value());
                upsert.setString(2, some.first.datastream().value());
                upsert.setString(3, some.first.reason().code());
                upsert.setLong(4, some.count);
                upsert.setObject(5, Times.parameter(some.lastAt));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void writeExercises(Connection connection, Map<SiteKey, SiteOutcome.ExerciseChanged> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM site_exercise WHERE tenant = ? AND site = ?");
                PreparedStatement upsert =
                        connection.prepareStatement("INSERT INTO site_exercise (tenant, site, exercise, since)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT (tenant, site) DO UPDATE"
                                + " SET exercise = excluded.exercise, since = excluded.since")) {
            for (SiteOutcome.ExerciseChanged change : changes.values()) {
                @Nullable String exercise = change.exercise().orElse(null);
                PreparedStatement statement = exercise == null ? delete : upsert;
                statement.setString(1, change.site().tenant().value());
                statement.setString(2, change.site().site().value());
                if (exercise != null) {
                    statement.setString(3, Text.clean(exercise));
                    statement.setObject(4, Times.parameter(change.at()));
                }
                statement.executeUpdate();
            }
        }
    }

    private static List<Incident> readIncidents(PreparedStatement query) throws SQLException {
        List<Incident> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(ModelJson.readIncident(row.getString(1)));
            }
        }
        return found;
    }

    /** Where an incident stands among the others of its tenant. */
    static int levelOf(Incident incident) {
        return incident.criticality().map(c -> c.level().ordinal()).orElse(NOT_ASSESSED);
    }

    /** Incidents are the tenant's: two tenants may have incidents of the same id. */
    record IncidentKey(TenantId tenant, IncidentId id) implements Comparable<IncidentKey> {
        @Override
        public int compareTo(IncidentKey other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : id.compareTo(other.id);
        }
    }
}
