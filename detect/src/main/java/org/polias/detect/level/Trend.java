// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.level;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.polias.detect.Measured;

/**
 * How fast a quantity changes: the Theil-Sen slope (Sen 1968, J. Am. Stat. Assoc. 63), the median of the slopes between all pairs
 * of samples, which up to 29 % of wild samples do not move.
 *
 * @param perMinute the slope, in units per minute
 * @param error the standard error of the slope, from the scatter about it
 */
record Trend(double perMinute, double error) {

    /** Fewer samples have no slope. */
    static final int FEWEST = 5;
    /** A window is divided into so many steps, each with at most one sample: the work stays bounded however often is reported. */
    static final int STEPS = 16;
    /** A slope is only told when the samples cover this part of the window. */
    private static final double COVERED = 0.5;

    private static final double SECONDS_PER_MINUTE = 60;
    /** The standard deviation of a Gaussian over its median absolute deviation. */
    private static final double SIGMA_PER_MAD = 1.4826;
    /** Root of the variance ratio of the Theil-Sen slope to least squares under Gaussian noise (efficiency 0.91). */
    private static final double THEIL_SEN_LOSS = 1.05;

    /** A value at a time. */
    record Sample(Instant at, double value) {}

    /** The samples of the window that ends with the new one; {@code samples} itself where it comes too soon to be kept. */
    static List<Sample> add(List<Sample> samples, Instant at, double value, double window_s) {
        if (!samples.isEmpty() && Measured.seconds(samples.getLast().at, at) < window_s / STEPS) {
            return samples;
        }
        List<Sample> kept = new ArrayList<>(samples.size() + 1);
        for (Sample sample : samples) {
            if (Measured.seconds(sample.at, at) <= window_s) {
                kept.add(sample);
            }
        }
        kept.add(new Sample(at, value));
        return List.copyOf(kept);
    }

    /** Whether there are enough samples for a slope. */
    static boolean isKnown(List<Sample> samples, double window_s) {
        return samples.size() >= FEWEST
                && Measured.seconds(samples.getFirst().at, samples.getLast().at) >= COVERED * window_s;
    }

    /** The trend of samples in the order of time, {@link #FEWEST} or more. */
    static Trend of(List<Sample> samples) {
        int n = samples.size();
        double[] t = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            t[i] = Measured.seconds(samples.getFirst().at, samples.get(i).at) / SECONDS_PER_MINUTE;
            mean += t[i] / n;
        }
        double[] slopes = new double[n * (n - 1) / 2];
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[k++] = (samples.get(j).value - samples.get(i).value) / (t[j] - t[i]);
            }
        }
        double slope = median(slopes);
        double[] rest = new double[n];
        double spread = 0;
        for (int i = 0; i < n; i++) {
            rest[i] = samples.get(i).value - slope * t[i];
            spread += (t[i] - mean) * (t[i] - mean);
        }
        double middle = median(rest);
        for (int i = 0; i < n; i++) {
            rest[i] = Math.abs(rest[i] - middle);
        }
        return new Trend(slope, THEIL_SEN_LOSS * SIGMA_PER_MAD * median(rest) / Math.sqrt(spread));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
