// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;

import org.polias.fuse.DefaultFusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.id.SiteKey;
import org.polias.stream.broker.Durability;
import org.polias.stream.log.RecordedLog;
import org.polias.stream.log.Topic;

/** A platform in a process of its own that takes in a scenario from where its log ends, until somebody kills it. */
public final class CrashingPlatform {

    static final SiteKey SITE = SiteKey.parse("test/crashing");
    /** So few at a time that it is killed in the middle. */
    private static final int BURST = 25;

    private CrashingPlatform() {}

    static List<SiteEvent> life() {
        return Scenario.life(SITE, 900, 5);
    }

    static StreamSettings settings(Path directory) {
        return StreamSettings.embedded(directory, Durability.PROCESS)
                .withPartitions(1)
                .withoutTicks()
                .withCommits(Duration.ofMillis(150), 200);
    }

    /** @param arguments the data directory */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (StreamPlatform platform = StreamPlatform.start(
                settings(directory), new DefaultFusion(), InstantSource.system(), System.err::println)) {
            long durable = RecordedLog.read(platform.client(), Topic.SITE_EVENTS, record -> {})
                    .records();
            platform.awaitReady(Duration.ofSeconds(30));
            System.out.println("feeding from " + durable);
            List<SiteEvent> life = life();
            Semaphore acknowledged = new Semaphore(0);
            for (int i = (int) durable; i < life.size(); i += BURST) {
                List<SiteEvent> burst = life.subList(i, Math.min(life.size(), i + BURST));
                for (SiteEvent event : burst) {
                    platform.log().offer(event, failure -> acknowledged.release());
                }
                acknowledged.acquire(burst.size());
                Thread.sleep(10);
            }
            System.out.println("complete");
            Thread.currentThread().join();
        }
    }
}
