// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/**
 * How an arrival's time may come about: P(arrival at t | the direct sound is due at t - r), a density over the residual r in seconds.
 *
 * <pre>
 *   p(r) = (1 - e - f) N(r; 0, sigma)            the direct sound, timed to sigma
 *        + e Phi(r / sigma) s / (max(r, 0) + s)^2  an echo instead of it: echoes only ever arrive late; heavy-tailed, median s
 *        + f / W                                 something else, at any time within the window W
 * </pre>
 *
 * @param echoShare e: how often an echo is reported instead of the direct sound
 * @param echoScale_s s: half of the echoes arrive later than this
 * @param falseShare f: how often an arrival has nothing to do with the sound, or a clock is wrong
 * @param window_s W
 */
record ArrivalModel(double echoShare, double echoScale_s, double falseShare, double window_s) {

    static final double SQRT_TWO_PI = 2.506_628_274_631_000_5;

    // Abramowitz and Stegun 7.1.26: the error function to 1.5e-7, with the exponential that the Gaussian needs anyway.
    private static final double P = 0.327_591_1 / Math.sqrt(2);
    private static final double A1 = 0.254_829_592;
    private static final double A2 = -0.284_496_736;
    private static final double A3 = 1.421_413_741;
    private static final double A4 = -1.453_152_027;
    private static final double A5 = 1.061_405_429;

    /** p(r) in units of the Gaussian's peak, 1 / (sigma sqrt(2 pi)). */
    double relativeDensity(double residual_s, double sigma_s) {
        double z = residual_s / sigma_s;
        double gauss = StrictMath.exp(-z * z / 2);
        return (1 - echoShare - falseShare) * gauss
                + SQRT_TWO_PI * sigma_s * (late(residual_s, z, gauss) + falseShare / window_s);
    }

    /** The probability that an arrival with this residual is the direct sound, given that it is one of the three. */
    double directShare(double residual_s, double sigma_s) {
        double z = residual_s / sigma_s;
        double gauss = (1 - echoShare - falseShare) * StrictMath.exp(-z * z / 2);
        return gauss / relativeDensity(residual_s, sigma_s);
    }

    /** The probability that an arrival with this residual is an echo, given that it is one of the three. */
    double echoProbability(double residual_s, double sigma_s) {
        double z = residual_s / sigma_s;
        double late = SQRT_TWO_PI * sigma_s * late(residual_s, z, StrictMath.exp(-z * z / 2));
        return late / relativeDensity(residual_s, sigma_s);
    }

    private double late(double residual_s, double z, double gauss) {
        double after = Math.max(residual_s, 0) + echoScale_s;
        return echoShare * normalLower(z, gauss) * echoScale_s / (after * after);
    }

    /** Phi(z) to 1e-7. */
    static double normalLower(double z) {
        return normalLower(z, StrictMath.exp(-z * z / 2));
    }

    /** Phi(z), given exp(-z^2 / 2). */
    private static double normalLower(double z, double gauss) {
        double t = 1 / (1 + P * Math.abs(z));
        double upper = gauss * t * (A1 + t * (A2 + t * (A3 + t * (A4 + t * A5)))) / 2;
        return z > 0 ? 1 - upper : upper;
    }
}
