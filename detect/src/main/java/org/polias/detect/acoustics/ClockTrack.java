// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.polias.detect.Measured;

/**
 * How wrong a microphone's clock is, from how much too late its onsets came of sounds that others located well. Robust: the median
 * (and, of many over hours, the slope of Theil and Sen) of the last errors, which an echo now and then does not move; errors that
 * scatter like echoes tell nothing.
 *
 * @param errors the latest, in the order in which they came
 */
public record ClockTrack(List<ClockError> errors) {

    /** A microphone's lateness at one sound. */
    public record ClockError(Instant at, double late_s) {}

    /**
     * What is thought of the clock at some time.
     *
     * @param offset_s by how much it is fast
     * @param sigma_s one standard deviation of what is left
     */
    record Estimate(double offset_s, double sigma_s) {}

    static final ClockTrack UNKNOWN = new ClockTrack(List.of());

    private static final int MOST = 12;
    private static final int LEAST = 4;
    private static final Duration KEPT = Duration.ofDays(7);
    /** In this time an estimate that is not confirmed becomes as uncertain as a clock about which nothing is known. */
    private static final double MEMORY_S = Duration.ofDays(2).toSeconds();
    /** Errors that scatter more are echoes, not a clock. */
    private static final double MOST_SCATTER_S = 0.02;
    /** A median absolute deviation of a Gaussian is this part of its standard deviation. */
    private static final double SIGMA_PER_MAD = 1.4826;
    /** The median's standard error over the mean's. */
    private static final double MEDIAN_LOSS = 1.2533;
    /** What the model of the air does to all errors of one event. */
    private static final double MODEL_SIGMA_S = 0.002;
    /** Over a shorter time a drift is not told from noise. */
    private static final double LEAST_SPAN_S = 3600;

    private static final int LEAST_FOR_DRIFT = 8;

    public ClockTrack {
        errors = List.copyOf(errors);
    }

    ClockTrack with(Instant at, double late_s) {
        List<ClockError> next = new ArrayList<>(errors);
        next.add(new ClockError(at, late_s));
        next.removeIf(error -> error.at.isBefore(at.minus(KEPT)));
        return new ClockTrack(next.size() > MOST ? next.subList(next.size() - MOST, next.size()) : next);
    }

    /** The estimate at {@code time}, where a clock about which nothing is known is right to {@code usual_s}. */
    Estimate at(Instant time, double usual_s) {
        int n = errors.size();
        if (n < LEAST || errors.getLast().at.isBefore(time.minus(KEPT))) {
            return new Estimate(0, usual_s);
        }
        double slope = n >= LEAST_FOR_DRIFT ? slope() : 0;
        double[] straightened = new double[n];
        for (int i = 0; i < n; i++) {
            straightened[i] = errors.get(i).late_s + slope * Measured.seconds(errors.get(i).at, time);
        }
        double offset = median(straightened);
        double[] away = new double[n];
        for (int i = 0; i < n; i++) {
            away[i] = Math.abs(straightened[i] - offset);
        }
        double scatter = SIGMA_PER_MAD * median(away);
        if (scatter > MOST_SCATTER_S) {
            return new Estimate(0, usual_s);
        }
        double sigma = Math.sqrt(square(MEDIAN_LOSS * scatter) / n + square(MODEL_SIGMA_S));
        // An error that a usual clock can have is mostly noise; one that it cannot is the clock's.
        double trust = Math.abs(offset) > 4 * Math.hypot(sigma, usual_s)
                ? 1
                : square(usual_s) / (square(usual_s) + square(sigma));
        // The older the latest error, the further the clock may have gone since.
        double age_s = Math.max(0, Measured.seconds(errors.getLast().at, time));
        return new Estimate(trust * offset, Math.hypot(Math.min(sigma, usual_s), usual_s * age_s / MEMORY_S));
    }

    /** The middle one of the slopes between all pairs (Theil 1950, Sen 1968); 0 where the errors lie too near together in time. */
    private double slope() {
        double span_s = Measured.seconds(errors.getFirst().at, errors.getLast().at);
        if (span_s < LEAST_SPAN_S) {
            return 0;
        }
        double[] slopes = new double[errors.size() * (errors.size() - 1) / 2];
        int k = 0;
        for (int i = 0; i < errors.size(); i++) {
            for (int j = i + 1; j < errors.size(); j++) {
                double apart_s = Measured.seconds(errors.get(i).at, errors.get(j).at);
                if (Math.abs(apart_s) > LEAST_SPAN_S / 10) {
                    slopes[k++] = (errors.get(j).late_s - errors.get(i).late_s) / apart_s;
                }
            }
        }
        return k == 0 ? 0 : median(Arrays.copyOf(slopes, k));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double square(double value) {
        return value * value;
    }
}
