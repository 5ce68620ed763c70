// SPDX-License-Identifier: Apache-2.0
package org.polias.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.polias.model.event.SiteOutcome;
import org.polias.model.id.SiteKey;
import org.polias.stream.log.LogReader;
import org.polias.stream.log.LogRecord;
import org.polias.stream.log.RepeatedOutcomes;
import org.polias.stream.log.Topic;

/** Collects the outcomes of a log, each once, by site. */
final class OutcomeCollector implements AutoCloseable {

    private final RepeatedOutcomes repeated = new RepeatedOutcomes();
    private final Map<SiteKey, List<SiteOutcome>> outcomes = new TreeMap<>();
    private final LogReader<SiteOutcome> reader;
    private int repeats;

    OutcomeCollector(Map<String, Object> client) {
        reader = LogReader.start(client, Topic.OUTCOMES, new LogReader.Start.At(Map.of()), 1000, this::take);
    }

    private synchronized void take(List<LogRecord<SiteOutcome>> batch) {
        for (LogRecord<SiteOutcome> record : batch) {
            if (repeated.isNew(record)) {
                outcomes.computeIfAbsent(record.value().site(), site -> new ArrayList<>())
                        .add(record.value());
            } else {
                repeats++;
            }
        }
        notifyAll();
    }

    /** The outcomes of a site once there are {@code count}, or those that there are when patience ends. */
    synchronized List<SiteOutcome> await(SiteKey site, int count, Duration patience) throws InterruptedException {
        long until_ns = System.nanoTime() + patience.toNanos();
        while (outcomes.getOrDefault(site, List.of()).size() < count) {
            long left_ms = (until_ns - System.nanoTime()) / 1_000_000;
            if (left_ms <= 0) {
                break;
            }
            wait(left_ms);
        }
        return List.copyOf(outcomes.getOrDefault(site, List.of()));
    }

    /** How many outcomes came a second time. */
    synchronized int repeats() {
        return repeats;
    }

    @Override
    public void close() {
        reader.close();
    }
}
