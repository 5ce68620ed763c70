// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/**
 * A second-order section y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2], with the designs of Bristow-Johnson's
 * "Cookbook formulae for audio EQ". Frequencies in Hz, gains in dB.
 */
public record Filter(double b0, double b1, double b2, double a1, double a2) {

    /** -12 dB an octave above {@code frequency_Hz}. */
    public static Filter lowPass(double frequency_Hz, double q) {
        double w = angle(frequency_Hz);
        double cos = StrictMath.cos(w);
        double alpha = StrictMath.sin(w) / (2 * q);
        return normalised((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /** -12 dB an octave below {@code frequency_Hz}. */
    public static Filter highPass(double frequency_Hz, double q) {
        double w = angle(frequency_Hz);
        double cos = StrictMath.cos(w);
        double alpha = StrictMath.sin(w) / (2 * q);
        return normalised((1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /** Unity at {@code frequency_Hz}, less beside it. */
    public static Filter bandPass(double frequency_Hz, double q) {
        double w = angle(frequency_Hz);
        double alpha = StrictMath.sin(w) / (2 * q);
        return normalised(alpha, 0, -alpha, 1 + alpha, -2 * StrictMath.cos(w), 1 - alpha);
    }

    /** {@code gain_dB} at {@code frequency_Hz}, none far from it. */
    public static Filter peak(double frequency_Hz, double q, double gain_dB) {
        double w = angle(frequency_Hz);
        double alpha = StrictMath.sin(w) / (2 * q);
        double a = StrictMath.pow(10, gain_dB / 40);
        double cos = StrictMath.cos(w);
        return normalised(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
    }

    /** {@code gain_dB} well above {@code frequency_Hz}, none well below it. */
    public static Filter highShelf(double frequency_Hz, double gain_dB) {
        double w = angle(frequency_Hz);
        double a = StrictMath.pow(10, gain_dB / 40);
        double cos = StrictMath.cos(w);
        double beta = StrictMath.sqrt(2 * a) * StrictMath.sin(w);
        return normalised(
                a * (a + 1 + (a - 1) * cos + beta),
                -2 * a * (a - 1 + (a + 1) * cos),
                a * (a + 1 + (a - 1) * cos - beta),
                a + 1 - (a - 1) * cos + beta,
                2 * (a - 1 - (a + 1) * cos),
                a + 1 - (a - 1) * cos - beta);
    }

    /** -6 dB an octave above {@code frequency_Hz}. */
    public static Filter onePole(double frequency_Hz) {
        double decay = StrictMath.exp(-2 * StrictMath.PI * frequency_Hz / Signal.RATE_HZ);
        return new Filter(1 - decay, 0, 0, -decay, 0);
    }

    /** A damped oscillation that a unit impulse sets off: frequency, and the time in which it decays by 60 dB. */
    public static Filter resonator(double frequency_Hz, double decay_s) {
        double r = StrictMath.exp(-6.907755278982137 / (decay_s * Signal.RATE_HZ));
        double w = angle(frequency_Hz);
        return new Filter(0, StrictMath.sin(w) * r, 0, -2 * r * StrictMath.cos(w), r * r);
    }

    /** Filters in place, beginning at rest; returns the same array. */
    public double[] apply(double[] x) {
        double x1 = 0;
        double x2 = 0;
        double y1 = 0;
        double y2 = 0;
        for (int n = 0; n < x.length; n++) {
            double in = x[n];
            // The tiny number keeps the tail of a decay away from the slow denormal numbers.
            double out = b0 * in + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2 + 1e-30;
            x2 = x1;
            x1 = in;
            y2 = y1;
            y1 = out;
            x[n] = out;
        }
        return x;
    }

    private static double angle(double frequency_Hz) {
        return 2 * StrictMath.PI * Math.min(frequency_Hz, 0.49 * Signal.RATE_HZ) / Signal.RATE_HZ;
    }

    private static Filter normalised(double b0, double b1, double b2, double a0, double a1, double a2) {
        return new Filter(b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);
    }
}
