// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.SplittableRandom;

import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Profile;

/** Values drawn from distributions. */
final class Draw {

    private static final int TRIES = 100;

    private Draw() {}

    static double from(Distribution distribution, SplittableRandom random) {
        return switch (distribution) {
            case Distribution.Constant(double value) -> value;
            case Distribution.Uniform(double min, double max) -> min + (max - min) * random.nextDouble();
            case Distribution.Normal(double mean, double deviation, double min, double max) -> {
                for (int i = 0; i < TRIES; i++) {
                    double value = mean + deviation * random.nextGaussian();
                    if (value >= min && value <= max) {
                        yield value;
                    }
                }
                yield mean;
            }
            case Distribution.LogNormal(double median, double sigma, double max) ->
                Math.min(max, median * StrictMath.exp(sigma * random.nextGaussian()));
        };
    }

    static double mean(Distribution distribution) {
        return switch (distribution) {
            case Distribution.Constant(double value) -> value;
            case Distribution.Uniform(double min, double max) -> (min + max) / 2;
            case Distribution.Normal normal -> normal.mean();
            case Distribution.LogNormal(double median, double sigma, double max) ->
                Math.min(max, median * StrictMath.exp(sigma * sigma / 2));
        };
    }

    /** The value below which the part {@code share} lies, about. */
    static double quantile(Distribution distribution, double share) {
        // Four values are enough where quantiles are asked for: the inverse normal at 1/8, 3/8, 5/8, 7/8.
        double z = share <= 0.25 ? -1.15 : share <= 0.5 ? -0.32 : share <= 0.75 ? 0.32 : 1.15;
        return switch (distribution) {
            case Distribution.Constant(double value) -> value;
            case Distribution.Uniform(double min, double max) -> min + (max - min) * share;
            case Distribution.Normal(double mean, double deviation, double min, double max) ->
                Math.clamp(mean + z * deviation, min, max);
            case Distribution.LogNormal(double median, double sigma, double max) ->
                Math.min(max, median * StrictMath.exp(z * sigma));
        };
    }

    static double speed(Profile profile, SplittableRandom random) {
        return switch (profile.speed()) {
            case Profile.Speed.Given(Distribution speed) -> Math.max(0.1, from(speed, random));
            case Profile.Speed.ByAge(Distribution age, double deviation) ->
                Math.max(
                        0.2, byAge(from(age, random)) * (1 + deviation * Math.clamp(random.nextGaussian(), -2.0, 2.0)));
        };
    }

    static double meanSpeed(Profile profile) {
        return switch (profile.speed()) {
            case Profile.Speed.Given(Distribution speed) -> Math.max(0.1, mean(speed));
            case Profile.Speed.ByAge(Distribution age, double _) -> byAge(mean(age));
        };
    }

    /** The standard deviation of the speed, about. */
    static double speedDeviation(Profile profile) {
        return switch (profile.speed()) {
            case Profile.Speed.Given(Distribution speed) ->
                switch (speed) {
                    case Distribution.Constant _ -> 0;
                    case Distribution.Uniform(double min, double max) -> (max - min) / Math.sqrt(12);
                    case Distribution.Normal normal -> normal.deviation();
                    case Distribution.LogNormal(double median, double sigma, double _) -> median * sigma;
                };
            case Profile.Speed.ByAge(Distribution _, double deviation) -> byAge(40) * deviation;
        };
    }

    /** Weidmann's curve at some of its points: 1.61 m/s at 20, 1.41 at 50, 0.68 at 80 years. */
    private static double byAge(double years) {
        double[] age = {5, 10, 20, 30, 40, 50, 60, 70, 80, 90};
        double[] mps = {0.7, 1.2, 1.61, 1.54, 1.48, 1.41, 1.28, 1.05, 0.68, 0.5};
        if (years <= age[0]) {
            return mps[0];
        }
        for (int i = 1; i < age.length; i++) {
            if (years <= age[i]) {
                double part = (years - age[i - 1]) / (age[i] - age[i - 1]);
                return mps[i - 1] + part * (mps[i] - mps[i - 1]);
            }
        }
        return mps[mps.length - 1];
    }

    /** The same distribution, later. */
    static Distribution later(Distribution distribution, double by_s) {
        if (by_s == 0) {
            return distribution;
        }
        return switch (distribution) {
            case Distribution.Constant(double value) -> new Distribution.Constant(value + by_s);
            case Distribution.Uniform(double min, double max) -> new Distribution.Uniform(min + by_s, max + by_s);
            case Distribution.Normal(double mean, double deviation, double min, double max) ->
                new Distribution.Normal(mean + by_s, deviation, min + by_s, max + by_s);
            // Not shifted exactly, but with the same spread about a later median.
            case Distribution.LogNormal(double median, double sigma, double max) ->
                new Distribution.LogNormal(median + by_s, sigma * median / (median + by_s), max + by_s);
        };
    }
}
