// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.stream.broker.Durability;

/**
 * How the log and the folds are run.
 *
 * @param cluster where the log is
 * @param instance names this process among those that share one cluster; the same after a restart
 * @param partitions of each topic, when it is made; afterwards the number stays
 * @param threads that fold
 * @param retention how long the log keeps records
 * @param commitInterval how often folds are written down
 * @param recordsPerCommit after how many records of a partition they are written down earlier: what comes again after a crash
 * @param tick how often each site learns of time; absent: never
 * @param budget_bytes how much may be offered to the log and not yet durable
 */
public record StreamSettings(
        Cluster cluster,
        String instance,
        int partitions,
        int threads,
        Duration retention,
        Duration commitInterval,
        int recordsPerCommit,
        Optional<Duration> tick,
        long budget_bytes) {

    /**
     * One process with one fold thread has no use for more, and with {@link Durability#POWER} each costs a write to the disk of its own
     * before a request is acknowledged.
     */
    private static final int EMBEDDED_PARTITIONS = 1;
    /** So that a few processes can share a cluster. */
    private static final int SHARED_PARTITIONS = 4;

    /** @throws IllegalArgumentException if a number is not positive */
    public StreamSettings {
        requirePositive("number of partitions", partitions);
        requirePositive("number of threads", threads);
        requirePositive("retention in ms", retention.toMillis());
        requirePositive("commit interval in ms", commitInterval.toMillis());
        requirePositive("number of records per commit", recordsPerCommit);
        requirePositive("log budget in bytes", budget_bytes);
        tick.ifPresent(interval -> requirePositive("tick in ms", interval.toMillis()));
    }

    /** Where the log is. */
    public sealed interface Cluster {

        /** In this process, under {@code directory}. */
        record Embedded(Path directory, Durability durability) implements Cluster {}

        /**
         * On a cluster of the city.
         *
         * @param client Kafka client properties: {@code bootstrap.servers} and whatever is needed to be let in
         * @param replication copies of each partition of topics that are made; absent: as the cluster has it by default
         * @param scratch a directory for this process alone, which need not be kept
         */
        record External(Map<String, String> client, Optional<Short> replication, Path scratch) implements Cluster {
            public External {
                client = new TreeMap<>(client);
                if (!client.containsKey("bootstrap.servers")) {
                    throw new IllegalArgumentException(
                            "The Kafka cluster has no bootstrap.servers, only %s.%nMaybe set bootstrap.servers=host:port,host:port."
                                    .formatted(client.keySet()));
                }
            }
        }
    }

    /** One embedded broker under {@code directory}, as {@code ./polias up} starts it. */
    public static StreamSettings embedded(Path directory, Durability durability) {
        return of(new Cluster.Embedded(directory, durability), "polias-1", EMBEDDED_PARTITIONS);
    }

    /** A cluster of the city. */
    public static StreamSettings external(Cluster.External cluster, String instance) {
        return of(cluster, instance, SHARED_PARTITIONS);
    }

    private static StreamSettings of(Cluster cluster, String instance, int partitions) {
        return new StreamSettings(
                cluster,
                instance,
                partitions,
                1,
                Duration.ofDays(30),
                Duration.ofSeconds(3),
                50_000,
                Optional.of(Duration.ofSeconds(1)),
                32L << 20);
    }

    public StreamSettings withPartitions(int number) {
        return new StreamSettings(
                cluster, instance, number, threads, retention, commitInterval, recordsPerCommit, tick, budget_bytes);
    }

    public StreamSettings withThreads(int number) {
        return new StreamSettings(
                cluster, instance, partitions, number, retention, commitInterval, recordsPerCommit, tick, budget_bytes);
    }

    public StreamSettings withRetention(Duration duration) {
        return new StreamSettings(
                cluster, instance, partitions, threads, duration, commitInterval, recordsPerCommit, tick, budget_bytes);
    }

    public StreamSettings withCommits(Duration interval, int records) {
        return new StreamSettings(
                cluster, instance, partitions, threads, retention, interval, records, tick, budget_bytes);
    }

    /** Time passes by the records alone. */
    public StreamSettings withoutTicks() {
        return new StreamSettings(
                cluster,
                instance,
                partitions,
                threads,
                retention,
                commitInterval,
                recordsPerCommit,
                Optional.empty(),
                budget_bytes);
    }

    private static void requirePositive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The %s is %d; it must be positive.".formatted(what, value));
        }
    }
}
