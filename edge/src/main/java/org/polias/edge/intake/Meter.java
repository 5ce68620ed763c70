// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.concurrent.TimeUnit;

/** How many observations came in the last second: a sliding window put together of two fixed ones. Thread-safe. */
final class Meter {

    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(1);

    private long began_ns;
    private long before;
    private long sinceThen;

    Meter(long now_ns) {
        this.began_ns = now_ns;
    }

    /** Counts what came now, and says how many came within the last second. */
    synchronized double add(long now_ns, int observations) {
        long passed_ns = now_ns - began_ns;
        if (passed_ns >= WINDOW_NS) {
            before = passed_ns < 2 * WINDOW_NS ? sinceThen : 0;
            sinceThen = 0;
            passed_ns %= WINDOW_NS;
            began_ns = now_ns - passed_ns;
        }
        sinceThen += observations;
        double part = (double) Math.max(0, passed_ns) / WINDOW_NS;
        return before * (1 - part) + sinceThen;
    }
}
