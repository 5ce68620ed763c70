// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.SplittableRandom;

import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Profile;

/** Draws people's properties. */
final class Draw {

    private static final int TRIES = 200;

    private Draw() {}

    static double from(Distribution distribution, SplittableRandom random) {
        return switch (distribution) {
            case Distribution.Constant constant -> constant.value();
            case Distribution.Uniform uniform ->
                uniform.min() == uniform.max() ? uniform.min() : random.nextDouble(uniform.min(), uniform.max());
            case Distribution.Normal normal -> normal(normal, random);
            case Distribution.LogNormal it ->
                Math.min(it.max(), it.median() * Math.exp(it.sigma() * random.nextGaussian()));
        };
    }

    private static double normal(Distribution.Normal normal, SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            double value = normal.mean() + normal.deviation() * random.nextGaussian();
            if (value >= normal.min() && value <= normal.max()) {
                return value;
            }
        }
        return normal.mean();
    }

    static double speed(Profile.Speed speed, SplittableRandom random) {
        return switch (speed) {
            case Profile.Speed.Given given -> from(given.speed_mps(), random);
            case Profile.Speed.ByAge byAge -> {
                double mean = AgeCurve.speed_mps(from(byAge.age_years(), random));
                double spread = byAge.relativeDeviation() * Math.clamp(random.nextGaussian(), -2.5, 2.5);
                yield mean * (1 + spread);
            }
        };
    }
}
