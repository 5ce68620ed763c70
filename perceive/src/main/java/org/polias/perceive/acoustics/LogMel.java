// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * The front end of the YAMNet family (Gemmeke et al. 2017; Plakal and Ellis 2019): 16 kHz mono sound into the logarithm of the mel
 * spectrum's magnitude.
 *
 * <p>Frames of 25 ms ({@value #FRAME_SAMPLES} samples) every 10 ms ({@value #HOP_SAMPLES}), without padding, are weighted with a
 * periodic Hann window and filled up with zeros to 512. The magnitudes of their spectrum go into {@value #BANDS} triangles whose
 * corners are equally spaced from 125 to 7500 Hz in mel = 1127 ln(1 + f / 700 Hz); each is linear in mel and reaches 1; the bin at
 * 0 Hz goes nowhere. What is given is ln(band + 0.001). A patch is {@value #PATCH_FRAMES} frames, 0.975 s of sound; patches follow each other
 * every {@value #PATCH_HOP_FRAMES} frames.
 *
 * <p>For one thread: it keeps a buffer. The same samples give the same numbers, to the bit.
 */
public final class LogMel {

    /** 25 ms. */
    public static final int FRAME_SAMPLES = 400;
    /** 10 ms. */
    public static final int HOP_SAMPLES = 160;

    public static final int BANDS = 64;
    /** 0.96 s, by their hops. */
    public static final int PATCH_FRAMES = 96;
    /** 50 % of a patch. */
    public static final int PATCH_HOP_FRAMES = 48;
    /** What a patch is made of. */
    public static final int PATCH_SAMPLES = (PATCH_FRAMES - 1) * HOP_SAMPLES + FRAME_SAMPLES;

    private static final int FFT_SAMPLES = 512;
    private static final int BINS = FFT_SAMPLES / 2 + 1;
    private static final double LOWEST_HZ = 125;
    private static final double HIGHEST_HZ = 7500;
    private static final double FLOOR = 0.001;

    private final float[] hann = new float[FRAME_SAMPLES];
    /** Of each band: its first bin, and where its weights begin; then one more entry where the last ends. */
    private final int[] firstBin = new int[BANDS];

    private final int[] firstWeight = new int[BANDS + 1];
    private final float[] weights;
    private final FloatFFT_1D fft = new FloatFFT_1D(FFT_SAMPLES);
    private final float[] spectrum = new float[FFT_SAMPLES];
    private final float[] magnitudes = new float[BINS];

    public LogMel() {
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            hann[i] = (float) (0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / FRAME_SAMPLES));
        }
        weights = triangles();
    }

    /**
     * The bands of one frame.
     *
     * @param samples in -1 to 1; {@value #FRAME_SAMPLES} from {@code at} on are read
     * @param bands into which {@value #BANDS} numbers are written, from {@code to} on
     */
    public void frame(float[] samples, int at, float[] bands, int to) {
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            spectrum[i] = samples[at + i] * hann[i];
        }
        for (int i = FRAME_SAMPLES; i < FFT_SAMPLES; i++) {
            spectrum[i] = 0;
        }
        fft.realForward(spectrum);
        // Packed: the real parts of bin 0 and of the last, then real and imaginary parts in turn.
        magnitudes[0] = Math.abs(spectrum[0]);
        magnitudes[BINS - 1] = Math.abs(spectrum[1]);
        for (int bin = 1; bin < BINS - 1; bin++) {
            float re = spectrum[2 * bin];
            float im = spectrum[2 * bin + 1];
            magnitudes[bin] = (float) Math.sqrt(re * re + im * im);
        }
        for (int band = 0; band < BANDS; band++) {
            float sum = 0;
            int bin = firstBin[band];
            for (int w = firstWeight[band]; w < firstWeight[band + 1]; w++) {
                sum += weights[w] * magnitudes[bin++];
            }
            bands[to + band] = (float) StrictMath.log(sum + FLOOR);
        }
    }

    /**
     * One patch.
     *
     * @param samples in -1 to 1; {@value #PATCH_SAMPLES} from {@code at} on are read
     * @param patch into which {@value #PATCH_FRAMES} times {@value #BANDS} numbers are written, frame by frame
     */
    public void patch(float[] samples, int at, float[] patch) {
        for (int frame = 0; frame < PATCH_FRAMES; frame++) {
            frame(samples, at + frame * HOP_SAMPLES, patch, frame * BANDS);
        }
    }

    private float[] triangles() {
        double[] corners = new double[BANDS + 2];
        double lowest = mel(LOWEST_HZ);
        double step = (mel(HIGHEST_HZ) - lowest) / (BANDS + 1);
        for (int i = 0; i < corners.length; i++) {
            corners[i] = lowest + i * step;
        }
        float[] all = new float[BANDS * BINS];
        int used = 0;
        for (int band = 0; band < BANDS; band++) {
            firstWeight[band] = used;
            for (int bin = 1; bin < BINS; bin++) {
                double mel = mel((double) bin * SoundClassifier.SAMPLE_RATE_HZ / FFT_SAMPLES);
                double weight = Math.min(
                        (mel - corners[band]) / (corners[band + 1] - corners[band]),
                        (corners[band + 2] - mel) / (corners[band + 2] - corners[band + 1]));
                if (weight > 0) {
                    if (used == firstWeight[band]) {
                        firstBin[band] = bin;
                    }
                    all[used++] = (float) weight;
                }
            }
        }
        firstWeight[BANDS] = used;
        float[] packed = new float[used];
        System.arraycopy(all, 0, packed, 0, used);
        return packed;
    }

    private static double mel(double frequency_Hz) {
        return 1127 * StrictMath.log(1 + frequency_Hz / 700);
    }
}
