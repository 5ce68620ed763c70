// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

/** Butterworth's high pass of second order (bilinear transform), and what it leaves of each frame. */
final class HighPass {

    /** Below this what is left in the filter is nothing, and numbers too small for the processor's fast way are avoided. */
    private static final double NOTHING = 1e-30;

    private final double b0;
    private final double a1;
    private final double a2;
    private double s1;
    private double s2;
    private double meanSquare;
    private float peak;

    HighPass(double corner_Hz) {
        double k = StrictMath.tan(Math.PI * corner_Hz / SoundClassifier.SAMPLE_RATE_HZ);
        double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
        b0 = norm;
        a1 = 2 * (k * k - 1) * norm;
        a2 = (1 - Math.sqrt(2) * k + k * k) * norm;
    }

    void measure(float[] samples) {
        double sum = 0;
        double highest = 0;
        double z1 = s1;
        double z2 = s2;
        for (float x : samples) {
            double y = b0 * x + z1;
            z1 = -2 * b0 * x - a1 * y + z2;
            z2 = b0 * x - a2 * y;
            double square = y * y;
            sum += square;
            highest = Math.max(highest, square);
        }
        s1 = Math.abs(z1) < NOTHING ? 0 : z1;
        s2 = Math.abs(z2) < NOTHING ? 0 : z2;
        meanSquare = sum / samples.length;
        peak = (float) Math.sqrt(highest);
    }

    double meanSquare() {
        return meanSquare;
    }

    float peak() {
        return peak;
    }
}
