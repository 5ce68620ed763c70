// SPDX-License-Identifier: Apache-2.0
package org.polias.app.live;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

/** Tells the screens at intervals what is not worth a message each: readings twice a second, the platform's numbers every two. */
public final class LiveBeat implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LiveBeat.class);
    private static final Duration READINGS = Duration.ofMillis(500);
    private static final Duration STATS = Duration.ofSeconds(2);

    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("polias-live-beat").daemon().factory());

    public LiveBeat(LivePicture picture, Supplier<LiveMessage.Stats> stats) {
        every(READINGS, picture::tellReadings);
        every(STATS, () -> picture.tellStats(stats.get()));
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }

    private void every(Duration interval, Runnable beat) {
        beats.scheduleAtFixedRate(
                () -> {
                    try {
                        beat.run();
                    } catch (RuntimeException e) {
                        // A beat that fails must not be the last one.
                        LOG.error("The screens could not be told", e);
                    }
                },
                0,
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
