// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/**
 * The bangs whose incidents are awaited. Each is known by its site and phenomenon time; its latency runs from the moment at
 * which it was to be sent (not that at which a stalled generator managed to) to the arrival of a change whose last evidence it
 * is. Where one change brings several bangs at once, the earlier ones have been seen with it as well: a site's order is kept.
 */
final class Probes {

    private static final long HIGHEST_US = 600_000_000L;

    private final Map<String, TreeMap<Long, Long>> awaited = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private Histogram latency_us = new Histogram(HIGHEST_US, 3);
    private long sent;
    private long merged;

    /** Forgets everything, for a new measurement. */
    synchronized void begin() {
        awaited.clear();
        samples.clear();
        latency_us = new Histogram(HIGHEST_US, 3);
        sent = 0;
        merged = 0;
    }

    /**
     * Awaits a bang.
     *
     * @param time_ms its phenomenon time
     * @param due_ns when it was to be sent, of {@link System#nanoTime()}
     * @return false if the site has one at this very millisecond: it could not be told from that
     */
    synchronized boolean await(String site, long time_ms, long due_ns) {
        if (awaited.computeIfAbsent(site, _ -> new TreeMap<>()).putIfAbsent(time_ms, due_ns) != null) {
            return false;
        }
        sent++;
        return true;
    }

    /** A change of an incident came. */
    synchronized void seen(String site, long lastEvidence_ms, long arrival_ns) {
        TreeMap<Long, Long> ofSite = awaited.get(site);
        if (ofSite == null) {
            return;
        }
        Iterator<Map.Entry<Long, Long>> upTo =
                ofSite.headMap(lastEvidence_ms, true).entrySet().iterator();
        while (upTo.hasNext()) {
            Map.Entry<Long, Long> probe = upTo.next();
            long us = Math.clamp((arrival_ns - probe.getValue()) / 1_000, 0, HIGHEST_US);
            latency_us.recordValue(us);
            samples.add(new Sample(probe.getValue(), us));
            if (probe.getKey() != lastEvidence_ms) {
                merged++;
            }
            upTo.remove();
        }
    }

    synchronized boolean areAllSeen() {
        return awaited.values().stream().allMatch(Map::isEmpty);
    }

    /** What was seen until now. */
    synchronized Seen result() {
        long lost = awaited.values().stream().mapToLong(Map::size).sum();
        return new Seen(
                sent,
                latency_us.getTotalCount(),
                merged,
                lost,
                latency_us.getValueAtPercentile(50) / 1e3,
                latency_us.getValueAtPercentile(99) / 1e3,
                latency_us.getMaxValue() / 1e3,
                List.copyOf(samples));
    }

    /**
     * How the bangs fared.
     *
     * @param sent bangs sent
     * @param seen bangs that came to the screen
     * @param merged those of them that came with a later one's change
     * @param lost bangs that never came
     * @param samples those that came, in the order of their coming
     */
    record Seen(
            long sent,
            long seen,
            long merged,
            long lost,
            double p50_ms,
            double p99_ms,
            double max_ms,
            List<Sample> samples) {}

    /**
     * One bang.
     *
     * @param due_ns when it was to be sent, of {@link System#nanoTime()}
     */
    record Sample(long due_ns, long latency_us) {}
}
