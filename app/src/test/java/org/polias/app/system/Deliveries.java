// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Observations that were sent, and which of them were acknowledged; each is known by its datastream and phenomenon time. */
final class Deliveries {

    private static final Duration STORED_PATIENCE = Duration.ofSeconds(30);
    private static final int ENOUGH = 500;

    private final Set<String> sent = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();

    /** All that these sent, without nonsense. */
    static Deliveries of(List<CityLife> lives) {
        Deliveries deliveries = new Deliveries();
        for (CityLife life : lives) {
            for (CityLife.Sent each : life.sent()) {
                if (!each.isNonsense()) {
                    deliveries.add(each.key(), each.isAcknowledged().get());
                }
            }
        }
        return deliveries;
    }

    void add(String key, boolean isAcknowledged) {
        sent.add(key);
        if (isAcknowledged) {
            acknowledged.add(key);
        }
    }

    /** Requires that the database has all that was acknowledged, nothing that was not sent, and nothing twice. */
    void requireStoredOnce(Connection database) throws SQLException {
        assertThat(acknowledged).as("something was acknowledged").hasSizeGreaterThan(ENOUGH);
        Map<String, Integer> stored = new HashMap<>();
        Await.until("what was acknowledged is stored", STORED_PATIENCE, () -> "Missing: " + missing(stored), () -> {
            stored.clear();
            Refolded.read(
                    database,
                    "SELECT d.name, o.phenomenon_time FROM observation o JOIN datastream_name d ON d.number = o.datastream",
                    row -> stored.merge(
                            row.getString(1) + " "
                                    + row.getObject(2, OffsetDateTime.class).toInstant(),
                            1,
                            Integer::sum));
            return stored.keySet().containsAll(acknowledged);
        });
        Set<String> strange = new TreeSet<>(stored.keySet());
        strange.removeAll(sent);
        assertThat(strange).as("stored and never sent").isEmpty();
        stored.values().removeIf(times -> times == 1);
        assertThat(stored).as("stored more than once").isEmpty();
    }

    private Set<String> missing(Map<String, Integer> stored) {
        Set<String> missing = new TreeSet<>(acknowledged);
        missing.removeAll(stored.keySet());
        return missing;
    }

    @Override
    public String toString() {
        return "%d sent, %d acknowledged".formatted(sent.size(), acknowledged.size());
    }
}
