// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.polias.stream.wire.CorruptRecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a topic holds at a moment, read once from its oldest record to its newest, partition by partition. */
public final class RecordedLog {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RecordedLog() {}

    /** Takes records. */
    @FunctionalInterface
    public interface Sink<T> {
        void on(LogRecord<T> record) throws IOException;
    }

    /**
     * What was read.
     *
     * @param records that were handed on
     * @param corrupt records that were left out
     */
    public record Summary(long records, long corrupt) {}

    /**
     * Reads everything that is in the topic now.
     *
     * @param client how to reach the cluster
     */
    public static <T> Summary read(Map<String, Object> client, Topic<T> topic, Sink<T> sink) throws IOException {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        settings.putAll(client);
        long records = 0;
        long corrupt = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Map.Entry<Integer, Long> end : ends(consumer, topic).entrySet()) {
                TopicPartition partition = new TopicPartition(topic.name(), end.getKey());
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long heard_ns = System.nanoTime();
                while (consumer.position(partition) < end.getValue()) {
                    var polled = consumer.poll(POLL);
                    for (ConsumerRecord<byte[], byte[]> record : polled) {
                        if (record.offset() >= end.getValue()) {
                            break;
                        }
                        LogRecord<T> decoded;
                        try {
                            decoded = LogReader.decode(topic, record);
                        } catch (CorruptRecordException e) {
                            LOG.error("Left out: {}", e.getMessage());
                            corrupt++;
                            continue;
                        }
                        sink.on(decoded);
                        records++;
                    }
                    if (!polled.isEmpty()) {
                        heard_ns = System.nanoTime();
                    } else if (System.nanoTime() - heard_ns > PATIENCE.toNanos()) {
                        throw new LogException("The broker has given no record of %s for %d s.%nMaybe it is down."
                                .formatted(partition, PATIENCE.toSeconds()));
                    }
                }
            }
        }
        return new Summary(records, corrupt);
    }

    private static Map<Integer, Long> ends(KafkaConsumer<byte[], byte[]> consumer, Topic<?> topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic.name())) {
            partitions.add(new TopicPartition(topic.name(), partition.partition()));
        }
        if (partitions.isEmpty()) {
            throw new LogException("The topic %s does not exist.".formatted(topic.name()));
        }
        Map<TopicPartition, Long> found = new HashMap<>(consumer.endOffsets(partitions));
        Map<Integer, Long> ends = new TreeMap<>();
        found.forEach((partition, offset) -> ends.put(partition.partition(), offset));
        return ends;
    }
}
