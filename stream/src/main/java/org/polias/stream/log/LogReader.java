// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.polias.stream.wire.CorruptRecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic from given positions, in a thread of its own, and hands on what comes at once, in batches. It belongs to no
 * group: whoever uses it keeps the positions beside what it makes of the records.
 *
 * <p>A batch whose handler fails comes again, after a pause that grows to ten seconds. A record that cannot be decoded is logged,
 * counted and left out.
 *
 * @param <T> what the topic's records are
 */
public final class LogReader<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /**
     * So much is handed on at once, whatever the number of records. What is fetched is no measure of that: records of one batch are
     * packed together, and may be a thousand times as long when they are unpacked.
     */
    private static final long BATCH_BYTES = 16L << 20;

    /** So many records are unpacked before their length is looked at. */
    private static final int CHUNK_RECORDS = 50;

    private final Map<String, Object> settings;
    private final Topic<T> topic;
    private final Start start;
    private final int maxBatch;
    private final Handler<T> handler;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch positioned = new CountDownLatch(1);
    /** The offset of the next record of each partition, after all that the handler has taken. */
    private final Map<Integer, Long> next = new ConcurrentSkipListMap<>();

    private final AtomicLong corrupt = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile Consumer<byte[], byte[]> consumer;

    /** Takes batches. */
    @FunctionalInterface
    public interface Handler<T> {
        /**
         * Takes a batch: records of each partition in order.
         *
         * @throws Exception if it could not be taken; it will come again
         */
        void on(List<LogRecord<T>> batch) throws Exception;
    }

    /** Where reading begins. */
    public sealed interface Start {

        /** At each partition's offset in {@code next}; where there is none, at the oldest record. */
        record At(Map<Integer, Long> next) implements Start {
            public At {
                next = new TreeMap<>(next);
            }
        }

        /** After the newest record. */
        record AtEnd() implements Start {}
    }

    /**
     * Starts reading.
     *
     * @param client how to reach the cluster
     * @param maxBatch the most records handed on at once, if they are not too long together
     */
    public static <T> LogReader<T> start(
            Map<String, Object> client, Topic<T> topic, Start start, int maxBatch, Handler<T> handler) {
        LogReader<T> reader = new LogReader<>(settings(client, maxBatch), topic, start, maxBatch, handler);
        reader.thread.start();
        return reader;
    }

    private LogReader(Map<String, Object> settings, Topic<T> topic, Start start, int maxBatch, Handler<T> handler) {
        this.settings = settings;
        this.topic = topic;
        this.start = start;
        this.maxBatch = maxBatch;
        this.handler = handler;
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread =
                Thread.ofPlatform().name("polias-read-" + topic.name()).daemon().unstarted(this::run);
    }

    private static Map<String, Object> settings(Map<String, Object> client, int maxBatch) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(maxBatch, CHUNK_RECORDS));
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.putAll(client);
        return settings;
    }

    /** Waits until reading has begun: with {@link Start.AtEnd}, every record appended after this returns will be read. */
    public boolean awaitPositioned(Duration patience) throws InterruptedException {
        return positioned.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The offset of the next record of each partition, after all that was handed on and taken. */
    public Map<Integer, Long> positions() {
        return new TreeMap<>(next);
    }

    /** How many records could not be decoded. */
    public long corrupt() {
        return corrupt.get();
    }

    /** How often the handler or the connection failed. */
    public long failures() {
        return failures.get();
    }

    /** Stops. The handler is not called any more once this returns. */
    @Override
    public void close() {
        stop.countDown();
        consumer.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isStopped()) {
            try {
                read();
            } catch (WakeupException | InterruptException e) {
                // Thrown to end the wait in poll when stopping; if something else woke us, reading goes on.
                LOG.debug("Woken up while reading {}.", topic.name());
            } catch (Exception e) {
                failures.incrementAndGet();
                if (!isStopped()) {
                    LOG.error(
                            "Reading {} failed at {}; trying again in {} ms.", topic.name(), next, pause.toMillis(), e);
                }
                pause = rest(pause);
            } finally {
                consumer.close();
            }
            if (!isStopped()) {
                consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            }
        }
    }

    private void read() throws Exception {
        position();
        Duration pause = FIRST_PAUSE;
        while (!isStopped()) {
            ConsumerRecords<byte[], byte[]> polled;
            try {
                polled = consumer.poll(POLL);
            } catch (InvalidOffsetException e) {
                LOG.warn(
                        "The log {} has no records at {} any more (or not yet); reading on from its oldest.",
                        topic.name(),
                        e.partitions());
                consumer.seekToBeginning(e.partitions());
                continue;
            }
            if (polled.isEmpty()) {
                continue;
            }
            Batch batch = gather(polled);
            while (!isStopped() && !take(batch.records, pause)) {
                pause = rest(pause);
            }
            if (isStopped()) {
                return;
            }
            pause = FIRST_PAUSE;
            for (TopicPartition partition : batch.partitions) {
                next.put(partition.partition(), consumer.position(partition));
            }
        }
    }

    /** What is handed on together, and the partitions that it is from. */
    private final class Batch {
        private final List<LogRecord<T>> records = new ArrayList<>();
        private final Set<TopicPartition> partitions = new HashSet<>();
        private long count;
        private long bytes;

        void add(ConsumerRecords<byte[], byte[]> polled) {
            partitions.addAll(polled.partitions());
            count += polled.count();
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                bytes += Math.max(0, record.serializedValueSize());
                try {
                    records.add(decode(topic, record));
                } catch (CorruptRecordException e) {
                    corrupt.incrementAndGet();
                    LOG.error("Left out: {}", e.getMessage());
                }
            }
        }

        boolean isFull() {
            return count > maxBatch - CHUNK_RECORDS || bytes >= BATCH_BYTES;
        }
    }

    /** Adds to what was polled whatever else is there already. */
    private Batch gather(ConsumerRecords<byte[], byte[]> first) {
        Batch batch = new Batch();
        for (ConsumerRecords<byte[], byte[]> polled = first; !polled.isEmpty(); ) {
            batch.add(polled);
            if (batch.isFull()) {
                break;
            }
            polled = consumer.poll(Duration.ZERO);
        }
        return batch;
    }

    private boolean take(List<LogRecord<T>> batch, Duration pause) throws InterruptedException {
        try {
            if (!batch.isEmpty()) {
                handler.on(batch);
            }
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failures.incrementAndGet();
            LOG.error(
                    "A batch of {} records of {} could not be taken; it comes again in {} ms.",
                    batch.size(),
                    topic.name(),
                    pause.toMillis(),
                    e);
            return false;
        }
    }

    private void position() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic.name())) {
            partitions.add(new TopicPartition(topic.name(), partition.partition()));
        }
        if (partitions.isEmpty()) {
            throw new LogException("The topic %s does not exist.".formatted(topic.name()));
        }
        consumer.assign(partitions);
        if (next.isEmpty()) {
            next.putAll(firstPositions(partitions));
        }
        for (TopicPartition partition : partitions) {
            consumer.seek(partition, next.get(partition.partition()));
        }
        positioned.countDown();
    }

    private Map<Integer, Long> firstPositions(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets =
                switch (start) {
                    case Start.AtEnd() -> consumer.endOffsets(partitions);
                    case Start.At(Map<Integer, Long> given) -> {
                        Map<TopicPartition, Long> first = new HashMap<>(consumer.beginningOffsets(partitions));
                        first.replaceAll((partition, oldest) -> given.getOrDefault(partition.partition(), oldest));
                        yield first;
                    }
                };
        Map<Integer, Long> positions = new TreeMap<>();
        offsets.forEach((partition, offset) -> positions.put(partition.partition(), offset));
        return positions;
    }

    /** @throws CorruptRecordException naming topic, partition and offset */
    static <T> LogRecord<T> decode(Topic<T> topic, ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                throw new CorruptRecordException("The record is empty.");
            }
            return new LogRecord<>(
                    record.partition(),
                    record.offset(),
                    Instant.ofEpochMilli(record.timestamp()),
                    topic.codec().decode(record.value()),
                    Cause.find(record.headers()));
        } catch (CorruptRecordException e) {
            throw new CorruptRecordException(
                    "Record %d of partition %d of %s is corrupt: %s"
                            .formatted(record.offset(), record.partition(), topic.name(), e.getMessage()),
                    e);
        }
    }

    private Duration rest(Duration pause) {
        try {
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return pause;
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
