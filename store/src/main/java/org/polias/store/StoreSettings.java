// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.nio.file.Path;
import java.time.InstantSource;

import org.polias.store.quarantine.QuarantineLimits;

/**
 * How the store is set up.
 *
 * @param maxConnections how many connections to the database are opened at most, 2 to 20; enough is a few more than there are
 *     processors
 * @param clock by which sessions end and changes are dated
 */
public record StoreSettings(Source source, int maxConnections, QuarantineLimits quarantine, InstantSource clock) {

    private static final int DEFAULT_CONNECTIONS = 10;

    /** Where the database is. */
    public sealed interface Source {

        /** A server of our own whose data are in {@code directory}. */
        record Embedded(Path directory) implements Source {}

        /** A server of the city's. */
        record External(String jdbcUrl, String user, String password) implements Source {
            @Override
            public String toString() {
                return "External[" + jdbcUrl + ", " + user + "]";
            }
        }
    }

    /** @throws IllegalArgumentException if {@code maxConnections} is out of its range */
    public StoreSettings {
        if (maxConnections < 2 || maxConnections > 20) {
            throw new IllegalArgumentException(
                    "The store cannot work with %d connections.%nMaybe use %d; 2 to 20 are possible."
                            .formatted(maxConnections, DEFAULT_CONNECTIONS));
        }
    }

    /** A server of our own whose data are in {@code directory}. */
    public static StoreSettings embedded(Path directory) {
        return of(new Source.Embedded(directory));
    }

    /** A PostgreSQL server, 14 or later, that someone else runs. */
    public static StoreSettings external(String jdbcUrl, String user, String password) {
        return of(new Source.External(jdbcUrl, user, password));
    }

    public StoreSettings withMaxConnections(int connections) {
        return new StoreSettings(source, connections, quarantine, clock);
    }

    public StoreSettings withQuarantine(QuarantineLimits limits) {
        return new StoreSettings(source, maxConnections, limits, clock);
    }

    public StoreSettings withClock(InstantSource time) {
        return new StoreSettings(source, maxConnections, quarantine, time);
    }

    private static StoreSettings of(Source source) {
        return new StoreSettings(source, DEFAULT_CONNECTIONS, QuarantineLimits.DEFAULT, InstantSource.system());
    }
}
