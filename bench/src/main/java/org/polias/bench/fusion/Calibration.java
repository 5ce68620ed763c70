// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.util.Locale;

/** Whether probabilities mean what they say: expected calibration error in 15 bins of equal width, Brier score, log-loss. */
final class Calibration {

    static final int BINS = 15;
    /** No prediction counts as surer than this in the log-loss. */
    private static final double SUREST = 1e-6;

    private final long[] count = new long[BINS];
    private final double[] predicted = new double[BINS];
    private final long[] happened = new long[BINS];
    private double brier;
    private double logLoss;

    /** A prediction, and whether it came true. */
    void add(double probability, boolean isSo) {
        int bin = (int) Math.min(BINS - 1, probability * BINS);
        count[bin]++;
        predicted[bin] += probability;
        happened[bin] += isSo ? 1 : 0;
        double error = probability - (isSo ? 1 : 0);
        brier += error * error;
        logLoss -= Math.log(Math.max(SUREST, isSo ? probability : 1 - probability));
    }

    void add(Calibration other) {
        for (int i = 0; i < BINS; i++) {
            count[i] += other.count[i];
            predicted[i] += other.predicted[i];
            happened[i] += other.happened[i];
        }
        brier += other.brier;
        logLoss += other.logLoss;
    }

    long total() {
        long total = 0;
        for (long each : count) {
            total += each;
        }
        return total;
    }

    double expectedError() {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.abs(predicted[i] - happened[i]);
        }
        return sum / total();
    }

    double brierScore() {
        return brier / total();
    }

    double logLoss() {
        return logLoss / total();
    }

    /** The reliability diagram: what was predicted against what happened, a dot for each bin, as large as it has predictions. */
    String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 440" font-family="sans-serif" font-size="12">
                <rect width="440" height="440" fill="white"/>
                <g stroke="#bbb" fill="none"><rect x="40" y="20" width="380" height="380"/><path d="M40 400L420 20" stroke-dasharray="4 4"/></g>
                <text x="230" y="430" text-anchor="middle">predicted probability</text>
                <text x="14" y="210" transform="rotate(-90 14 210)" text-anchor="middle">share that came true</text>
                """);
        for (int i = 0; i < BINS; i++) {
            if (count[i] > 0) {
                double x = 40 + 380 * predicted[i] / count[i];
                double y = 400 - 380.0 * happened[i] / count[i];
                double radius = 2 + 8 * Math.sqrt((double) count[i] / total());
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#1668b8\" fill-opacity=\"0.8\"><title>%d predictions</title></circle>%n",
                        x,
                        y,
                        radius,
                        count[i]));
            }
        }
        return svg.append("</svg>\n").toString();
    }
}
