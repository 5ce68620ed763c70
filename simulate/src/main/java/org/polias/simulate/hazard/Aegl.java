// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import java.util.List;

/**
 * The acute exposure guideline levels of a gas for the general population, in ppm, for exposures of 10 and 30 minutes, 1, 4 and 8
 * hours. Source: National Research Council, Acute Exposure Guideline Levels for Selected Airborne Chemicals.
 *
 * @param one level 1: notable discomfort, reversible; infinite where none is recommended
 * @param two level 2: irreversible or serious effects, or escape impaired
 * @param three level 3: life-threatening or deadly
 */
public record Aegl(List<Double> one, List<Double> two, List<Double> three) {

    /** Which of the three. */
    public enum Level {
        ONE,
        TWO,
        THREE
    }

    private static final double[] MINUTES = {10, 30, 60, 240, 480};

    public Aegl {
        one = List.copyOf(one);
        two = List.copyOf(two);
        three = List.copyOf(three);
        for (List<Double> level : List.of(one, two, three)) {
            if (level.size() != MINUTES.length) {
                throw new IllegalArgumentException("A level has %d durations, not 5.".formatted(level.size()));
            }
            for (int i = 1; i < MINUTES.length; i++) {
                if (level.get(i) > level.get(i - 1)) {
                    throw new IllegalArgumentException("The level %s rises with the duration.".formatted(level));
                }
            }
        }
    }

    /**
     * The concentration, ppm, from which on an exposure of {@code duration_min} has the effects of the level: between the durations
     * of the table interpolated on logarithmic scales (that is, with the C^n t = k that joins its neighbours), below 10 minutes the
     * value of 10, above 8 hours that of 8.
     */
    public double threshold_ppm(Level level, double duration_min) {
        List<Double> table = table(level);
        int last = MINUTES.length - 1;
        if (!(duration_min > MINUTES[0])) {
            return table.getFirst();
        }
        if (duration_min >= MINUTES[last]) {
            return table.getLast();
        }
        int i = 0;
        while (MINUTES[i + 1] < duration_min) {
            i++;
        }
        if (Double.isInfinite(table.get(i))) {
            return table.get(i);
        }
        double part = StrictMath.log(duration_min / MINUTES[i]) / StrictMath.log(MINUTES[i + 1] / MINUTES[i]);
        return table.get(i) * StrictMath.pow(table.get(i + 1) / table.get(i), part);
    }

    /**
     * How long, in minutes, a steady concentration takes to have the effects of the level; infinite below the value of 8 hours. The
     * inverse of {@link #threshold_ppm}; where the table is level, the shorter duration. Above the value of 10 minutes C^n t is
     * constant.
     *
     * @param n the toxic load's exponent, from the gas's probit
     */
    public double minutesTo(Level level, double ppm, double n) {
        List<Double> table = table(level);
        if (ppm >= table.getFirst()) {
            return MINUTES[0] * StrictMath.pow(table.getFirst() / ppm, n);
        }
        for (int i = 0; i < MINUTES.length - 1; i++) {
            double high = table.get(i);
            double low = table.get(i + 1);
            if (ppm >= low && high > low && Double.isFinite(high)) {
                double part = StrictMath.log(ppm / high) / StrictMath.log(low / high);
                return MINUTES[i] * StrictMath.pow(MINUTES[i + 1] / MINUTES[i], part);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private List<Double> table(Level level) {
        return switch (level) {
            case ONE -> one;
            case TWO -> two;
            case THREE -> three;
        };
    }
}
