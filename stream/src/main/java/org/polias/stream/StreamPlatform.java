// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.polias.fuse.Fusion;
import org.polias.model.port.EventLog;
import org.polias.stream.broker.EmbeddedBroker;
import org.polias.stream.log.KafkaEventLog;
import org.polias.stream.log.LogReader;
import org.polias.stream.log.Topic;
import org.polias.stream.log.Topics;
import org.polias.stream.topology.FoldCounters;
import org.polias.stream.topology.FoldRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log and the folds of all sites, running: the embedded broker where there is no other, the topics, the way to write, the
 * folds, and the ways to read what they give out.
 */
public final class StreamPlatform implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamPlatform.class);
    /** Our own broker lets us notice a death soon; others commonly refuse less than six seconds. */
    private static final Duration EMBEDDED_SESSION = Duration.ofMillis(1500);

    private static final Duration EXTERNAL_SESSION = Duration.ofSeconds(10);

    private final Optional<EmbeddedBroker> broker;
    private final Map<String, Object> client;
    private final int partitions;
    private final KafkaEventLog log;
    private final FoldRunner folds;

    private StreamPlatform(
            Optional<EmbeddedBroker> broker,
            Map<String, Object> client,
            int partitions,
            KafkaEventLog log,
            FoldRunner folds) {
        this.broker = broker;
        this.client = client;
        this.partitions = partitions;
        this.log = log;
        this.folds = folds;
    }

    /**
     * Starts everything. The log can be written and read when this returns; the folds may still be on their way ({@link
     * #awaitReady}).
     *
     * @param fatal told, for people, if the folds stop for good
     * @throws org.polias.stream.broker.BrokerStartException if the embedded broker cannot start
     * @throws org.polias.stream.log.LogException if the cluster cannot be reached or its topics are not as they should be
     */
    public static StreamPlatform start(
            StreamSettings settings, Fusion<?> fusion, InstantSource wallClock, Consumer<String> fatal)
            throws InterruptedException {
        Closing closing = new Closing();
        boolean started = false;
        long began_ns = System.nanoTime();
        try {
            Optional<EmbeddedBroker> broker =
                    switch (settings.cluster()) {
                        case StreamSettings.Cluster.Embedded embedded ->
                            Optional.of(closing.add(EmbeddedBroker.start(embedded.directory(), embedded.durability())));
                        case StreamSettings.Cluster.External ignored -> Optional.empty();
                    };
            Map<String, Object> client = client(settings.cluster(), broker);
            long brokerReady_ns = System.nanoTime();
            int partitions = topics(settings).ensure(client);
            long topicsReady_ns = System.nanoTime();
            KafkaEventLog log = closing.add(KafkaEventLog.open(client, settings.budget_bytes()));
            FoldRunner folds = closing.add(new FoldRunner(options(settings, client), fusion, log, wallClock, fatal));
            folds.start();
            started = true;
            long now_ns = System.nanoTime();
            LOG.info(
                    "The log is open: broker {} ms, topics {} ms, clients {} ms; {} partitions.",
                    (brokerReady_ns - began_ns) / 1_000_000,
                    (topicsReady_ns - brokerReady_ns) / 1_000_000,
                    (now_ns - topicsReady_ns) / 1_000_000,
                    partitions);
            return new StreamPlatform(broker, client, partitions, log, folds);
        } finally {
            if (!started) {
                closing.closeAll();
            }
        }
    }

    /** The log, to write to. */
    public EventLog log() {
        return log;
    }

    /** How many partitions each topic has. */
    public int partitions() {
        return partitions;
    }

    /** How to reach the cluster: Kafka client properties. */
    public Map<String, Object> client() {
        return client;
    }

    /**
     * Reads a topic, in a thread of its own, until the reader is closed; close it before this.
     *
     * @param maxBatch the most records handed on at once
     */
    public <T> LogReader<T> read(Topic<T> topic, LogReader.Start start, int maxBatch, LogReader.Handler<T> handler) {
        return LogReader.start(client, topic, start, maxBatch, handler);
    }

    /** Whether the folds are running on all partitions that this process has. */
    public boolean isReady() {
        return folds.isReady();
    }

    /** Waits until the folds are running. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        return folds.awaitReady(patience);
    }

    /** How it is, at this moment. */
    public Status status() {
        return new Status(
                isReady(), folds.state(), log.accepted(), log.failed(), log.underWay_bytes(), folds.counters());
    }

    /**
     * How the log and the folds are.
     *
     * @param state of the folds, for people
     * @param offered records taken by the log of this process since its start
     * @param failed those of them that could not be made durable
     */
    public record Status(
            boolean ready, String state, long offered, long failed, long underWay_bytes, FoldCounters.Reading folds) {}

    /** Stops the folds, lets the log make durable what it took, and stops the embedded broker. */
    @Override
    public void close() {
        folds.close();
        log.close();
        broker.ifPresent(EmbeddedBroker::close);
    }

    private static Map<String, Object> client(StreamSettings.Cluster cluster, Optional<EmbeddedBroker> broker) {
        Map<String, Object> client = new TreeMap<>();
        client.put("metric.reporters", "");
        client.put("enable.metrics.push", false);
        switch (cluster) {
            case StreamSettings.Cluster.Embedded ignored ->
                client.put("bootstrap.servers", broker.orElseThrow().bootstrapServers());
            case StreamSettings.Cluster.External external -> client.putAll(external.client());
        }
        return client;
    }

    private static Topics topics(StreamSettings settings) {
        Optional<Short> replication =
                switch (settings.cluster()) {
                    case StreamSettings.Cluster.Embedded ignored -> Optional.of((short) 1);
                    case StreamSettings.Cluster.External external -> external.replication();
                };
        return new Topics(settings.partitions(), replication, settings.retention());
    }

    private static FoldRunner.Options options(StreamSettings settings, Map<String, Object> client) {
        Path scratch;
        Duration session;
        switch (settings.cluster()) {
            case StreamSettings.Cluster.Embedded embedded -> {
                scratch = embedded.directory().resolve("streams");
                session = EMBEDDED_SESSION;
            }
            case StreamSettings.Cluster.External external -> {
                scratch = external.scratch();
                session = EXTERNAL_SESSION;
            }
        }
        try {
            Files.createDirectories(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory %s cannot be made.".formatted(scratch), e);
        }
        return new FoldRunner.Options(
                client,
                settings.instance(),
                scratch,
                settings.threads(),
                settings.commitInterval(),
                settings.recordsPerCommit(),
                settings.tick(),
                session);
    }

    /** What was started before a later part failed. */
    private static final class Closing {
        private final ArrayDeque<AutoCloseable> parts = new ArrayDeque<>();

        <T extends AutoCloseable> T add(T part) {
            parts.push(part);
            return part;
        }

        void closeAll() {
            for (AutoCloseable part : parts) {
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.warn("A part that had started did not stop cleanly.", e);
                }
            }
        }
    }
}
