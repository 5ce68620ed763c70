// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.polias.model.admission.Quarantined;
import org.polias.model.event.SiteEvent;
import org.polias.model.port.EventLog;
import org.polias.stream.broker.EmbeddedBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on Kafka. A record is durable when all in-sync replicas have it. What is under way is bounded by bytes of our own
 * counting, well below the producer's buffer, so that {@code send} never waits.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
    /** What a record costs in the producer's memory besides its bytes. */
    private static final int RECORD_OVERHEAD_BYTES = 160;
    /** Whoever waits for room is let in when this share of it is free again, so that they do not come one by one. */
    private static final double ROOM_SHARE = 0.25;

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final Producer<byte[], byte[]> producer;
    private final long budget_bytes;
    private final AtomicLong underWay_bytes = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /**
     * Opens the log for writing.
     *
     * @param client how to reach the cluster
     * @param budget_bytes how much may be under way; must hold the largest record
     */
    public static KafkaEventLog open(Map<String, Object> client, long budget_bytes) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        // While the broker writes one request to the disk, the next one gathers: fewer and larger writes, and none
        // waits for two.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, EmbeddedBroker.MAX_RECORD_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * budget_bytes + 2L * EmbeddedBroker.MAX_RECORD_BYTES);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // Never forget where a topic is, however seldom it is written: to ask again would mean to wait.
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(3650).toMillis());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "polias-log");
        settings.putAll(client);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        // Where a topic is, is asked at its first use, which would have to wait: ask now.
        findOut(producer, Topic.SITE_EVENTS.name());
        findOut(producer, Topic.QUARANTINE.name());
        return new KafkaEventLog(producer, budget_bytes);
    }

    private static void findOut(Producer<byte[], byte[]> producer, String topic) {
        long began_ns = System.nanoTime();
        while (true) {
            try {
                producer.partitionsFor(topic);
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() - began_ns > START_PATIENCE.toNanos()) {
                    producer.close(Duration.ZERO);
                    throw new LogException(
                            "The topic %s cannot be found within %d s.%nMaybe the broker is down, or its user may not see the topic."
                                    .formatted(topic, START_PATIENCE.toSeconds()),
                            e);
                }
            }
        }
    }

    private KafkaEventLog(Producer<byte[], byte[]> producer, long budget_bytes) {
        this.producer = producer;
        this.budget_bytes = budget_bytes;
    }

    @Override
    public boolean offer(SiteEvent event, Receipt receipt) {
        return hasRoom()
                && offer(
                        Topic.SITE_EVENTS.name(),
                        event.site().text(),
                        Topic.SITE_EVENTS.codec().encode(event),
                        receipt);
    }

    @Override
    public boolean offer(Quarantined payload, Receipt receipt) {
        return hasRoom()
                && offer(
                        Topic.QUARANTINE.name(),
                        payload.tenant().value() + '/' + payload.device().value(),
                        Topic.QUARANTINE.codec().encode(payload),
                        receipt);
    }

    @Override
    public boolean hasRoom() {
        return !closed && underWay_bytes.get() < budget_bytes;
    }

    @Override
    public void onRoom(Runnable action) {
        if (hasRoom()) {
            action.run();
            return;
        }
        waiting.add(action);
        // Room may have come about since the question, with nobody there to be called.
        if (hasPlentyOfRoom()) {
            callWaiting();
        }
    }

    /** How many records were taken since the start. */
    public long accepted() {
        return accepted.get();
    }

    /** How many records were taken and could not be made durable. */
    public long failed() {
        return failed.get();
    }

    /** How many bytes are taken but not yet durable. */
    public long underWay_bytes() {
        return underWay_bytes.get();
    }

    /** Takes no more, and waits until what was taken is durable. */
    @Override
    public void close() {
        closed = true;
        producer.close(Duration.ofSeconds(10));
    }

    private boolean offer(String topic, String key, byte[] value, Receipt receipt) {
        long cost = (long) value.length + RECORD_OVERHEAD_BYTES;
        if (value.length > EmbeddedBroker.MAX_RECORD_BYTES - 1024) {
            throw new IllegalArgumentException("A record of %d bytes for %s is larger than the log takes (%d bytes)."
                    .formatted(value.length, key, EmbeddedBroker.MAX_RECORD_BYTES));
        }
        underWay_bytes.addAndGet(cost);
        boolean taken = false;
        try {
            producer.send(
                    new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
                    (ignored, failure) -> settle(cost, receipt, failure));
            taken = true;
            accepted.incrementAndGet();
            return true;
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("The log did not take a record for {}.", key, e);
            return false;
        } finally {
            if (!taken) {
                release(cost);
            }
        }
    }

    private void settle(long cost, Receipt receipt, @Nullable Exception failure) {
        if (failure != null && failed.getAndIncrement() % 10_000 == 0) {
            LOG.error("The log could not make a record durable ({} so far).", failed.get(), failure);
        }
        try {
            receipt.settled(failure);
        } catch (RuntimeException e) {
            // A receipt that throws must not stop the receipts of others.
            LOG.error("Whoever offered a record failed to take its receipt.", e);
        } finally {
            release(cost);
        }
    }

    private void release(long cost) {
        underWay_bytes.addAndGet(-cost);
        if (!waiting.isEmpty() && hasPlentyOfRoom()) {
            callWaiting();
        }
    }

    private boolean hasPlentyOfRoom() {
        return closed || underWay_bytes.get() <= budget_bytes * (1 - ROOM_SHARE);
    }

    private void callWaiting() {
        // Only those who wait now: an action that finds no room again queues up anew.
        for (int left = waiting.size(); left > 0; left--) {
            Runnable action = waiting.poll();
            if (action == null) {
                return;
            }
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("Whoever waited for room in the log failed to use it.", e);
            }
        }
    }
}
