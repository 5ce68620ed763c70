// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** All that an engine needs. */
final class IsPure {

    private IsPure() {}

    static Instant later(Instant event) {
        return event.plus(Duration.ofSeconds(1));
    }

    static double seeded(long seed) {
        return new SplittableRandom(seed).nextDouble();
    }

    static Map<String, Double> sorted(Map<String, Double> weights) {
        return new TreeMap<>(weights);
    }
}
