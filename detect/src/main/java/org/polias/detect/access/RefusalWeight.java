// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.access;

import java.time.Duration;

import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.likelihood.Tails;

/** What repeated refusals weigh: the surprise of so many by chance, and the worn card that is tried again and again. */
final class RefusalWeight {

    private static final double HIT_RATE = 0.8;
    private static final double WORN_CARD = 0.05;
    private static final double MS_PER_HOUR = 3_600_000;

    private RefusalWeight() {}

    static double of(int refusals, Duration window, double usual_per_h) {
        double surprise = Tails.poissonSurprise(refusals, usual_per_h * window.toMillis() / MS_PER_HOUR);
        return LikelihoodRatio.ofTail(HIT_RATE, StrictMath.exp(-surprise), WORN_CARD);
    }
}
