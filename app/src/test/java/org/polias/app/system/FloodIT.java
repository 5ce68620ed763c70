// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** One device sends as fast as it can, another as it always does. */
class FloodIT {

    private static final int FLOOD_WINDOW = 2_000;
    private static final int FLOOD_MESSAGES = 150_000;
    private static final int CALM_RATE_PER_S = 20;
    private static final int CALM_WINDOW = 100;
    /** Heap, code, threads and buffers of a process whose heap is at most 768 MiB; a leak of a flood would not stop there. */
    private static final long MEMORY_LIMIT_KIB = 1_500L * 1024;

    private static final Duration FLOOD_PATIENCE = Duration.ofMinutes(3);

    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final AtomicBoolean flooded = new AtomicBoolean();

    @Test
    void aDeviceThatFloodsHarmsNeitherItselfNorItsNeighbour(@TempDir Path work) throws Exception {
        try (PlatformProcess platform = PlatformProcess.ofSmallCity(work)) {
            platform.start().awaitReady();
            String flooding = SmallCity.sound("north", 0);
            String calm = SmallCity.sound("north", 1);
            AtomicLong calmSent = new AtomicLong();
            AtomicLong calmDuringFlood = new AtomicLong();
            try (MqttDevice flood = device(platform, "flood", FLOOD_WINDOW);
                    MqttDevice neighbour = device(platform, "neighbour", CALM_WINDOW)) {
                CompletableFuture<Void> flow = Background.start(() -> {
                    for (int i = 0; i < FLOOD_MESSAGES; i++) {
                        flood.send(observation(flooding, i, () -> {}));
                    }
                    flood.awaitAcknowledged(FLOOD_PATIENCE);
                    flooded.set(true);
                });
                CompletableFuture<Void> trickle = Background.start(() -> {
                    while (!flooded.get()) {
                        neighbour.send(observation(calm, calmSent.getAndIncrement(), () -> {
                            if (!flooded.get()) {
                                calmDuringFlood.incrementAndGet();
                            }
                        }));
                        TimeUnit.MILLISECONDS.sleep(1_000 / CALM_RATE_PER_S);
                    }
                });
                Await.until("the flood is over", FLOOD_PATIENCE, () -> flood + "; " + neighbour, () -> {
                    if (flow.isCompletedExceptionally() || trickle.isCompletedExceptionally()) {
                        CompletableFuture.allOf(flow, trickle).join();
                    }
                    assertThat(platform.get("/q/health/ready").path("status").asText())
                            .isEqualTo("UP");
                    return flow.isDone() && trickle.isDone();
                });
                neighbour.awaitAcknowledged(Duration.ofSeconds(30));

                assertThat(flood.acknowledged()).isEqualTo(FLOOD_MESSAGES);
                assertThat(flood.sentAgain()).as("nobody was cut off").isZero();
                assertThat(neighbour.acknowledged()).isEqualTo(calmSent.get());
                assertThat(neighbour.sentAgain()).as("nobody was cut off").isZero();
                // What the neighbour had in flight when the flood ended may have been acknowledged after it.
                assertThat(calmDuringFlood.get()).isPositive().isGreaterThanOrEqualTo(calmSent.get() - CALM_WINDOW);
                System.out.printf(
                        "FloodIT: %s; %s; at most %d MiB%n", flood, neighbour, highestMemory_kiB(platform) / 1024);
            }
            requireStored(platform, Map.of(flooding, (long) FLOOD_MESSAGES, calm, calmSent.get()));
            if (Files.exists(Path.of("/proc/self/status"))) {
                assertThat(highestMemory_kiB(platform)).isLessThan(MEMORY_LIMIT_KIB);
            }
        }
    }

    private static MqttDevice device(PlatformProcess platform, String name, int window) {
        return new MqttDevice(name, platform.createDevice(name), platform::findMqttPort, window);
    }

    /** The {@code number}-th of its datastream, at a time of its own. */
    private MqttDevice.Message observation(String datastream, long number, Runnable acknowledged) {
        return MqttDevice.Message.of(
                "v1.1/Datastreams(%s)/Observations".formatted(datastream),
                "{\"phenomenonTime\": \"%s\", \"result\": %d, \"parameters\": {\"id\": \"%d\"}}"
                        .formatted(begin.plus(number, ChronoUnit.MICROS), 50 + number % 5, number),
                acknowledged);
    }

    private static void requireStored(PlatformProcess platform, Map<String, Long> expected) throws SQLException {
        Map<String, Long> stored = new HashMap<>();
        try (Connection database = platform.connectDatabase()) {
            Await.until("all is stored", FLOOD_PATIENCE, () -> "%s of %s".formatted(stored, expected), () -> {
                stored.clear();
                Refolded.read(
                        database,
                        "SELECT d.name, count(*) FROM observation o JOIN datastream_name d ON d.number = o.datastream"
                                + " GROUP BY d.name",
                        row -> stored.put(row.getString(1), row.getLong(2)));
                return stored.equals(expected);
            });
        }
    }

    /** The most physical memory that the process ever had; 0 where the system does not say. */
    private static long highestMemory_kiB(PlatformProcess platform) throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(platform.pid()));
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
