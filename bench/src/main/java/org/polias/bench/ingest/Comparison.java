// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Latencies under two conditions that were measured in turn, and how their tails compare. The interval is a bootstrap over stretches of
 * {@value #BLOCK_S} s rather than over single latencies (a moving-block scheme without overlap; Kuensch 1989): what stalls one, stalls its
 * neighbours, and the interval must not be narrow for counting one stall many times.
 */
final class Comparison {

    private static final int BLOCK_S = 2;
    private static final int DRAWS = 1_000;
    private static final double TAIL = 0.99;

    private final List<long[]> plain;
    private final List<long[]> burdened;

    private Comparison(List<long[]> plain, List<long[]> burdened) {
        this.plain = plain;
        this.burdened = burdened;
    }

    static Comparison of(List<Probes.Sample> plain, List<Probes.Sample> burdened) {
        return new Comparison(blocks(plain), blocks(burdened));
    }

    private static List<long[]> blocks(List<Probes.Sample> samples) {
        Map<Long, List<Long>> blocks = new TreeMap<>();
        for (Probes.Sample sample : samples) {
            blocks.computeIfAbsent(sample.due_ns() / (BLOCK_S * 1_000_000_000L), _ -> new ArrayList<>())
                    .add(sample.latency_us());
        }
        return blocks.values().stream()
                .map(block -> block.stream().mapToLong(Long::longValue).toArray())
                .toList();
    }

    /** The latency in ms that a share of those without the burden does not exceed; NaN if there is none. */
    double plain_ms(double share) {
        return quantile(plain, share) / 1e3;
    }

    /** The same with the burden. */
    double burdened_ms(double share) {
        return quantile(burdened, share) / 1e3;
    }

    /** How many times as long the 99th percentile is with the burden. */
    double ratio() {
        return quantile(burdened, TAIL) / quantile(plain, TAIL);
    }

    /** Between which the ratio lies with a probability of 90 %. */
    double[] interval() {
        if (plain.isEmpty() || burdened.isEmpty()) {
            return new double[] {Double.NaN, Double.NaN};
        }
        Random random = new Random(1);
        double[] ratios = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            ratios[i] = quantile(draw(burdened, random), TAIL) / quantile(draw(plain, random), TAIL);
        }
        Arrays.sort(ratios);
        return new double[] {ratios[DRAWS / 20], ratios[DRAWS - DRAWS / 20 - 1]};
    }

    private static List<long[]> draw(List<long[]> blocks, Random random) {
        List<long[]> drawn = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            drawn.add(blocks.get(random.nextInt(blocks.size())));
        }
        return drawn;
    }

    /** Nearest rank, in us. */
    private static double quantile(List<long[]> blocks, double share) {
        long[] all = blocks.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return all.length == 0 ? Double.NaN : all[Math.max(0, (int) Math.ceil(share * all.length) - 1)];
    }
}
