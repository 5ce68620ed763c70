// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

/**
 * Sound levels as a sound level meter gives them (IEC 61672-1), at 16 kHz: fast time weighting (125 ms) of the A-weighted sound, its
 * energy, and the unweighted peak. Levels are in dB re full scale, of which a square wave of amplitude 1 has 0; whoever knows how
 * loud that is adds it.
 *
 * <p>A-weighting is the standard's four poles at 20.6 (twice), 107.7 and 737.9 Hz by the bilinear transform, and in place of the two
 * at 12,194 Hz, which is above what 16 kHz hold, a filter of five samples that is as strong as they are at 4 and 8 kHz. It deviates
 * by at most 0.12 dB up to 4 kHz and 0.45 dB above, which is within class 1.
 *
 * <p>For one thread; it allocates nothing.
 */
public final class Levels {

    /** The fast time weighting. */
    static final double FAST_S = 0.125;
    /** What is said of silence. */
    static final double SILENCE_DB = -120;

    private static final double[] POLES_HZ = {20.6, 20.6, 107.7, 737.9};
    private static final double UPPER_POLE_HZ = 12_194;
    private static final double NOTHING = 1e-30;

    private final double[] b = new double[POLES_HZ.length];
    private final double[] a = new double[POLES_HZ.length];
    private final double outer;
    private final double inner;
    private final double middle;
    private final double fastWeight = 1 - StrictMath.exp(-1 / (FAST_S * SoundClassifier.SAMPLE_RATE_HZ));

    private final double[] weighted = new double[ImpulseTrigger.FRAME_SAMPLES + 4];
    private final double[] state = new double[POLES_HZ.length];
    private double fast;
    private double highestFast;
    private double peak;
    private double sum;
    private long count;
    private double frameHighestFast;
    private double framePeak;

    public Levels() {
        for (int i = 0; i < POLES_HZ.length; i++) {
            double k = StrictMath.tan(Math.PI * POLES_HZ[i] / SoundClassifier.SAMPLE_RATE_HZ);
            b[i] = 1 / (1 + k);
            a[i] = (k - 1) / (k + 1);
        }
        double at4k = upper(4000);
        double at8k = upper(8000);
        double first = (1 - at8k) / 4;
        double second = (1 - 2 * first - at4k) / 4;
        double gain = 1 / magnitude(1000, first, second);
        outer = second * gain;
        inner = first * gain;
        middle = (1 - 2 * first - 2 * second) * gain;
    }

    /** Takes in a frame of {@link ImpulseTrigger#FRAME_SAMPLES} samples without a steady offset. */
    public void take(float[] samples) {
        int n = samples.length;
        // The last four of the frame before, for the filter of five.
        System.arraycopy(weighted, n, weighted, 0, 4);
        double highest = 0;
        for (int i = 0; i < n; i++) {
            weighted[i + 4] = samples[i];
            highest = Math.max(highest, Math.abs(samples[i]));
        }
        framePeak = highest;
        peak = Math.max(peak, highest);
        for (int p = 0; p < POLES_HZ.length; p++) {
            double z = state[p];
            double b0 = b[p];
            double a1 = a[p];
            for (int i = 4; i < n + 4; i++) {
                double x = b0 * weighted[i];
                double y = x + z;
                z = -x - a1 * y;
                weighted[i] = y;
            }
            state[p] = Math.abs(z) < NOTHING ? 0 : z;
        }
        double level = fast;
        highest = 0;
        double energy = 0;
        for (int i = 0; i < n; i++) {
            double y = outer * (weighted[i] + weighted[i + 4])
                    + inner * (weighted[i + 1] + weighted[i + 3])
                    + middle * weighted[i + 2];
            double square = y * y;
            energy += square;
            level += fastWeight * (square - level);
            highest = Math.max(highest, level);
        }
        fast = level < NOTHING ? 0 : level;
        frameHighestFast = highest;
        highestFast = Math.max(highestFast, highest);
        sum += energy;
        count += n;
    }

    /** The highest fast level within the newest frame. */
    public double frameFast_dB() {
        return decibels(frameHighestFast);
    }

    /** The highest unweighted amplitude within the newest frame. */
    public double framePeak_dB() {
        return decibels(framePeak * framePeak);
    }

    /** The fast level now. */
    public double fast_dB() {
        return decibels(fast);
    }

    /** The highest fast level since the last {@link #begin()}. */
    public double highestFast_dB() {
        return decibels(highestFast);
    }

    /** The level of the mean energy since the last {@link #begin()}. */
    public double equivalent_dB() {
        return decibels(count == 0 ? 0 : sum / count);
    }

    /** The highest unweighted amplitude since the last {@link #begin()}. */
    public double peak_dB() {
        return decibels(peak * peak);
    }

    /** Begins a new interval. */
    public void begin() {
        highestFast = fast;
        peak = 0;
        sum = 0;
        count = 0;
    }

    private static double decibels(double energy) {
        return energy <= 1e-12 ? SILENCE_DB : 10 * StrictMath.log10(energy);
    }

    /** What the two upper poles leave of an amplitude. */
    private static double upper(double frequency_Hz) {
        double ratio = frequency_Hz / UPPER_POLE_HZ;
        return 1 / (1 + ratio * ratio);
    }

    /** What the filters leave of an amplitude, before it is brought to 1 at 1 kHz. */
    private double magnitude(double frequency_Hz, double first, double second) {
        double w = 2 * Math.PI * frequency_Hz / SoundClassifier.SAMPLE_RATE_HZ;
        double magnitude = 1 - 2 * first * (1 - StrictMath.cos(w)) - 2 * second * (1 - StrictMath.cos(2 * w));
        for (int i = 0; i < POLES_HZ.length; i++) {
            // |b (1 - z^-1)| / |1 + a z^-1|
            double above = 2 - 2 * StrictMath.cos(w);
            double below = 1 + a[i] * a[i] + 2 * a[i] * StrictMath.cos(w);
            magnitude *= b[i] * Math.sqrt(above / below);
        }
        return magnitude;
    }
}
