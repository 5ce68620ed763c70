// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.event.SiteEvent;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.stream.broker.BrokerStartException;
import org.polias.stream.broker.Durability;
import org.polias.stream.broker.EmbeddedBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogIT {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private Path directory;
    private EmbeddedBroker broker;
    private Map<String, Object> client;

    @BeforeAll
    void start(@TempDir Path home) throws InterruptedException {
        directory = home;
        broker = EmbeddedBroker.start(directory, Durability.POWER);
        client = Map.of("bootstrap.servers", broker.bootstrapServers());
        assertThat(new Topics(2, Optional.empty(), Duration.ofDays(1)).ensure(client))
                .isEqualTo(2);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void whatWasWrittenIsReadInOrderFromWhereOneAsks() throws Exception {
        try (KafkaEventLog log = KafkaEventLog.open(client, 1 << 20)) {
            Semaphore durable = new Semaphore(0);
            for (int i = 0; i < 100; i++) {
                assertThat(log.offer(tick("ordered/site", i), failure -> {
                            assertThat(failure).isNull();
                            durable.release();
                        }))
                        .isTrue();
            }
            assertThat(durable.tryAcquire(100, 10, TimeUnit.SECONDS)).isTrue();
        }
        List<LogRecord<SiteEvent>> all = read("ordered/site", new LogReader.Start.At(Map.of()), 100);
        assertThat(all).extracting(LogRecord::value).containsExactlyElementsOf(ticks("ordered/site", 0, 100));
        LogRecord<SiteEvent> middle = all.get(60);
        List<LogRecord<SiteEvent>> rest =
                read("ordered/site", new LogReader.Start.At(Map.of(middle.partition(), middle.offset())), 40);
        assertThat(rest).extracting(LogRecord::value).containsExactlyElementsOf(ticks("ordered/site", 60, 100));
    }

    @Test
    void aFullLogTakesNothingAndCallsWhenThereIsRoom() throws Exception {
        try (KafkaEventLog log = KafkaEventLog.open(client, 20_000)) {
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger settled = new AtomicInteger();
            CountDownLatch hold = new CountDownLatch(1);
            // The first receipt keeps the producer's thread busy, so that nothing else can settle.
            log.offer(tick("full/site", 0), ignored -> {
                settled.incrementAndGet();
                await(hold);
            });
            taken.incrementAndGet();
            while (log.offer(tick("full/site", taken.get()), ignored -> settled.incrementAndGet())) {
                taken.incrementAndGet();
            }
            assertThat(log.hasRoom()).isFalse();
            assertThat(taken.get()).isBetween(50, 130);
            CompletableFuture<Void> room = new CompletableFuture<>();
            log.onRoom(() -> room.complete(null));
            assertThat(room).isNotDone();
            hold.countDown();
            room.get(10, TimeUnit.SECONDS);
            assertThat(log.offer(tick("full/site", taken.get()), ignored -> settled.incrementAndGet()))
                    .isTrue();
            log.close();
            assertThat(settled.get()).isEqualTo(taken.get() + 1);
            assertThat(log.underWay_bytes()).isZero();
        }
    }

    @Test
    void aBatchThatCouldNotBeTakenComesAgain() throws Exception {
        try (KafkaEventLog log = KafkaEventLog.open(client, 1 << 20)) {
            log.offer(tick("again/site", 0), ignored -> {});
        }
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch taken = new CountDownLatch(1);
        try (LogReader<SiteEvent> ignored =
                LogReader.start(client, Topic.SITE_EVENTS, new LogReader.Start.At(Map.of()), 1000, batch -> {
                    if (batch.stream().noneMatch(r -> r.value().site().text().equals("again/site"))) {
                        return;
                    }
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    taken.countDown();
                })) {
            assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aCorruptRecordIsLeftOutAndCounted() throws Exception {
        try (KafkaProducer<byte[], byte[]> raw =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
                KafkaEventLog log = KafkaEventLog.open(client, 1 << 20)) {
            raw.send(new ProducerRecord<>(Topic.SITE_EVENTS.name(), key("corrupt/site"), new byte[] {99, 1, 2}))
                    .get();
            log.offer(tick("corrupt/site", 0), ignored -> {});
        }
        BlockingQueue<SiteEvent> read = new LinkedBlockingQueue<>();
        try (LogReader<SiteEvent> reader = LogReader.start(
                client, Topic.SITE_EVENTS, new LogReader.Start.At(Map.of()), 1000, batch -> batch.stream()
                        .map(LogRecord::value)
                        .filter(event -> event.site().text().equals("corrupt/site"))
                        .forEach(read::add))) {
            assertThat(read.poll(10, TimeUnit.SECONDS)).isEqualTo(tick("corrupt/site", 0));
            assertThat(reader.corrupt()).isEqualTo(1);
        }
    }

    @Test
    void recordsThatWerePackedSmallDoNotComeAllAtOnce() throws Exception {
        int records = 300;
        byte[] value = Topic.QUARANTINE
                .codec()
                .encode(new Quarantined(
                        "Q-1",
                        new TenantId("packed"),
                        new DeviceId("device"),
                        Instant.EPOCH,
                        "http",
                        "v1.1/Observations",
                        Reason.MALFORMED,
                        "x",
                        new byte[200_000],
                        false));
        Map<String, Object> packing = new HashMap<>(client);
        packing.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        packing.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 20);
        packing.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        try (KafkaProducer<byte[], byte[]> raw =
                new KafkaProducer<>(packing, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                raw.send(new ProducerRecord<>(Topic.QUARANTINE.name(), key("packed/device"), value));
            }
        }
        AtomicInteger read = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        try (LogReader<Quarantined> ignored =
                LogReader.start(client, Topic.QUARANTINE, new LogReader.Start.At(Map.of()), 1000, batch -> {
                    most.accumulateAndGet(batch.size(), Math::max);
                    if (read.addAndGet(batch.size()) >= records) {
                        all.countDown();
                    }
                })) {
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(read).hasValue(records);
        assertThat(most).as("records of 200 kB handed on at once").hasValueLessThanOrEqualTo(150);
    }

    @Test
    void whoReadsFromTheEndGetsWhatIsWrittenAfterwards() throws Exception {
        BlockingQueue<SiteEvent> read = new LinkedBlockingQueue<>();
        try (KafkaEventLog log = KafkaEventLog.open(client, 1 << 20);
                LogReader<SiteEvent> reader = LogReader.start(
                        client, Topic.SITE_EVENTS, new LogReader.Start.AtEnd(), 1000, batch -> batch.stream()
                                .map(LogRecord::value)
                                .filter(event -> event.site().text().equals("end/site"))
                                .forEach(read::add))) {
            assertThat(reader.awaitPositioned(Duration.ofSeconds(10))).isTrue();
            log.offer(tick("end/site", 5), ignored -> {});
            assertThat(read.poll(10, TimeUnit.SECONDS)).isEqualTo(tick("end/site", 5));
        }
    }

    @Test
    void aLogThatIsThereKeepsItsPartitionsAndTakesTheNewRetention() throws Exception {
        assertThat(new Topics(5, Optional.empty(), Duration.ofDays(3)).ensure(client))
                .isEqualTo(2);
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.SITE_EVENTS.name());
        try (Admin admin = Admin.create(client)) {
            assertThat(admin.describeConfigs(List.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get("retention.ms")
                            .value())
                    .isEqualTo(Long.toString(Duration.ofDays(3).toMillis()));
        }
    }

    @Test
    void aDirectoryInUseNamesTheProcessThatUsesIt() {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, Durability.PROCESS))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void theDirectoryOfAnotherKafkaIsNotTakenOver(@TempDir Path other) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("node.id", "7");
        properties.setProperty("cluster.id", "someone-elses");
        Files.createDirectories(other.resolve("log"));
        try (var out = Files.newBufferedWriter(other.resolve("log/meta.properties"))) {
            properties.store(out, null);
        }
        assertThatThrownBy(() -> EmbeddedBroker.start(other, Durability.PROCESS))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("someone-elses");
    }

    private List<LogRecord<SiteEvent>> read(String site, LogReader.Start start, int count) throws InterruptedException {
        BlockingQueue<LogRecord<SiteEvent>> read = new LinkedBlockingQueue<>();
        try (LogReader<SiteEvent> ignored = LogReader.start(client, Topic.SITE_EVENTS, start, 1000, read::addAll)) {
            List<LogRecord<SiteEvent>> ofSite = new ArrayList<>();
            while (ofSite.size() < count) {
                LogRecord<SiteEvent> record = read.poll(10, TimeUnit.SECONDS);
                assertThat(record).as("%d of %d read", ofSite.size(), count).isNotNull();
                if (record.value().site().text().equals(site)) {
                    ofSite.add(record);
                }
            }
            return ofSite;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] key(String site) {
        return site.getBytes(StandardCharsets.UTF_8);
    }

    private static List<SiteEvent> ticks(String site, int from, int to) {
        List<SiteEvent> ticks = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ticks.add(tick(site, i));
        }
        return ticks;
    }

    private static SiteEvent tick(String site, int seconds) {
        return new SiteEvent.Ticked(SiteKey.parse(site), START.plusSeconds(seconds));
    }
}
