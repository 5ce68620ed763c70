// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.detect;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Supplier;

/** Against the rules of engines. */
final class ReadsTheClock {

    private ReadsTheClock() {}

    static Instant instant() {
        return Instant.now();
    }

    static long millis() {
        return System.currentTimeMillis();
    }

    static long nanos() {
        return System.nanoTime();
    }

    static LocalDate today() {
        return LocalDate.now();
    }

    static Clock clock() {
        return Clock.systemUTC();
    }

    static Supplier<Instant> reference() {
        return Instant::now;
    }
}
