// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/**
 * A real Kafka broker, with its KRaft controller, inside this process. It listens on the loopback address alone, on ports that
 * are free, and keeps everything under one directory.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** The largest record: the state of a large site in one piece. */
    public static final int MAX_RECORD_BYTES = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String NODE_ID = "1";
    /** Ports that were free may be taken before the broker binds them. */
    private static final int START_ATTEMPTS = 3;

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, int port) {
        this.lock = lock;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker on what {@code directory} holds; an empty or missing one becomes a new log. Returns when it takes requests.
     *
     * @throws BrokerStartException if the directory is in use, cannot be written, or is not one of ours, or the broker fails
     */
    public static EmbeddedBroker start(Path directory, Durability durability) {
        Path home = directory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.take(home);
        // Kafka ends the process where it cannot go on (a disk that fails); let it not do so without a word.
        Exit.setExitProcedure(EmbeddedBroker::giveUp);
        Exit.setHaltProcedure(EmbeddedBroker::giveUp);
        boolean started = false;
        try {
            Path log = home.resolve("log");
            format(log);
            EmbeddedBroker broker = startServer(lock, log, durability);
            started = true;
            return broker;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    /** Where clients find it. */
    public String bootstrapServers() {
        return LOOPBACK + ':' + port;
    }

    /** Stops it cleanly, so that the next start needs no recovery. */
    @Override
    public void close() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }

    private static void giveUp(int status, @Nullable String message) {
        LOG.error(
                "The embedded broker cannot go on and ends the process: {}. Maybe the disk is full or fails.",
                message == null ? "status " + status : message);
        Runtime.getRuntime().halt(status);
    }

    private static EmbeddedBroker startServer(DirectoryLock lock, Path log, Durability durability) {
        for (int attempt = 1; ; attempt++) {
            int[] ports = freePorts();
            KafkaRaftServer server = null;
            try {
                KafkaConfig config = new KafkaConfig(settings(log, durability, ports[0], ports[1]), false);
                server = new KafkaRaftServer(config, Time.SYSTEM);
                server.startup();
                return new EmbeddedBroker(lock, server, ports[0]);
            } catch (RuntimeException e) {
                if (server != null) {
                    stopHalfStarted(server);
                }
                if (attempt < START_ATTEMPTS && isCausedByTakenPort(e)) {
                    LOG.info("Port {} or {} was taken in the meantime; trying others.", ports[0], ports[1]);
                    continue;
                }
                throw new BrokerStartException(
                        "The log in %s cannot be opened: %s%nMaybe the disk is full, or its files were changed by something else."
                                .formatted(log, e.getMessage()),
                        e);
            }
        }
    }

    private static void stopHalfStarted(KafkaRaftServer server) {
        try {
            server.shutdown();
        } catch (RuntimeException e) {
            LOG.warn("The broker that had failed to start did not stop cleanly either.", e);
        }
    }

    private static boolean isCausedByTakenPort(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static void format(Path log) {
        Path properties = log.resolve("meta.properties");
        try {
            if (Files.exists(properties)) {
                requireOurs(properties);
                return;
            }
            Files.createDirectories(log);
            try (PrintStream nowhere =
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
                new Formatter()
                        .setPrintStream(nowhere)
                        .setClusterId(Uuid.randomUuid().toString())
                        .setNodeId(Integer.parseInt(NODE_ID))
                        .setControllerListenerName("CONTROLLER")
                        .addDirectory(log.toString())
                        .setMetadataLogDirectory(log.toString())
                        .setReleaseVersion(MetadataVersion.latestProduction())
                        .setIgnoreFormatted(true)
                        .run();
            }
        } catch (BrokerStartException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokerStartException(
                    "A new log cannot be made in %s: %s%nMaybe the disk is full, or the directory belongs to another user."
                            .formatted(log, e),
                    e);
        }
    }

    /** A directory of some other Kafka must not be taken over. */
    private static void requireOurs(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String node = properties.getProperty("node.id", "none");
        if (!node.equals(NODE_ID) || properties.getProperty("cluster.id", "").isBlank()) {
            throw new BrokerStartException(
                    "The log in %s belongs to node %s of cluster '%s', which is not an embedded broker of ours (node %s).%nMaybe the data directory is that of another Kafka; choose another one with --data."
                            .formatted(file.getParent(), node, properties.getProperty("cluster.id", ""), NODE_ID));
        }
    }

    private static int[] freePorts() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket first = new ServerSocket();
                ServerSocket second = new ServerSocket()) {
            first.bind(new InetSocketAddress(loopback, 0));
            second.bind(new InetSocketAddress(loopback, 0));
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        } catch (IOException e) {
            throw new BrokerStartException("No port is free on the loopback address: %s".formatted(e), e);
        }
    }

    private static Map<String, String> settings(Path log, Durability durability, int port, int controllerPort) {
        String broker = "BROKER://%s:%d".formatted(LOOPBACK, port);
        String controller = "CONTROLLER://%s:%d".formatted(LOOPBACK, controllerPort);
        String maxRecord = Integer.toString(MAX_RECORD_BYTES);
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", "%s@%s:%d".formatted(NODE_ID, LOOPBACK, controllerPort));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("listeners", broker + ',' + controller);
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // The controller refuses a broker while it believes that the one before, which was killed, is alive.
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        // A group that is alone need not wait for others, and a process that was killed is missed soon.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "500");
        settings.put("message.max.bytes", maxRecord);
        settings.put("replica.fetch.max.bytes", maxRecord);
        settings.put("fetch.max.bytes", Integer.toString(2 * MAX_RECORD_BYTES));
        settings.put("socket.request.max.bytes", Integer.toString(4 * MAX_RECORD_BYTES));
        // After a kill the broker reads again what lies behind the recovery point: keep that little.
        settings.put("log.segment.bytes", Integer.toString(64 << 20));
        settings.put("log.index.size.max.bytes", Integer.toString(2 << 20));
        settings.put("log.flush.offset.checkpoint.interval.ms", "5000");
        settings.put("log.flush.scheduler.interval.ms", "5000");
        settings.put("log.flush.interval.ms", "10000");
        settings.put("num.recovery.threads.per.data.dir", "2");
        if (durability == Durability.POWER) {
            settings.put("log.flush.interval.messages", "1");
            // Each flush also forces the indexes to the disk, which costs as much again whenever they have grown.
            settings.put("log.index.interval.bytes", Integer.toString(1 << 20));
        }
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(1 << 20));
        settings.put("metadata.log.segment.bytes", Integer.toString(8 << 20));
        settings.put("metadata.max.retention.bytes", Integer.toString(32 << 20));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("group.coordinator.threads", "1");
        settings.put("transaction.partition.verification.enable", "false");
        return settings;
    }
}
