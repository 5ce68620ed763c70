// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

/**
 * A {@link LogMel} patch that does not depend on how loud a recording is, nor on what a blast of air does to a microphone: the window loses
 * what is below {@value #LOWEST_HZ} Hz, and is brought to a peak of 1. For one thread.
 */
public final class LevelledPatch {

    /** How many numbers a patch has. */
    public static final int SIZE = LogMel.PATCH_FRAMES * LogMel.BANDS;

    private static final double LOWEST_HZ = 80;

    private final LogMel logMel = new LogMel();
    private final float[] levelled = new float[LogMel.PATCH_SAMPLES];
    private final double b;
    private final double a1;
    private final double a2;

    public LevelledPatch() {
        // A Butterworth high-pass of second order by the bilinear transform.
        double k = StrictMath.tan(Math.PI * LOWEST_HZ / SoundClassifier.SAMPLE_RATE_HZ);
        double norm = 1 / (1 + StrictMath.sqrt(2) * k + k * k);
        b = norm;
        a1 = 2 * (k * k - 1) * norm;
        a2 = (1 - StrictMath.sqrt(2) * k + k * k) * norm;
    }

    /** Writes the patch of a window into {@code patch}, which has room for {@value #SIZE} numbers. */
    public void of(float[] window, float[] patch) {
        // As if it had always been what it is at first: the window's edge must not bang.
        double x1 = window[0];
        double x2 = window[0];
        double y1 = 0;
        double y2 = 0;
        double peak = 0;
        for (int n = 0; n < levelled.length; n++) {
            double x = window[n];
            double y = b * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2 + 1e-30;
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
            levelled[n] = (float) y;
            peak = Math.max(peak, Math.abs(y));
        }
        float gain = peak > 1e-9 ? (float) (1 / peak) : 0;
        for (int n = 0; n < levelled.length; n++) {
            levelled[n] *= gain;
        }
        logMel.patch(levelled, 0, patch);
    }
}
