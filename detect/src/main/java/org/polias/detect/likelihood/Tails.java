// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.likelihood;

/**
 * Tails of distributions. All in {@link StrictMath}, whose results are the same to the bit on every machine, as a replay needs.
 */
public final class Tails {

    private static final double SQRT_TWO_PI = 2.506_628_274_631_000_5;
    /** From here on the series of {@link #normalUpper} loses digits and the continued fraction converges fast. */
    private static final double SERIES_LIMIT = 3;
    /** Beyond this many standard deviations the tail is below the smallest double. */
    private static final double NORMAL_LIMIT = 38;

    private Tails() {}

    /**
     * Q(z): the probability that a standard normal variable exceeds {@code z}. Abramowitz and Stegun 26.2.11 (series) near zero,
     * 26.2.14 (continued fraction) in the tail; relative error below 1e-12 for |z| up to 30.
     */
    public static double normalUpper(double z) {
        if (z < 0) {
            return 1 - normalUpper(-z);
        }
        if (z > NORMAL_LIMIT) {
            return 0;
        }
        double density = StrictMath.exp(-z * z / 2) / SQRT_TWO_PI;
        if (z < SERIES_LIMIT) {
            double term = z;
            double sum = z;
            for (int k = 3; term > 1e-17 * sum; k += 2) {
                term *= z * z / k;
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = z;
        for (int k = 60; k >= 1; k--) {
            fraction = z + k / fraction;
        }
        return density / fraction;
    }

    /**
     * The surprise -ln P(N at least {@code n}) of a Poisson variable N with the given mean (the "Poisson surprise" of Legendy and
     * Salcman 1985, J. Neurophysiology 53); 0 where {@code n} is not above the mean.
     */
    public static double poissonSurprise(long n, double mean) {
        if (n <= mean || n <= 0) {
            return 0;
        }
        if (mean <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double logFirst = n * StrictMath.log(mean) - mean - logFactorial(n);
        double term = 1;
        double sum = 1;
        for (long k = n + 1; term > 1e-16 * sum; k++) {
            term *= mean / k;
            sum += term;
        }
        return Math.max(0, -(logFirst + StrictMath.log(sum)));
    }

    /**
     * The surprise -ln P(N at least {@code n}) of a binomial variable N of {@code trials} trials with the given probability; 0
     * where {@code n} is not above the mean.
     */
    public static double binomialSurprise(int n, int trials, double probability) {
        if (n > trials) {
            return Double.POSITIVE_INFINITY;
        }
        if (n <= trials * probability || n <= 0) {
            return 0;
        }
        if (probability <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double logFirst = logFactorial(trials)
                - logFactorial(n)
                - logFactorial(trials - n)
                + n * StrictMath.log(probability)
                + (trials - n) * StrictMath.log1p(-probability);
        double odds = probability / (1 - probability);
        double term = 1;
        double sum = 1;
        for (int k = n; k < trials && term > 1e-16 * sum; k++) {
            term *= odds * (trials - k) / (k + 1);
            sum += term;
        }
        return Math.max(0, -(logFirst + StrictMath.log(sum)));
    }

    /** ln n!: summed for small n, else Stirling's series (Abramowitz and Stegun 6.1.41), whose error is then below 1e-12. */
    static double logFactorial(long n) {
        if (n < 20) {
            double product = 1;
            for (long k = 2; k <= n; k++) {
                product *= k;
            }
            return StrictMath.log(product);
        }
        double x = n + 1.0;
        return (x - 0.5) * StrictMath.log(x)
                - x
                + 0.918_938_533_204_672_7
                + 1 / (12 * x)
                - 1 / (360 * x * x * x)
                + 1 / (1260 * x * x * x * x * x);
    }
}
