// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.TenantId;
import org.polias.store.Samples;
import org.polias.store.SharedStore;
import org.polias.store.Store;
import org.polias.store.StoreSettings;
import org.polias.store.json.ModelJson;
import org.polias.store.server.DatabaseServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A database as release 0.1.0 began with, partitioned by phenomenon time alone, is carried over with all that it holds. */
@ExtendWith(SharedStore.class)
class RetentionByArrivalMigrationIT {

    private static final String DATABASE = "before_retention_by_arrival";
    private static final DatastreamId LEVEL = new DatastreamId("level");

    private final DatabaseServer server;
    private final TenantId tenant;

    RetentionByArrivalMigrationIT(Store store, TenantId tenant) {
        this.server = store.findServer().orElseThrow();
        this.tenant = tenant;
    }

    @Test
    void everyRowFindsItsPlaceAndGoesByItsArrivalFromThenOn() throws SQLException {
        execute(server.jdbcUrl(), "CREATE DATABASE " + DATABASE);
        String url = server.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + DATABASE + "$1");
        Flyway.configure()
                .dataSource(url, server.user(), server.password())
                .locations("classpath:org/polias/store/migration")
                .table("schema_history")
                .target("5")
                .load()
                .migrate();
        execute(
                url,
                "INSERT INTO datastream_name (tenant, name) VALUES ('%s', 'level')".formatted(tenant),
                "INSERT INTO device_name (tenant, name) VALUES ('%s', 'gateway')".formatted(tenant),
                "INSERT INTO site_name (tenant, name) VALUES ('%s', 'stadium')".formatted(tenant),
                partition("observation", "20261120", "'2026-11-20Z'", "'2026-11-21Z'"),
                partition("observation", "20261121", "'2026-11-21Z'", "'2026-11-22Z'"),
                partition("observation", "201407", "'2014-07-01Z'", "'2014-08-01Z'"),
                partition("observation", "before_1970", "MINVALUE", "'1970-01-01Z'"),
                partition("observation", "from_2200", "'2200-01-01Z'", "MAXVALUE"),
                partition("detection", "20261121", "'2026-11-21Z'", "'2026-11-22Z'"),
                partition("detection", "201407", "'2014-07-01Z'", "'2014-08-01Z'"),
                observation(1, "2026-11-21T10:00:00Z", "2026-11-21T10:00:01Z"),
                observation(2, "2026-11-20T23:59:59Z", "2026-11-21T00:00:01Z"),
                observation(3, "2014-07-04T10:00:00Z", "2026-11-21T10:00:01Z"),
                observation(4, "1960-01-01T00:00:00Z", "2026-11-21T10:00:01Z"),
                observation(5, "2300-01-01T00:00:00Z", "2026-11-21T10:00:01Z"),
                detection("2026-11-21T10:00:00Z", "2026-11-21T10:00:01Z"),
                detection("2014-07-04T10:00:00Z", "2026-11-21T10:00:01Z"));

        try (Store store = Store.start(StoreSettings.external(url, server.user(), server.password()))) {
            assertThat(ids(store)).containsExactly(5L, 1L, 2L, 3L, 4L);
            assertThat(names(url, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(obs|det)'"))
                    .containsExactlyInAnyOrder(
                            "observation_20261120",
                            "observation_20261121",
                            "observation_of_other_days",
                            "detection_20261121",
                            "detection_of_other_days");
            assertThat(names(url, "SELECT id::text FROM observation_by_day")).containsExactly("1");
            assertThat(names(url, "SELECT extract(year from time)::text FROM detection_of_other_days"))
                    .containsExactly("2014");

            Instant arrival = Instant.parse("2026-11-21T10:00:01Z");
            store.history().removeReceivedBefore(arrival);
            store.incidents().removeDetectionsKnownBefore(arrival);
            assertThat(ids(store)).containsExactly(5L, 1L, 3L, 4L);
            assertThat(names(url, "SELECT id FROM detection")).hasSize(2);

            store.history().removeReceivedBefore(Instant.parse("2026-11-22T00:00:00Z"));
            store.incidents().removeDetectionsKnownBefore(Instant.parse("2026-11-22T00:00:00Z"));
            assertThat(ids(store)).isEmpty();
            assertThat(names(url, "SELECT id FROM detection")).isEmpty();
        }
    }

    private static String partition(String table, String suffix, String from, String to) {
        return "CREATE TABLE %1$s_%2$s PARTITION OF %1$s FOR VALUES FROM (%3$s) TO (%4$s)"
                .formatted(table, suffix, from.replace("Z'", " 00:00:00+00'"), to.replace("Z'", " 00:00:00+00'"));
    }

    private static String observation(long id, String time, String receivedAt) {
        return "INSERT INTO observation (id, phenomenon_time, received_at, datastream, device, kind, quality, value)"
                + " VALUES (%d, '%s', '%s', 1, 1, 1, 0, 1.5)".formatted(id, time, receivedAt);
    }

    private String detection(String time, String knownAt) {
        String body = new String(
                ModelJson.write(Samples.detection(tenant, Instant.parse(time), Instant.parse(knownAt))),
                StandardCharsets.UTF_8);
        return "INSERT INTO detection (time, site, id, body) VALUES ('%s', 1, 'D-%s', '%s')"
                .formatted(time, time, body.replace("'", "''"));
    }

    private List<Long> ids(Store store) {
        return store.history().list(tenant, LEVEL, Instant.MIN, Instant.MAX, 100).stream()
                .map(stored -> stored.observation().id().value())
                .toList();
    }

    private List<String> names(String url, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
