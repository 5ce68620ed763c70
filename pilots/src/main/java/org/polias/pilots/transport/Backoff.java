// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.time.Duration;
import java.time.Instant;

/** When to try again: after 0.5 s, then twice as long each time, up to 5 s. Thread-safe. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration wait = FIRST;
    private Instant next = Instant.MIN;

    synchronized boolean allows(Instant now) {
        return !now.isBefore(next);
    }

    synchronized void failed(Instant now) {
        next = now.plus(wait);
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    synchronized void succeeded() {
        wait = FIRST;
        next = Instant.MIN;
    }
}
