// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.polias.fuse.Fusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.port.EventLog;
import org.polias.stream.broker.EmbeddedBroker;
import org.polias.stream.wire.CorruptRecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the folds of the partitions that this process has, of all processes that run under the same name. */
public final class FoldRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FoldRunner.class);
    /** The group that shares the partitions. */
    private static final String APPLICATION = "polias-sites";

    private static final long CACHE_BYTES = 16L << 20;
    /** More deaths than this within {@link #HOPE} are no accident. */
    private static final int MOST_DEATHS = 5;

    private static final Duration HOPE = Duration.ofMinutes(1);
    /** How long it may take to share partitions out anew before something is wrong. */
    private static final Duration SHARING_PATIENCE = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final FoldCounters counters = new FoldCounters();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Consumer<String> fatal;
    private volatile long began_ns = System.nanoTime();
    private volatile long stoppedRunning_ns = System.nanoTime();
    /** When threads died, by the monotonic clock. */
    private final Deque<Long> deaths_ns = new ArrayDeque<>();

    /**
     * How to run.
     *
     * @param client how to reach the cluster, and any further setting of Kafka Streams and its clients
     * @param instance names this process among those that share the work; the same after a restart
     * @param scratch a directory for this process alone; nothing in it needs to be kept
     * @param threads that fold
     * @param commitInterval how often folds are written down and the positions committed
     * @param recordsPerCommit after how many records of a partition that happens earlier
     * @param tick how often each site learns of time; absent: never
     * @param sessionTimeout after what silence another process takes over
     */
    public record Options(
            Map<String, Object> client,
            String instance,
            Path scratch,
            int threads,
            Duration commitInterval,
            int recordsPerCommit,
            Optional<Duration> tick,
            Duration sessionTimeout) {}

    /**
     * Makes the runner; {@link #start()} starts it.
     *
     * @param log where ticks are written
     * @param fatal told, for people, why the folds have stopped for good
     */
    public FoldRunner(
            Options options, Fusion<?> fusion, EventLog log, InstantSource wallClock, Consumer<String> fatal) {
        this.fatal = fatal;
        this.streams = new KafkaStreams(
                FoldTopology.build(
                        fusion,
                        new FoldProcessor.Pace(options.tick(), options.recordsPerCommit()),
                        log,
                        wallClock,
                        this::fault,
                        counters),
                settings(options));
        streams.setUncaughtExceptionHandler(this::died);
        streams.setStateListener((now, before) -> {
            LOG.debug("The folds went from {} to {}.", before, now);
            if (before == KafkaStreams.State.RUNNING) {
                stoppedRunning_ns = System.nanoTime();
            }
            if (now == KafkaStreams.State.RUNNING && ready.getCount() > 0) {
                LOG.info("The folds are running, {} ms after their start.", (System.nanoTime() - began_ns) / 1_000_000);
                ready.countDown();
            } else if (isStopped(now)) {
                ready.countDown();
            }
        });
    }

    private static boolean isStopped(KafkaStreams.State state) {
        return state.isShuttingDown() || state.hasCompletedShutdown();
    }

    public void start() {
        began_ns = System.nanoTime();
        streams.start();
    }

    /** Whether the folds are running, or partitions are just being shared out anew because another process came or went. */
    public boolean isReady() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING
                || state == KafkaStreams.State.REBALANCING
                        && ready.getCount() == 0
                        && System.nanoTime() - stoppedRunning_ns < SHARING_PATIENCE.toNanos();
    }

    /** Waits until the folds are running for the first time; false if they were not in time, or never will. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS) && !isStopped(streams.state());
    }

    /** What it does at the moment, for people. */
    public String state() {
        return streams.state().name();
    }

    public FoldCounters.Reading counters() {
        return counters.read();
    }

    /** Writes the folds down, commits, and stops. */
    @Override
    public void close() {
        if (!streams.close(Duration.ofSeconds(15))) {
            LOG.warn("The folds did not stop within 15 s; what they had not written down they will do again.");
        }
    }

    private void fault(SiteEvent event, String part, RuntimeException failure) {
        counters.faults.increment();
        LOG.error(
                "The {} of {} failed on {}; the fold goes on without it.",
                part,
                event.site(),
                abbreviated(event.toString()),
                failure);
    }

    private static String abbreviated(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500) + "...";
    }

    private synchronized StreamThreadExceptionResponse died(Throwable failure) {
        long now_ns = System.nanoTime();
        deaths_ns.addLast(now_ns);
        while (now_ns - deaths_ns.getFirst() > HOPE.toNanos()) {
            deaths_ns.removeFirst();
        }
        counters.threadsReplaced.increment();
        if (isHopeless(failure) || deaths_ns.size() > MOST_DEATHS) {
            String why = "The folds have stopped: %s".formatted(rootMessage(failure));
            LOG.error("{}", why, failure);
            fatal.accept(why);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error(
                "A thread of the folds died ({} of {} within a minute) and is replaced.",
                deaths_ns.size(),
                MOST_DEATHS,
                failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean isHopeless(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptRecordException
                    || cause instanceof MissingSourceTopicException
                    || cause instanceof VirtualMachineError) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage() == null ? root : root.getMessage());
    }

    private static Properties settings(Options options) {
        Map<String, Object> settings = new TreeMap<>();
        String maxRecord = Integer.toString(EmbeddedBroker.MAX_RECORD_BYTES);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION + '-' + options.instance());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, options.scratch().toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                options.commitInterval().toMillis());
        // Only names of sites are in it, each once: never full, so that folds are written down at commits and not
        // before.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        // A partition goes to its new owner at once. What has to be read for it is a few states, no matter how long
        // their changelog is;
        // and folds that are alive cannot become a stand-by.
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0);
        settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
        settings.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), maxRecord);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                Long.toString(3L * EmbeddedBroker.MAX_RECORD_BYTES));
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2000);
        // What waits for its fold lies in memory, and a record may have half a megabyte: more than this is not read
        // ahead.
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 100);
        // A process that comes back takes its old place at once; nobody has to wait until it is missed.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), options.instance());
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Long.toString(options.sessionTimeout().toMillis()));
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Long.toString(options.sessionTimeout().toMillis() / 5));
        settings.putAll(options.client());
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }
}
