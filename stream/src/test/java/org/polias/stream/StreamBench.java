// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.polias.fuse.DefaultFusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.SiteKey;
import org.polias.model.observation.Result;
import org.polias.stream.broker.Durability;
import org.polias.stream.log.LogReader;
import org.polias.stream.log.Topic;
import org.polias.stream.replay.Replay;

/**
 * Measures the way from an offer to the log to the outcome that is read back: as fast as it goes, and the latency at a given rate.
 * One in a hundred observations is a bang, which gives a detection and changes an incident. Arguments: POWER or PROCESS, seconds, rate per second (0: as
 * fast as it goes).
 */
public final class StreamBench {

    private static final int SITES = 4;

    private StreamBench() {}

    public static void main(String[] arguments) throws Exception {
        Durability durability = Durability.valueOf(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        pureFold();
        Path directory = Files.createTempDirectory("polias-bench");
        long began_ns = System.nanoTime();
        try (StreamPlatform platform = StreamPlatform.start(
                StreamSettings.embedded(directory, durability),
                new DefaultFusion(),
                InstantSource.system(),
                System.err::println)) {
            platform.awaitReady(Duration.ofSeconds(30));
            System.out.printf(Locale.ROOT, "ready after %d ms%n", (System.nanoTime() - began_ns) / 1_000_000);
            run(platform, seconds, rate);
            System.out.println(platform.status());
        }
    }

    private static void pureFold() {
        List<SiteEvent> life = Scenario.life(SiteKey.parse("bench/pure"), 20_000, 1);
        for (int round = 0; round < 3; round++) {
            long began_ns = System.nanoTime();
            int outcomes = Replay.run(life.stream(), new DefaultFusion(), (event, part, failure) -> {
                        throw new IllegalStateException(part, failure);
                    })
                    .size();
            System.out.printf(
                    Locale.ROOT,
                    "pure fold: %.2f us an event, %d events, %d outcomes%n",
                    (System.nanoTime() - began_ns) / 1e3 / life.size(),
                    life.size(),
                    outcomes);
        }
    }

    private static void run(StreamPlatform platform, int seconds, int rate) throws Exception {
        SiteKey[] sites = new SiteKey[SITES];
        for (int i = 0; i < SITES; i++) {
            sites[i] = SiteKey.parse("bench/site-" + i);
            platform.log()
                    .offer(
                            new SiteEvent.Configured(sites[i], Instant.now(), Scenario.definition(sites[i])),
                            failure -> {});
        }
        int most = 1 << 16;
        long[] latency_ns = new long[most];
        AtomicLong seen = new AtomicLong();
        AtomicLong acknowledged = new AtomicLong();
        // The latency of an outcome: from the offer of the bang (whose phenomenon time it carries) to here.
        try (LogReader<SiteOutcome> reader =
                platform.read(Topic.OUTCOMES, new LogReader.Start.At(Map.of()), 1000, batch -> {
                    Instant now = Instant.now();
                    batch.forEach(record -> {
                        if (record.value() instanceof SiteOutcome.Detected(SiteKey ignored, var detection)
                                && detection.detector().equals("impulse-noise")) {
                            int at = (int) seen.getAndIncrement();
                            if (at < most) {
                                latency_ns[at] =
                                        Duration.between(detection.time(), now).toNanos();
                            }
                        }
                    });
                })) {
            long began_ns = System.nanoTime();
            long offered = 0;
            while (System.nanoTime() - began_ns < seconds * 1_000_000_000L) {
                if (rate > 0 && offered >= rate * ((System.nanoTime() - began_ns) / 1e9)) {
                    Thread.sleep(1);
                    continue;
                }
                SiteKey site = sites[(int) (offered % SITES)];
                long n = offered / SITES;
                double level = n % 100 == 99 ? 110 : 48 + n % 7;
                SiteEvent event = Scenario.observed(
                        site, "mic-" + (1 + n % 3), Instant.now(), new Result.Quantity(level + n * 1e-9));
                while (!platform.log().offer(event, failure -> acknowledged.incrementAndGet())) {
                    CountDownLatch room = new CountDownLatch(1);
                    platform.log().onRoom(room::countDown);
                    room.await();
                }
                offered++;
            }
            double offering_s = (System.nanoTime() - began_ns) / 1e9;
            while (platform.status().folds().events() < offered + SITES) {
                Thread.sleep(5);
            }
            double folding_s = (System.nanoTime() - began_ns) / 1e9;
            int count = (int) Math.min(most, seen.get());
            long[] sorted = Arrays.copyOf(latency_ns, count);
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "offered %d in %.1f s (%.0f/s), folded after %.1f s (%.0f/s); %d bangs, latency p50 %.1f ms, p99 %.1f ms%n",
                    offered,
                    offering_s,
                    offered / offering_s,
                    folding_s,
                    offered / folding_s,
                    count,
                    count == 0 ? Double.NaN : sorted[count / 2] / 1e6,
                    count == 0 ? Double.NaN : sorted[count * 99 / 100] / 1e6);
        }
    }
}
