// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

/**
 * When a sound first arrived: to well below a millisecond for a bang that stands out, with a standard deviation that means what it says.
 *
 * <ol>
 *   <li>The noise before is made white by a linear predictor of order {@value #ORDER} that is fitted to it (autocorrelation method,
 *       Levinson and Durbin); the predictor looks back only, so that no arrival moves.
 *   <li>The first arrival is where the mean square of half a millisecond first exceeds what the noise ever reached (times
 *       {@value #OVER_NOISE_PEAK}) and {@value #OVER_NOISE} times its mean, and what follows for five milliseconds stays above twice the mean.
 *       Louder arrivals that come later, echoes, do not matter.
 *   <li>Around it the Akaike information criterion of two stretches of noise of different variance, AIC(k) = k ln var(1..k) +
 *       (n - k - 1) ln var(k+1..n) (Maeda 1985), has its minimum at the arrival, to a sample.
 *   <li>From there the first slope is followed to its top: the line through its 25 and 65 % points meets zero at the onset, between samples.
 * </ol>
 *
 * <p><b>Deviation.</b> With s the slope's height over the noise's deviation and r its rise time: sigma<sup>2</sup> = q<sup>2</sup> + (0.06 r)<sup>2</sup> +
 * (1.25 r / s)<sup>2</sup> + (1 ms (4.5 / s)<sup>6</sup>)<sup>2</sup>, where q = 22 us stands for sampling. Fitted to synthetic blasts of 20 us to 1 ms
 * rise over white, pink and first-order low-pass noise ({@code OnsetPickerTest}). Where nothing exceeds the noise, the trigger's own time is
 * taken, to {@value #UNPICKED_S} s.
 *
 * <p>For one thread; it allocates nothing while it picks.
 */
public final class OnsetPicker {

    /** The standard deviation of an onset that only the trigger's frames show. */
    public static final double UNPICKED_S = 0.005;

    private static final int ORDER = 8;
    /** Half a millisecond. */
    private static final int SHORT = 8;
    /** Five milliseconds. */
    private static final int FOLLOWING = 80;

    private static final double OVER_NOISE = 8;
    private static final double OVER_NOISE_PEAK = 1.5;
    private static final double FOLLOWING_OVER_NOISE = 2;
    /** How much before and after the first exceedance the criterion looks at: 6 ms and 2 ms. */
    private static final int AIC_BEFORE = 96;

    private static final int AIC_AFTER = 32;
    /** The criterion needs some samples on either side. */
    private static final int AIC_MARGIN = 8;
    /** The longest slope that is followed: 4 ms. */
    private static final int LONGEST_RISE = 64;
    /** How far back from the arrival the slope's foot may lie: 1.5 ms. */
    private static final int FOOT = 24;

    private static final double LOW = 0.25;
    private static final double HIGH = 0.65;
    /** A line through the foot of a slope that takes less than a sample meets zero this much too early, in samples. */
    private static final double SHARP_BIAS = 0.5;

    private static final double SHARP_RISE = 2;

    private static final double SAMPLING_S = 22e-6;
    private static final double OF_RISE = 0.06;
    private static final double OF_RISE_OVER_SNR = 1.25;
    private static final double FAINT_S = 1e-3;
    private static final double FAINT_SNR = 4.5;
    private static final int FAINT_POWER = 6;
    private static final double STEEPEST_RISE = 0.25;

    private final double[] predictor = new double[ORDER + 1];
    private final double[] before = new double[ORDER + 1];
    private final double[] correlation = new double[ORDER + 1];
    private final double[] white;
    private final double[] sum;

    private boolean isPicked;
    private double onset;
    private double sigma_s;
    private double snr;

    /** @param longest how many samples it is given at most, noise and search together */
    public OnsetPicker(int longest) {
        white = new double[longest];
        sum = new double[longest + 1];
    }

    /**
     * Looks for the first arrival.
     *
     * @param x samples; the first {@code noise} of them hold nothing but what was there before
     * @param noise at least {@value #ORDER} times four
     * @param length how many samples there are, the arrival's first slope included
     * @param trigger the sample at which the trigger saw it: the answer where nothing better is found
     */
    public void pick(float[] x, int noise, int length, int trigger) {
        isPicked = false;
        onset = trigger;
        sigma_s = UNPICKED_S;
        snr = 0;
        whiten(x, noise, length);
        double variance = (sum[noise] - sum[ORDER]) / (noise - ORDER);
        int crossing = crossing(noise, length, variance);
        if (crossing >= 0) {
            isPicked = true;
            int arrival = arrival(crossing, length);
            slope(arrival, Math.min(length - 1, arrival + LONGEST_RISE), variance);
        }
    }

    /** Whether the waveform itself shows the arrival. */
    public boolean isPicked() {
        return isPicked;
    }

    /** The sample at which the sound arrived, counted from the first of those given; a fraction where the slope shows it. */
    public double onset() {
        return onset;
    }

    public double sigma_s() {
        return sigma_s;
    }

    /** The first slope's height over the noise's standard deviation; 0 if it was not picked. */
    public double snr() {
        return snr;
    }

    private void whiten(float[] x, int noise, int length) {
        double mean = 0;
        for (int i = 0; i < noise; i++) {
            mean += x[i];
        }
        mean /= noise;
        for (int lag = 0; lag <= ORDER; lag++) {
            double r = 0;
            for (int i = lag; i < noise; i++) {
                r += (x[i] - mean) * (x[i - lag] - mean);
            }
            correlation[lag] = r;
        }
        // A little white noise keeps the equations solvable, in digital silence as well.
        correlation[0] = correlation[0] * 1.001 + 1e-12 * noise;
        levinson();
        sum[0] = 0;
        for (int i = 0; i < length; i++) {
            double y = 0;
            for (int lag = 0; lag <= ORDER; lag++) {
                y += predictor[lag] * (i >= lag ? x[i - lag] - mean : 0);
            }
            white[i] = y;
            sum[i + 1] = sum[i] + y * y;
        }
    }

    private void levinson() {
        predictor[0] = 1;
        for (int i = 1; i <= ORDER; i++) {
            predictor[i] = 0;
        }
        double error = correlation[0];
        for (int m = 1; m <= ORDER; m++) {
            double reflection = correlation[m];
            for (int i = 1; i < m; i++) {
                reflection += predictor[i] * correlation[m - i];
            }
            reflection = -reflection / error;
            System.arraycopy(predictor, 0, before, 0, m);
            for (int i = 1; i < m; i++) {
                predictor[i] = before[i] + reflection * before[m - i];
            }
            predictor[m] = reflection;
            error *= 1 - reflection * reflection;
        }
    }

    /** The end of the first half millisecond that stands out of the noise; -1 if there is none. */
    private int crossing(int noise, int length, double variance) {
        double highest = 0;
        for (int i = ORDER; i + SHORT <= noise; i++) {
            highest = Math.max(highest, sum[i + SHORT] - sum[i]);
        }
        double threshold = Math.max(OVER_NOISE * SHORT * variance, OVER_NOISE_PEAK * highest);
        for (int i = noise - SHORT; i + SHORT <= length; i++) {
            if (sum[i + SHORT] - sum[i] > threshold) {
                int end = Math.min(length, i + FOLLOWING);
                if (sum[end] - sum[i] > FOLLOWING_OVER_NOISE * (end - i) * variance) {
                    return i + SHORT;
                }
            }
        }
        return -1;
    }

    private int arrival(int crossing, int length) {
        int from = Math.max(ORDER, crossing - AIC_BEFORE);
        int to = Math.min(length, crossing + AIC_AFTER);
        int n = to - from;
        double least = Double.POSITIVE_INFINITY;
        int best = crossing;
        for (int k = AIC_MARGIN; k < n - AIC_MARGIN / 2; k++) {
            double earlier = Math.max(1e-30, (sum[from + k] - sum[from]) / k);
            double later = Math.max(1e-30, (sum[to] - sum[from + k]) / (n - k));
            double aic = k * StrictMath.log(earlier) + (n - k - 1) * StrictMath.log(later);
            if (aic < least) {
                least = aic;
                best = from + k;
            }
        }
        return best;
    }

    private void slope(int arrival, int end, double variance) {
        double deviation = StrictMath.sqrt(Math.max(variance, 1e-30));
        double top = 0;
        int at = arrival;
        for (int i = Math.max(0, arrival - 1); i < end; i++) {
            double height = Math.abs(white[i]);
            if (height > top) {
                top = height;
                at = i;
            } else if (height < 0.6 * top && top > 3 * deviation) {
                break;
            }
        }
        int foot = Math.max(0, arrival - FOOT);
        double low = below(at, foot, LOW * top);
        double high = below(at, foot, HIGH * top);
        double rise = Math.max(STEEPEST_RISE, (high - low) / (HIGH - LOW));
        onset = low - LOW * rise + (rise < SHARP_RISE ? SHARP_BIAS : 0);
        snr = top / deviation;
        double rise_s = rise / SoundClassifier.SAMPLE_RATE_HZ;
        double faint_s = FAINT_S * StrictMath.pow(FAINT_SNR / snr, FAINT_POWER);
        double ofNoise_s = OF_RISE_OVER_SNR * rise_s / snr;
        sigma_s = Math.min(
                UNPICKED_S,
                StrictMath.sqrt(SAMPLING_S * SAMPLING_S
                        + OF_RISE * OF_RISE * rise_s * rise_s
                        + ofNoise_s * ofNoise_s
                        + faint_s * faint_s));
    }

    /** Where, going back from the top at {@code at}, the slope is as low as {@code level}: between samples. */
    private double below(int at, int foot, double level) {
        double sign = Math.signum(white[at]);
        int i = at;
        while (i > foot && sign * white[i] > level) {
            i--;
        }
        if (i == at) {
            return at;
        }
        double lower = sign * white[i];
        double upper = sign * white[i + 1];
        return upper > lower ? i + Math.clamp((level - lower) / (upper - lower), 0, 1) : i + 0.5;
    }
}
