// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.likelihood;

/**
 * Log-likelihood ratios ln P(observed | it is so) / P(observed | it is not), natural logarithm.
 *
 * <p>Every model of what happens when nothing is wrong is contaminated (Huber 1964, Ann. Math. Statist. 35): with probability
 * epsilon something harmless that the model does not know explains the observation just as well. This keeps the ratio from
 * claiming more than the model's tail can know, and finite. A detection never weighs against what it claims.
 */
public final class LikelihoodRatio {

    /**
     * No single detection weighs more than this (about 1100 : 1), whatever its model says: the chance that a sensor is wrongly
     * installed, mixed up or tested without notice is of that order.
     */
    public static final double BOUND = 7;
    /** The window in which false alarms are counted: a false alarm within it can be taken for the thing itself. */
    public static final double REFERENCE_WINDOW_S = 60;

    private static final double SECONDS_PER_HOUR = 3600;

    private LikelihoodRatio() {}

    /** {@code value}, kept within 0 and {@link #BOUND}. */
    public static double bounded(double value) {
        return Math.clamp(value, 0, BOUND);
    }

    /**
     * Of something that either is observed or not: ln(hit rate / false-alarm probability).
     *
     * @param hitRate P(observed | it is so)
     * @param falseAlarm P(observed | it is not)
     */
    public static double ofRates(double hitRate, double falseAlarm) {
        return bounded(StrictMath.log(hitRate / falseAlarm));
    }

    /** The probability of at least one false alarm within the reference window. */
    public static double falseAlarmProbability(double falseAlarms_per_h) {
        return -StrictMath.expm1(-falseAlarms_per_h * REFERENCE_WINDOW_S / SECONDS_PER_HOUR);
    }

    /**
     * Of a measure at least as extreme as this: ln(h / ((1 - e) p + e)).
     *
     * @param hitRate h: P(at least this extreme | it is so)
     * @param tail p: P(at least this extreme | it is not), by the model of what is usual
     * @param contamination e: P(something harmless that the model does not know)
     */
    public static double ofTail(double hitRate, double tail, double contamination) {
        return bounded(StrictMath.log(hitRate / ((1 - contamination) * tail + contamination)));
    }

    /**
     * Of a log-likelihood ratio that another model gives, both of whose hypotheses are contaminated by each other: ln of
     * ((1 - e) L + e) / (e L + 1 - e), between -ln((1 - e) / e) and ln((1 - e) / e). It may speak against.
     */
    public static double contaminated(double logRatio, double contamination) {
        double sign = Math.signum(logRatio);
        double inverse = StrictMath.exp(-Math.abs(logRatio));
        double ratio = (1 - contamination + contamination * inverse) / (contamination + (1 - contamination) * inverse);
        return sign * StrictMath.log(ratio);
    }

    /**
     * What {@code n} equal claims that share errors weigh together, with T the sum of their log-likelihood ratios and M the largest
     * in size: T M / ((1 - rho) M + rho T) (Kish's design effect), which never passes M / rho.
     */
    public static double together(double sum, double largest, double correlation) {
        return sum > largest && largest > 0 ? sum * largest / ((1 - correlation) * largest + correlation * sum) : sum;
    }

    /**
     * Of a measure {@code z} standard errors above a limit, for "the true value is above it" against "it is below", with no
     * preference near the limit: ln of P(above) / P(below), each contaminated.
     */
    public static double ofSide(double z, double contamination) {
        double below = Tails.normalUpper(z);
        double above = 1 - below;
        return bounded(StrictMath.log(
                ((1 - contamination) * above + contamination / 2) / ((1 - contamination) * below + contamination / 2)));
    }
}
