// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.polias.model.Sorted;
import org.polias.model.id.DatastreamId;

/**
 * How the platform is to be started, as the command line and the configuration file say together; the command line wins.
 *
 * @param data where all of its state lives
 * @param city the folder of the city to load; absent: that of the pilot, or what the data directory already has
 * @param pilot the pilot whose simulated world is started; absent: none
 * @param httpPort the port of the API and the console
 * @param mqttPort the port of the MQTT endpoint
 * @param soundPort the port on which sound is taken over TCP; empty: none is
 * @param bind the address on which both listen
 * @param tls with what both speak TLS; absent: neither does
 * @param kafka the bootstrap servers of the city's own Kafka; absent: a broker inside the process
 * @param database the city's own PostgreSQL; absent: one that the process starts
 * @param followed the EVE files to follow
 * @param partitions into how many partitions the log is cut when it is created; absent: the platform's default
 * @param settings the configuration file's {@code polias.*} and {@code quarkus.*} entries, to be passed on as they are
 */
public record UpOptions(
        Path data,
        Optional<Path> city,
        Optional<String> pilot,
        int httpPort,
        int mqttPort,
        OptionalInt soundPort,
        String bind,
        Optional<Tls> tls,
        Durability durability,
        Optional<String> kafka,
        Optional<Database> database,
        List<FollowedFile> followed,
        OptionalInt partitions,
        Map<String, String> settings) {

    public UpOptions {
        followed = List.copyOf(followed);
        settings = Sorted.copyOf(settings);
    }

    /** The same with these ports. */
    public UpOptions withPorts(int http, int mqtt) {
        return new UpOptions(
                data,
                city,
                pilot,
                http,
                mqtt,
                soundPort,
                bind,
                tls,
                durability,
                kafka,
                database,
                followed,
                partitions,
                settings);
    }

    /** What an acknowledgement promises. */
    public enum Durability {
        /** The record survives the loss of power: it is on the disk. */
        POWER,
        /** The record survives the death of the process: it is with the operating system. */
        PROCESS
    }

    /**
     * What TLS is spoken with.
     *
     * @param certificate a PEM file: the certificate, and those that lead from it to an authority
     * @param key a PEM file: its key
     */
    public record Tls(Path certificate, Path key) {}

    /** A PostgreSQL server of the city's own. */
    public record Database(String jdbcUrl, Optional<String> user, Optional<String> password) {
        /** Without the password, so that it cannot get into a log. */
        @Override
        public String toString() {
            return "Database[%s, user %s]".formatted(jdbcUrl, user.orElse("as in the URL"));
        }
    }

    /** An EVE file and the datastream that its lines belong to. */
    public record FollowedFile(DatastreamId datastream, Path file) {}
}
