// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.fuse.DefaultFusion;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.SiteKey;
import org.polias.stream.broker.Durability;
import org.polias.stream.fold.Faults;
import org.polias.stream.log.LogReader;
import org.polias.stream.log.Topic;
import org.polias.stream.replay.LogFile;
import org.polias.stream.replay.LogTransfer;
import org.polias.stream.replay.Replay;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.SiteOutcomeCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamPlatformIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SiteKey NORTH = SiteKey.parse("test/north");
    private static final SiteKey SOUTH = SiteKey.parse("test/south");
    private static final Faults NO_FAULTS = (event, part, failure) -> {
        throw new AssertionError(part + " failed on " + event, failure);
    };

    @TempDir
    Path directory;

    @Test
    void theRunningFoldsGiveWhatThePureFoldGivesToTheByteAlsoAfterARestartAndFromTheRecordedLog() throws Exception {
        List<SiteEvent> north = Scenario.life(NORTH, 120, 1);
        List<SiteEvent> south = Scenario.life(SOUTH, 120, 2);
        List<SiteOutcome> expectedNorth = Replay.run(north.stream(), new DefaultFusion(), NO_FAULTS);
        List<SiteOutcome> expectedSouth = Replay.run(south.stream(), new DefaultFusion(), NO_FAULTS);
        int half = north.size() / 2;

        try (StreamPlatform platform = start(settings())) {
            offerAll(platform, north.subList(0, half));
            offerAll(platform, south);
            try (OutcomeCollector collector = new OutcomeCollector(platform.client())) {
                assertThat(bytes(collector.await(SOUTH, expectedSouth.size(), PATIENCE)))
                        .isEqualTo(bytes(expectedSouth));
            }
        }
        try (StreamPlatform platform = start(settings())) {
            offerAll(platform, north.subList(half, north.size()));
            try (OutcomeCollector collector = new OutcomeCollector(platform.client())) {
                assertThat(bytes(collector.await(NORTH, expectedNorth.size(), PATIENCE)))
                        .isEqualTo(bytes(expectedNorth));
                assertThat(collector.repeats()).isZero();
            }
            assertThat(platform.status().folds().faults()).isZero();

            Path file = directory.resolve("exported.log");
            assertThat(LogTransfer.exportTo(file, platform.client(), count -> {})
                            .records())
                    .isEqualTo(north.size() + south.size());
            try (Stream<SiteEvent> recorded = LogFile.read(file)) {
                List<SiteOutcome> replayed = Replay.run(recorded, new DefaultFusion(), NO_FAULTS);
                assertThat(bytes(replayed.stream()
                                .filter(o -> o.site().equals(NORTH))
                                .toList()))
                        .isEqualTo(bytes(expectedNorth));
            }
            fileErrorsAreClear(file);
        }
    }

    @Test
    void aCorruptRecordGoesToQuarantineAndStopsNobody() throws Exception {
        BlockingQueue<Quarantined> quarantine = new LinkedBlockingQueue<>();
        List<SiteEvent> life = Scenario.life(NORTH, 10, 1);
        List<SiteOutcome> expected = Replay.run(life.stream(), new DefaultFusion(), NO_FAULTS);
        try (StreamPlatform platform = start(settings())) {
            try (KafkaProducer<byte[], byte[]> raw =
                    new KafkaProducer<>(platform.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
                byte[] key = NORTH.text().getBytes(StandardCharsets.UTF_8);
                raw.send(new ProducerRecord<>(Topic.SITE_EVENTS.name(), key, new byte[] {1, 77, 3}))
                        .get();
            }
            offerAll(platform, life);
            try (OutcomeCollector collector = new OutcomeCollector(platform.client());
                    LogReader<Quarantined> ignored = platform.read(
                            Topic.QUARANTINE,
                            new LogReader.Start.At(Map.of()),
                            10,
                            batch -> batch.forEach(record -> quarantine.add(record.value())))) {
                assertThat(bytes(collector.await(NORTH, expected.size(), PATIENCE)))
                        .isEqualTo(bytes(expected));
                Quarantined kept = quarantine.poll(20, TimeUnit.SECONDS);
                assertThat(kept).isNotNull();
                assertThat(kept.reason()).isEqualTo(Reason.MALFORMED);
                assertThat(kept.tenant()).isEqualTo(NORTH.tenant());
                assertThat(kept.address()).startsWith("polias.site-events-").endsWith("@0");
                assertThat(kept.payload()).containsExactly(1, 77, 3);
            }
            assertThat(platform.status().folds().corrupt()).isEqualTo(1);
        }
    }

    @Test
    void aConfiguredSiteIsToldTheTime() throws Exception {
        StreamSettings ticking = StreamSettings.embedded(directory.resolve("ticking"), Durability.PROCESS);
        BlockingQueue<SiteEvent> ticks = new LinkedBlockingQueue<>();
        try (StreamPlatform platform = start(ticking);
                LogReader<SiteEvent> ignored =
                        platform.read(Topic.SITE_EVENTS, new LogReader.Start.At(Map.of()), 100, batch -> batch.stream()
                                .map(record -> record.value())
                                .filter(SiteEvent.Ticked.class::isInstance)
                                .forEach(ticks::add))) {
            offerAll(platform, List.of(new SiteEvent.Configured(NORTH, Scenario.START, Scenario.definition(NORTH))));
            assertThat(ticks.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(ticks.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private void fileErrorsAreClear(Path file) throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(directory.resolve("cut.log"), Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> count(cut))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("cut.log was cut off")
                .hasMessageContaining("\nMaybe");
        whole[whole.length / 2] ^= 4;
        Path damaged = Files.write(directory.resolve("damaged.log"), whole);
        assertThatThrownBy(() -> count(damaged))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("damaged.log");
        Path other = Files.writeString(directory.resolve("other.txt"), "hello, world");
        assertThatThrownBy(() -> count(other))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("not a recorded log");
    }

    private static long count(Path file) throws Exception {
        try (Stream<SiteEvent> events = LogFile.read(file)) {
            return events.mapToLong(event -> 1).sum();
        }
    }

    private StreamSettings settings() {
        return StreamSettings.embedded(directory.resolve("data"), Durability.PROCESS)
                .withoutTicks()
                .withCommits(Duration.ofMillis(200), 500);
    }

    private static StreamPlatform start(StreamSettings settings) throws InterruptedException {
        StreamPlatform platform =
                StreamPlatform.start(settings, new DefaultFusion(), InstantSource.system(), why -> {});
        assertThat(platform.awaitReady(PATIENCE)).isTrue();
        return platform;
    }

    private static void offerAll(StreamPlatform platform, List<SiteEvent> events) {
        List<Throwable> failures = new ArrayList<>();
        for (SiteEvent event : events) {
            assertThat(platform.log().offer(event, failure -> {
                        if (failure != null) {
                            failures.add(failure);
                        }
                    }))
                    .isTrue();
        }
        assertThat(failures).isEmpty();
    }

    private static byte[] bytes(List<SiteOutcome> outcomes) {
        SiteOutcomeCodec codec = new SiteOutcomeCodec();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        outcomes.forEach(outcome -> all.writeBytes(codec.encode(outcome)));
        return all.toByteArray();
    }
}
