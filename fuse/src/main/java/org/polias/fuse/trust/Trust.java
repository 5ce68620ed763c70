// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.trust;

import java.time.Duration;

/**
 * How far a sensor's word is believed. Whether it lies (or is broken in a way that looks like it) has odds that grow with every claim that its
 * neighbours contradict, sink with every claim that they bear out, and return to what is thought of any sensor as time passes:
 *
 * <pre>
 *   ln odds = ln(0.02 / 0.98) + (2.3 contradicted - 1.1 borne out) 2^(-t / 1 h),     within -6 and 6
 * </pre>
 *
 * A claim with the likelihood ratio L by a sensor that lies with probability u, and then claims thirty times as often as an honest one errs, weighs
 *
 * <pre>
 *   ln ( ((1 - u) L + 30 u) / (1 - u + 30 u) )
 * </pre>
 *
 * which is ln L for u = 0 and nothing for u = 1. The factors are engineering judgement: a contradiction is ten times as probable of a liar as
 * of an honest sensor's false alarm, a claim that is borne out a third as probable.
 */
public final class Trust {

    /** From this probability on a sensor is named as one that is not believed. */
    public static final double NAMED_FROM = 0.5;

    private static final double PRIOR_LOG_ODDS = StrictMath.log(0.02 / 0.98);
    private static final double CONTRADICTED = 2.3;
    private static final double BORNE_OUT = -1.1;
    private static final double MOST = 6;
    private static final double LIES_MORE_OFTEN = 30;
    private static final Duration HALF_LIFE = Duration.ofHours(1);

    private Trust() {}

    /** The factor by which what was seen {@code age} ago counts less. */
    static double fading(Duration age) {
        double halves = Math.max(0, age.toMillis()) / (double) HALF_LIFE.toMillis();
        return StrictMath.exp(-halves * StrictMath.log(2));
    }

    /** The probability that a sensor lies of which so many claims were contradicted and borne out; of one of which none was, 0. */
    static double liesWith(double contradicted, double borneOut) {
        if (contradicted == 0) {
            return 0;
        }
        double logOdds = Math.clamp(PRIOR_LOG_ODDS + CONTRADICTED * contradicted + BORNE_OUT * borneOut, -MOST, MOST);
        return 1 / (1 + StrictMath.exp(-logOdds));
    }

    /** What a claim with {@code logLikelihoodRatio} weighs if its sensor lies with the probability {@code lies}. */
    public static double weigh(double logLikelihoodRatio, double lies) {
        if (lies == 0) {
            return logLikelihoodRatio;
        }
        double falsely = lies * LIES_MORE_OFTEN;
        double honest = 1 - lies;
        // For a large L the exponential would overflow: it is taken out of the numerator.
        double numerator = logLikelihoodRatio > 0
                ? logLikelihoodRatio + StrictMath.log(honest + falsely * StrictMath.exp(-logLikelihoodRatio))
                : StrictMath.log(honest * StrictMath.exp(logLikelihoodRatio) + falsely);
        return numerator - StrictMath.log(honest + falsely);
    }
}
