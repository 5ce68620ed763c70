// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.fuse.DefaultFusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.stream.log.RecordedLog;
import org.polias.stream.log.Topic;
import org.polias.stream.replay.Replay;

import static org.assertj.core.api.Assertions.assertThat;

class CrashIT {

    private static final int CRASHES = 3;

    @TempDir
    Path directory;

    @Test
    void aPlatformThatIsKilledAgainAndAgainMakesOfEachRecordWhatAnUndisturbedOneMakes() throws Exception {
        Random random = new Random(11);
        for (int crash = 0; crash < CRASHES; crash++) {
            Process process = startProcess();
            try (BufferedReader out = process.inputReader()) {
                assertThat(out.readLine()).startsWith("feeding from");
                // Killed while it folds, or soon after it was complete: both are fine.
                process.waitFor(300 + random.nextInt(900), TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly();
                process.waitFor();
            }
        }
        List<SiteEvent> life = CrashingPlatform.life();
        List<SiteOutcome> expected = Replay.run(life.stream(), new DefaultFusion(), (event, part, failure) -> {
            throw new AssertionError(part, failure);
        });
        try (StreamPlatform platform = StreamPlatform.start(
                CrashingPlatform.settings(directory), new DefaultFusion(), InstantSource.system(), why -> {})) {
            List<SiteEvent> recorded = new ArrayList<>();
            RecordedLog.read(platform.client(), Topic.SITE_EVENTS, record -> recorded.add(record.value()));
            assertThat(recorded).isNotEmpty();
            assertThat(recorded.equals(life.subList(0, recorded.size())))
                    .as("each acknowledged record is in the log once, in order")
                    .isTrue();
            Semaphore acknowledged = new Semaphore(0);
            List<SiteEvent> rest = life.subList(recorded.size(), life.size());
            for (SiteEvent event : rest) {
                assertThat(platform.log().offer(event, failure -> acknowledged.release()))
                        .isTrue();
            }
            assertThat(acknowledged.tryAcquire(rest.size(), 10, TimeUnit.SECONDS))
                    .isTrue();
            try (OutcomeCollector collector = new OutcomeCollector(platform.client())) {
                List<SiteOutcome> outcomes =
                        collector.await(CrashingPlatform.SITE, expected.size(), Duration.ofSeconds(15));
                for (int i = 0; i < Math.min(outcomes.size(), expected.size()); i++) {
                    assertThat(outcomes.get(i)).as("outcome %d", i).isEqualTo(expected.get(i));
                }
                assertThat(outcomes).hasSameSizeAs(expected);
            }
        }
    }

    private Process startProcess() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingPlatform.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
