// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.evaluation;

import java.util.Comparator;
import java.util.List;

/**
 * A probability that was given, and whether it was so.
 *
 * @param probability 0 to 1
 */
public record Judged(double probability, boolean isSo) {

    private static final int BINS = 15;

    /**
     * The area under the receiver operating characteristic: how probable it is that one that is so has a higher probability than one
     * that is not, ties counting half. NaN if there are none of either.
     */
    public static double rocAuc(List<Judged> all) {
        List<Judged> sorted = all.stream()
                .sorted(Comparator.comparingDouble(Judged::probability))
                .toList();
        double below = 0;
        double wins = 0;
        double so = 0;
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            int soHere = 0;
            while (end < sorted.size() && sorted.get(end).probability == sorted.get(i).probability) {
                soHere += sorted.get(end).isSo ? 1 : 0;
                end++;
            }
            int notHere = end - i - soHere;
            wins += soHere * (below + 0.5 * notHere);
            below += notHere;
            so += soHere;
            i = end;
        }
        return wins / (so * below);
    }

    /**
     * The lowest threshold that at most this share of those that are not so exceeds. What is above it, not at it, is called so.
     *
     * @param falsePositives a share, 0 to 1
     */
    public static double threshold(List<Judged> all, double falsePositives) {
        double[] not = all.stream()
                .filter(each -> !each.isSo)
                .mapToDouble(Judged::probability)
                .sorted()
                .toArray();
        int allowed = (int) Math.floor(falsePositives * not.length + 1e-9);
        return allowed >= not.length ? Double.NEGATIVE_INFINITY : not[not.length - 1 - allowed];
    }

    /** The share of those that are so which exceed {@link #threshold}; NaN if there are none. */
    public static double recall(List<Judged> all, double falsePositives) {
        return recallAbove(all, threshold(all, falsePositives));
    }

    /** The share of those that are so which exceed a threshold; NaN if there are none. */
    public static double recallAbove(List<Judged> all, double threshold) {
        long so = all.stream().filter(Judged::isSo).count();
        long found = all.stream()
                .filter(each -> each.isSo && each.probability > threshold)
                .count();
        return (double) found / so;
    }

    /**
     * The expected calibration error: by how much the mean probability differs from the share that is so, in {@value #BINS} bins of equal
     * width, weighted with how many are in them (Guo et al. 2017). Of few it is above 0 even for the best: about 0.03 of 1,000.
     */
    public static double calibrationError(List<Judged> all) {
        double[] sum = new double[BINS];
        double[] so = new double[BINS];
        for (Judged each : all) {
            int bin = Math.clamp((int) (each.probability * BINS), 0, BINS - 1);
            sum[bin] += each.probability;
            so[bin] += each.isSo ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(sum[bin] - so[bin]);
        }
        return error / all.size();
    }

    /** The mean squared difference of the probability from 1 or 0 (Brier 1950). */
    public static double brierScore(List<Judged> all) {
        double sum = 0;
        for (Judged each : all) {
            double difference = each.probability - (each.isSo ? 1 : 0);
            sum += difference * difference;
        }
        return sum / all.size();
    }
}
