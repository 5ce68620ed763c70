// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When samples were taken of which nobody says it: at the latest when they arrived. A block that came with less delay than those before
 * moves the beginning of the stream back; later ones move it on no faster than clocks drift. So the times of a stream that comes in
 * fits and starts run as evenly as its samples were taken. For one thread.
 */
final class ArrivalClock {

    private static final double NANOS_PER_S = 1e9;
    /** How much faster or slower than ours the sender's clock may run. */
    private static final double DRIFT = 200e-6;
    /** A delay beyond this is no delay, but a gap in which nothing was sent. */
    private static final double GAP_S = 3;

    private final int rate_Hz;
    private long taken;
    private @Nullable Instant start;

    ArrivalClock(int rate_Hz) {
        this.rate_Hz = rate_Hz;
    }

    /** When the first sample of a block of so many was taken, which has arrived just now. */
    Instant firstOf(int samples, Instant now) {
        Instant earliest = plus(now, -(double) (taken + samples) / rate_Hz);
        Instant known = start;
        double behind_s = known == null ? 0 : seconds(known, earliest);
        Instant next;
        if (known == null || behind_s < 0 || behind_s > GAP_S) {
            next = earliest;
        } else {
            next = plus(known, Math.min(behind_s, DRIFT * samples / rate_Hz));
        }
        start = next;
        Instant first = plus(next, (double) taken / rate_Hz);
        taken += samples;
        return first;
    }

    private static Instant plus(Instant time, double seconds) {
        return time.plusNanos(Math.round(seconds * NANOS_PER_S));
    }

    private static double seconds(Instant from, Instant to) {
        return (to.getEpochSecond() - from.getEpochSecond()) + (to.getNano() - from.getNano()) / NANOS_PER_S;
    }
}
