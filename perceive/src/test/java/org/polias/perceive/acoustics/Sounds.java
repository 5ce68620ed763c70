// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.SplittableRandom;

/** Sounds to test with, at 16 kHz, each from a seed. */
final class Sounds {

    static final int RATE = SoundClassifier.SAMPLE_RATE_HZ;
    private static final int OVERSAMPLING = 8;

    private Sounds() {}

    enum Colour {
        WHITE,
        PINK,
        RUMBLE
    }

    static float[] silence(double seconds) {
        return new float[(int) Math.round(seconds * RATE)];
    }

    /** Noise of this root mean square. */
    static float[] noise(double seconds, double rms, Colour colour, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = silence(seconds);
        double a = 0;
        double b = 0;
        double c = 0;
        double low = 0;
        double energy = 0;
        for (int i = -4000; i < x.length; i++) {
            double white = random.nextGaussian();
            a = 0.99765 * a + white * 0.0990460;
            b = 0.96300 * b + white * 0.2965164;
            c = 0.57000 * c + white * 1.0526913;
            low = 0.95 * low + white;
            double y =
                    switch (colour) {
                        case WHITE -> white;
                        case PINK -> a + b + c + white * 0.1848;
                        case RUMBLE -> low;
                    };
            if (i >= 0) {
                x[i] = (float) y;
                energy += y * y;
            }
        }
        return scale(x, rms / Math.sqrt(energy / x.length));
    }

    static float[] scale(float[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= (float) factor;
        }
        return x;
    }

    /**
     * Adds a blast: a linear rise, then Friedlander's wave, averaged over each sample's own interval.
     *
     * @param at_s when its rise begins
     */
    static void addBlast(float[] x, double at_s, double amplitude, double rise_s, double positivePhase_s) {
        int first = Math.max(0, (int) (at_s * RATE) - 2);
        int last = Math.min(x.length, first + 4 + (int) ((rise_s + 12 * positivePhase_s) * RATE));
        for (int i = first; i < last; i++) {
            double sum = 0;
            for (int k = 0; k < OVERSAMPLING; k++) {
                double t = (i + (k + 0.5) / OVERSAMPLING - 0.5) / RATE - at_s;
                double after = (t - rise_s) / positivePhase_s;
                sum += t < 0 ? 0 : t < rise_s ? t / rise_s : (1 - after) * Math.exp(-after);
            }
            x[i] += (float) (amplitude * sum / OVERSAMPLING);
        }
    }

    /** Adds a decaying diffuse tail after a bang. */
    static void addTail(float[] x, double at_s, double amplitude, double decay60_s, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double low = 0;
        for (int i = (int) (at_s * RATE); i < x.length; i++) {
            double t = (double) i / RATE - at_s;
            low += 0.3 * (random.nextGaussian() - low);
            x[i] += (float) (amplitude * Math.min(1, t / 0.005) * Math.exp(-6.9 * t / decay60_s) * low * 2.4);
        }
    }

    /** Adds a tone with harmonics, swelling in and out over 20 ms; its pitch goes from one to the other and back, {@code wobbles} times. */
    static void addTone(
            float[] x, double at_s, double lasts_s, double amplitude, double low_Hz, double high_Hz, double wobbles) {
        double phase = 0;
        int first = (int) (at_s * RATE);
        int last = Math.min(x.length, (int) ((at_s + lasts_s) * RATE));
        for (int i = first; i < last; i++) {
            double t = (double) (i - first) / RATE;
            double swell = Math.min(1, Math.min(t, lasts_s - t) / 0.02);
            double frequency_Hz =
                    low_Hz + (high_Hz - low_Hz) * (0.5 - 0.5 * Math.cos(2 * Math.PI * wobbles * t / lasts_s));
            phase += 2 * Math.PI * frequency_Hz / RATE;
            x[i] += (float)
                    (amplitude * swell * (Math.sin(phase) + 0.4 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase)));
        }
    }

    static void add(float[] to, float[] what, double at_s) {
        int at = (int) Math.round(at_s * RATE);
        for (int i = 0; i < what.length && at + i < to.length; i++) {
            to[at + i] += what[i];
        }
    }
}
