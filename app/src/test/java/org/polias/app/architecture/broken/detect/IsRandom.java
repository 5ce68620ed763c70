// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.detect;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;

/** Against the rules of engines. */
final class IsRandom {

    private IsRandom() {}

    static int random() {
        return new Random(1).nextInt();
    }

    static double unseeded() {
        return new SplittableRandom().nextDouble();
    }

    static UUID uuid() {
        return UUID.randomUUID();
    }
}
