// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Arrays;

/**
 * Brings a stream of PCM down to {@value SoundClassifier#SAMPLE_RATE_HZ} Hz from a whole multiple of it: a windowed-sinc low-pass
 * (Blackman, stop band below -70 dB from 8 kHz on) of which only the samples that are kept are computed. Its delay is
 * {@link #delay_s()}, and is taken off by whoever tells the time of the samples. For one thread.
 */
public final class Decimator {

    /** Half the length of the filter, in samples of the lower rate. */
    private static final int HALF = 24;
    /** Where the pass band ends, as part of the lower rate: 7.2 kHz of 16. */
    private static final double CUTOFF = 0.45;

    private final int factor;
    private final float[] taps;
    private final float[] kept;
    private int next;
    private int phase;

    /**
     * A decimator from {@code rate_Hz}.
     *
     * @throws IllegalArgumentException if that is not a whole multiple of the rate that is listened to, up to 192 kHz
     */
    public Decimator(int rate_Hz) {
        if (!accepts(rate_Hz)) {
            throw new IllegalArgumentException(
                    "%d Hz is not 16000 Hz or a whole multiple of it, up to 192000 Hz.".formatted(rate_Hz));
        }
        this.factor = rate_Hz / SoundClassifier.SAMPLE_RATE_HZ;
        int length = 2 * HALF * factor + 1;
        this.taps = factor == 1 ? new float[0] : taps(length, factor);
        this.kept = new float[factor == 1 ? 0 : length];
    }

    /** Whether there is a decimator from {@code rate_Hz}. */
    public static boolean accepts(int rate_Hz) {
        return rate_Hz >= SoundClassifier.SAMPLE_RATE_HZ
                && rate_Hz <= 192_000
                && rate_Hz % SoundClassifier.SAMPLE_RATE_HZ == 0;
    }

    /** By how much what comes out lags behind what went in, in seconds. */
    public double delay_s() {
        return factor == 1 ? 0 : (double) HALF / SoundClassifier.SAMPLE_RATE_HZ;
    }

    /** How many samples at most come out of {@code samples}. */
    public int most(int samples) {
        return samples / factor + 1;
    }

    /**
     * Takes in a block.
     *
     * @param out receives the samples at the lower rate; holds {@link #most}
     * @return how many came out
     */
    public int take(float[] in, int length, float[] out) {
        if (factor == 1) {
            System.arraycopy(in, 0, out, 0, length);
            return length;
        }
        int written = 0;
        for (int i = 0; i < length; i++) {
            kept[next] = in[i];
            next = next + 1 == kept.length ? 0 : next + 1;
            if (phase == 0) {
                out[written++] = filtered();
            }
            phase = phase + 1 == factor ? 0 : phase + 1;
        }
        return written;
    }

    /** Forgets what it holds: what comes next does not follow it. */
    public void forget() {
        Arrays.fill(kept, 0);
        phase = 0;
    }

    /** The oldest sample that is kept lies at {@link #next}; the taps are symmetric. */
    private float filtered() {
        float sum = 0;
        int tap = 0;
        for (int i = next; i < kept.length; i++) {
            sum += taps[tap++] * kept[i];
        }
        for (int i = 0; i < next; i++) {
            sum += taps[tap++] * kept[i];
        }
        return sum;
    }

    private static float[] taps(int length, int factor) {
        double[] taps = new double[length];
        double sum = 0;
        double cutoff = CUTOFF / factor;
        for (int i = 0; i < length; i++) {
            double x = i - (length - 1) / 2.0;
            double sinc = x == 0 ? 2 * cutoff : StrictMath.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
            double turn = 2 * Math.PI * i / (length - 1);
            double window = 0.42 - 0.5 * StrictMath.cos(turn) + 0.08 * StrictMath.cos(2 * turn);
            taps[i] = sinc * window;
            sum += taps[i];
        }
        float[] normed = new float[length];
        for (int i = 0; i < length; i++) {
            normed[i] = (float) (taps[i] / sum);
        }
        return normed;
    }
}
