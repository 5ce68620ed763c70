// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/** How a property is spread among people. Values are drawn by a scenario's seed. */
public sealed interface Distribution {

    /** Everybody the same. */
    record Constant(double value) implements Distribution {}

    /** Equally likely between two values. */
    record Uniform(double min, double max) implements Distribution {
        /** @throws IllegalArgumentException if min exceeds max */
        public Uniform {
            requireOrder(min, max);
        }
    }

    /** Gaussian, drawn again where it falls outside the limits. */
    record Normal(double mean, double deviation, double min, double max) implements Distribution {
        /** @throws IllegalArgumentException if the mean lies outside the limits or the deviation is negative */
        public Normal {
            requireOrder(min, mean);
            requireOrder(mean, max);
            requireOrder(0, deviation);
        }
    }

    /** exp of a Gaussian, cut off at {@code max}: what pre-movement times look like. */
    record LogNormal(double median, double sigma, double max) implements Distribution {
        /** @throws IllegalArgumentException if the median is not positive or exceeds max */
        public LogNormal {
            requireOrder(Double.MIN_NORMAL, median);
            requireOrder(median, max);
            requireOrder(0, sigma);
        }
    }

    static Distribution constant(double value) {
        return new Constant(value);
    }

    static Distribution uniform(double min, double max) {
        return new Uniform(min, max);
    }

    private static void requireOrder(double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("%s is not at most %s.".formatted(low, high));
        }
    }
}
