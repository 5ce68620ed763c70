// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.polias.fuse.DefaultFusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentEvent;
import org.polias.store.json.ModelJson;
import org.polias.stream.replay.LogFile;
import org.polias.stream.replay.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A recorded log, folded again by the pure fold with no server: what the platform would have concluded if nothing had ever
 * disturbed it. A running platform's database must say the same.
 */
final class Refolded {

    private static final Duration STORED_PATIENCE = Duration.ofSeconds(60);

    private final Map<String, List<String>> incidents = new TreeMap<>();
    private final Map<String, String> detections = new TreeMap<>();
    private final Map<String, Long> discards = new TreeMap<>();
    private final Map<SiteKey, Instant> ends = new HashMap<>();
    private long records;

    private Refolded() {}

    static Refolded of(Path export) throws IOException {
        Refolded refolded = new Refolded();
        List<String> faults = new ArrayList<>();
        Replay replay = new Replay(
                new DefaultFusion(), (event, part, failure) -> faults.add("%s: %s".formatted(part, failure)));
        try (Stream<SiteEvent> events = LogFile.read(export)) {
            replay.run(events.peek(refolded::count), refolded::add);
        }
        assertThat(faults).as("detectors and fusion fail on nothing").isEmpty();
        return refolded;
    }

    private void count(SiteEvent event) {
        records++;
        ends.merge(event.site(), event.receivedAt(), (a, b) -> a.isAfter(b) ? a : b);
    }

    private void add(SiteOutcome outcome) {
        switch (outcome) {
            case SiteOutcome.IncidentChanged(var site, var event) ->
                incidents
                        .computeIfAbsent(event.incident().value(), id -> new ArrayList<>())
                        .add(ModelJson.write(event));
            case SiteOutcome.Detected(var site, var detection) ->
                detections.put(detection.id().value(), new String(ModelJson.write(detection), StandardCharsets.UTF_8));
            case SiteOutcome.Discarded(var site, var datastream, var observation, var reason, var at) ->
                discards.merge("%s %s".formatted(datastream, reason.code()), 1L, Long::sum);
            case SiteOutcome.HealthChanged ignored -> {}
            case SiteOutcome.CommandAnswered ignored -> {}
            case SiteOutcome.TrustChanged ignored -> {}
            case SiteOutcome.Gathered ignored -> {}
            case SiteOutcome.ExerciseChanged ignored -> {}
            case SiteOutcome.CalibrationChanged ignored -> {}
        }
    }

    /** How many records the log has. */
    long records() {
        return records;
    }

    /** The events of each incident, in order, as JSON. */
    Map<String, List<String>> incidents() {
        return incidents;
    }

    int detectionCount() {
        return detections.size();
    }

    /**
     * Waits until the platform's database has all of this, and requires that it has nothing else: to the byte. What only came to be
     * after the end of the recorded log is not looked at.
     */
    void requireStored(Connection database) throws SQLException {
        long events = incidents.values().stream().mapToLong(List::size).sum();
        Instant end = ends.values().stream().max(Instant::compareTo).orElseThrow();
        Await.until(
                "the database has %d events of incidents and %d detections".formatted(events, detections.size()),
                STORED_PATIENCE,
                () -> counts(database),
                () -> listStoredEvents(database, end).values().stream()
                                        .mapToLong(List::size)
                                        .sum()
                                >= events
                        && count(database, "detection") >= detections.size());
        Map<String, List<String>> stored = listStoredEvents(database, end);
        // The ids first, then event by event: the first difference is what tells something.
        assertThat(stored.keySet()).isEqualTo(incidents.keySet());
        incidents.forEach((incident, expected) -> {
            List<String> found = stored.get(incident);
            for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
                assertThat(found.get(i)).as("%s, event %d", incident, i + 1).isEqualTo(expected.get(i));
            }
            assertThat(found).as(incident).hasSameSizeAs(expected);
        });
        Map<String, String> claims = listStoredDetections(database, end);
        assertThat(claims.keySet())
                .as(() -> "beside what was refolded, the database has "
                        + claims.entrySet().stream()
                                .filter(claim -> !detections.containsKey(claim.getKey()))
                                .map(Map.Entry::getValue)
                                .toList())
                .isEqualTo(detections.keySet());
        detections.forEach((id, expected) -> assertThat(claims.get(id)).as(id).isEqualTo(expected));
    }

    /** Requires that the database counted each discarded observation once. */
    void requireDiscardsStored(Connection database) throws SQLException {
        Map<String, Long> stored = new TreeMap<>();
        read(
                database,
                "SELECT datastream, reason, count FROM discarded",
                row -> stored.put(row.getString(1) + " " + row.getString(2), row.getLong(3)));
        assertThat(stored).isEqualTo(discards);
    }

    /** The events of incidents in the database that came to be until {@code end}, as the vocabulary writes them. */
    private static Map<String, List<String>> listStoredEvents(Connection database, Instant end) throws SQLException {
        Map<String, List<String>> stored = new TreeMap<>();
        read(database, "SELECT body FROM incident_event ORDER BY tenant, incident, sequence", row -> {
            IncidentEvent event = ModelJson.readIncidentEvent(row.getString(1));
            if (!event.at().isAfter(end)) {
                stored.computeIfAbsent(event.incident().value(), id -> new ArrayList<>())
                        .add(ModelJson.write(event));
            }
        });
        return stored;
    }

    private Map<String, String> listStoredDetections(Connection database, Instant end) throws SQLException {
        Map<String, String> stored = new TreeMap<>();
        read(database, "SELECT body FROM detection", row -> {
            var detection = ModelJson.readDetection(row.getString(1));
            if (detections.containsKey(detection.id().value())
                    || !detection.knownAt().isAfter(end)) {
                stored.put(detection.id().value(), new String(ModelJson.write(detection), StandardCharsets.UTF_8));
            }
        });
        return stored;
    }

    private static long count(Connection database, String table) throws SQLException {
        List<Long> counts = new ArrayList<>();
        read(database, "SELECT count(*) FROM " + table, row -> counts.add(row.getLong(1)));
        return counts.getFirst();
    }

    private static String counts(Connection database) {
        return Stream.of("incident", "incident_event", "detection", "observation", "quarantine")
                .map(table -> {
                    try {
                        return "%s %d".formatted(table, count(database, table));
                    } catch (SQLException e) {
                        return "%s: %s".formatted(table, e.getMessage());
                    }
                })
                .collect(Collectors.joining(", "));
    }

    /** Reads rows, each of which {@code each} gets. */
    static void read(Connection database, String query, Row each) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                each.take(row);
            }
        }
    }

    /** Takes one row. */
    @FunctionalInterface
    interface Row {
        void take(ResultSet row) throws SQLException;
    }
}
