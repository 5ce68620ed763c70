// SPDX-License-Identifier: Apache-2.0
package org.polias.store.incident;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.model.id.IncidentId;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.store.incident.IncidentStore.IncidentKey;
import org.polias.store.json.ModelJson;
import org.polias.store.sql.Times;

/**
 * Applies incident events within one transaction. Every event is kept. The incident as it stands is the fold of the events from
 * the first on, as far as they follow each other; an event after a gap waits for the gap to be filled.
 */
final class IncidentBatch {

    private final Connection connection;
    private final Map<IncidentKey, List<IncidentEvent>> events;
    private final List<String> problems = new ArrayList<>();

    private IncidentBatch(Connection connection, Map<IncidentKey, List<IncidentEvent>> events) {
        this.connection = connection;
        this.events = events;
    }

    /**
     * What became of them.
     *
     * @param stored how many events were new
     * @param problems what did not follow, a sentence for each incident
     */
    record Applied(int stored, List<String> problems) {}

    static Applied apply(Connection connection, Map<IncidentKey, List<IncidentEvent>> events) throws SQLException {
        if (events.isEmpty()) {
            return new Applied(0, List.of());
        }
        IncidentBatch batch = new IncidentBatch(connection, events);
        Map<IncidentKey, Incident> before = batch.load();
        int stored = batch.insertEvents();
        Map<IncidentKey, Long> last = batch.lastSequences();
        Map<IncidentKey, Incident> changed = new TreeMap<>();
        for (IncidentKey key : events.keySet()) {
            Optional<Incident> known = Optional.ofNullable(before.get(key));
            Optional<Incident> now = batch.fold(key, known, last.getOrDefault(key, 0L));
            if (now.isPresent() && !now.equals(known)) {
                changed.put(key, now.get());
            }
        }
        batch.write(changed.values());
        return new Applied(stored, List.copyOf(batch.problems));
    }

    private Optional<Incident> fold(IncidentKey key, Optional<Incident> known, long last) throws SQLException {
        Optional<Incident> now = follow(known, events.get(key));
        if (last > reached(now)) {
            // Events wait behind a gap: perhaps what was missing came with this batch.
            now = follow(now, loadEventsAfter(key, reached(now)));
            if (last > reached(now)) {
                problems.add(
                        "Incident %s of %s stands at event %d, and its event %d does not follow; it is kept beside it."
                                .formatted(key.id(), key.tenant(), reached(now), last));
            }
        }
        return now;
    }

    private static long reached(Optional<Incident> incident) {
        return incident.map(Incident::sequence).orElse(0L);
    }

    /** The incident after those of {@code events} that follow it, one after the other. */
    private static Optional<Incident> follow(Optional<Incident> from, List<IncidentEvent> events) {
        Optional<Incident> now = from;
        for (IncidentEvent event : events) {
            if (event.sequence() == reached(now) + 1) {
                if (event instanceof IncidentEvent.Opened opened) {
                    now = now.isPresent() ? now : Optional.of(Incident.begin(opened));
                } else {
                    now = now.map(incident -> incident.on(event));
                }
            }
        }
        return now;
    }

    private Map<IncidentKey, Incident> load() throws SQLException {
        Map<IncidentKey, Incident> found = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT i.tenant, i.id, i.body FROM incident i JOIN unnest(?, ?) AS k (tenant, id)"
                        + " ON i.tenant = k.tenant AND i.id = k.id ORDER BY i.tenant, i.id FOR UPDATE OF i")) {
            setKeys(query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(key(row), ModelJson.readIncident(row.getString(3)));
                }
            }
        }
        return found;
    }

    private Map<IncidentKey, Long> lastSequences() throws SQLException {
        Map<IncidentKey, Long> found = new TreeMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT k.tenant, k.id, (SELECT max(e.sequence) FROM incident_event e"
                        + " WHERE e.tenant = k.tenant AND e.incident = k.id) FROM unnest(?, ?) AS k (tenant, id)")) {
            setKeys(query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(key(row), row.getLong(3));
                }
            }
        }
        return found;
    }

    private List<IncidentEvent> loadEventsAfter(IncidentKey key, long sequence) throws SQLException {
        List<IncidentEvent> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT body FROM incident_event"
                + " WHERE tenant = ? AND incident = ? AND sequence > ? ORDER BY sequence")) {
            query.setString(1, key.tenant().value());
            query.setString(2, key.id().value());
            query.setLong(3, sequence);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(ModelJson.readIncidentEvent(row.getString(1)));
                }
            }
        }
        return found;
    }

    private int insertEvents() throws SQLException {
        List<String> tenants = new ArrayList<>();
        List<String> incidents = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        List<String> times = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        events.forEach((key, some) -> {
            for (IncidentEvent event : some) {
                tenants.add(key.tenant().value());
                incidents.add(key.id().value());
                sequences.add(event.sequence());
                times.add(Times.keepable(event.at()).toString());
                kinds.add(event.getClass().getSimpleName());
                bodies.add(ModelJson.write(event));
            }
        });
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO incident_event (tenant, incident, sequence, at, kind, body)"
                        + " SELECT t, i, s, a::timestamptz, k, b::jsonb FROM unnest(?, ?, ?, ?, ?, ?) AS e (t, i, s, a, k, b)"
                        + " ON CONFLICT DO NOTHING")) {
            insert.setArray(1, texts(tenants));
            insert.setArray(2, texts(incidents));
            insert.setArray(3, connection.createArrayOf("bigint", sequences.toArray()));
            insert.setArray(4, texts(times));
            insert.setArray(5, texts(kinds));
            insert.setArray(6, texts(bodies));
            return insert.executeUpdate();
        }
    }

    private void write(Collection<Incident> incidents) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO incident"
                + " (tenant, id, site, sequence, status, live, level, score, opened_at, changed_at, body)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT (tenant, id) DO UPDATE SET"
                + " sequence = excluded.sequence, status = excluded.status, live = excluded.live,"
                + " level = excluded.level, score = excluded.score, changed_at = excluded.changed_at,"
                + " body = excluded.body")) {
            for (Incident incident : incidents) {
                upsert.setString(1, incident.site().tenant().value());
                upsert.setString(2, incident.id().value());
                upsert.setString(3, incident.site().site().value());
                upsert.setLong(4, incident.sequence());
                upsert.setString(5, incident.status().name());
                upsert.setBoolean(6, incident.status().isLive());
                upsert.setInt(7, IncidentStore.levelOf(incident));
                upsert.setDouble(
                        8, incident.criticality().map(Criticality::score).orElse(0.0));
                upsert.setObject(9, Times.parameter(incident.openedAt()));
                upsert.setObject(10, Times.parameter(incident.changedAt()));
                upsert.setString(11, ModelJson.write(incident));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private void setKeys(PreparedStatement query) throws SQLException {
        query.setArray(
                1,
                texts(events.keySet().stream().map(key -> key.tenant().value()).toList()));
        query.setArray(
                2, texts(events.keySet().stream().map(key -> key.id().value()).toList()));
    }

    private static IncidentKey key(ResultSet row) throws SQLException {
        return new IncidentKey(new TenantId(row.getString(1)), new IncidentId(row.getString(2)));
    }

    private Array texts(List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
