// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.List;

/**
 * A mean with its 95 % confidence interval.
 *
 * @param low infinite bounds where there are too few values
 */
public record Interval(double mean, double low, double high) {

    /** Student's t for 95 %, two-sided, by degrees of freedom from 1. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    /** Of independent values. */
    public static Interval of(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(each -> each).average().orElse(Double.NaN);
        if (n < 2 || !Double.isFinite(mean)) {
            return new Interval(mean, mean, mean);
        }
        double squares = values.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        double half = t(n - 1) * Math.sqrt(squares / (n - 1) / n);
        return new Interval(mean, mean - half, mean + half);
    }

    /** About a single value whose spread is known from elsewhere. */
    public static Interval around(double value, double deviation) {
        return new Interval(value, value - 1.96 * deviation, value + 1.96 * deviation);
    }

    Interval times(double factor) {
        return new Interval(mean * factor, low * factor, high * factor);
    }

    static double deviation(List<Double> values) {
        double mean = values.stream().mapToDouble(each -> each).average().orElse(0);
        double squares = values.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    }

    private static double t(int freedom) {
        return freedom <= T.length ? T[freedom - 1] : 1.96;
    }
}
