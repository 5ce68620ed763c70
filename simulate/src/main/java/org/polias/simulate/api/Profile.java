// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.OptionalDouble;

/**
 * What people are like who belong together in kind.
 *
 * @param speed how fast they walk when nobody is in the way
 * @param radius_m half the width of the body
 * @param stairUp the speed up a stair along its slope, as part of that on the level
 * @param stairDown the same down
 * @param timeGap_s the time gap T that they keep to the one ahead; none: the model's
 */
public record Profile(
        Kind kind, Speed speed, Distribution radius_m, double stairUp, double stairDown, OptionalDouble timeGap_s) {

    /** Half the width of the body: most adults, and rucksacks few. */
    private static final Distribution BODY = new Distribution.Uniform(0.17, 0.21);

    /**
     * Weidmann 1993: 0.610 m/s up and 0.694 m/s down in plan, against 1.34 m/s on the level; on a slope of 32 degrees that is 0.54
     * and 0.61 of the speed on the level.
     */
    private static final double STAIR_UP = 0.54;

    private static final double STAIR_DOWN = 0.61;

    /** What kind of person walks. */
    public enum Kind {
        PEDESTRIAN,
        /** Cannot use stairs, is wider. */
        WHEELCHAIR,
        /** Goes where others come from; people make way. */
        RESPONDER
    }

    /** How fast people walk on the level when nobody is in the way. */
    public sealed interface Speed {
        /** Metres per second, whatever the age. */
        record Given(Distribution speed_mps) implements Speed {}

        /**
         * From the age by Weidmann's curve (1.61 m/s at 20, 1.41 at 50, 0.68 at 80 years), and spread by a Gaussian.
         *
         * @param relativeDeviation the standard deviation at one age, as part of the mean
         */
        record ByAge(Distribution age_years, double relativeDeviation) implements Speed {}
    }

    /** Adults: mean 1.34 m/s, deviation 0.26 (Weidmann 1993). */
    public static Profile adults() {
        return walking(new Distribution.Normal(1.34, 0.26, 0.5, 2.2));
    }

    /** Pedestrians of the given speed. */
    public static Profile walking(Distribution speed_mps) {
        return new Profile(
                Kind.PEDESTRIAN, new Speed.Given(speed_mps), BODY, STAIR_UP, STAIR_DOWN, OptionalDouble.empty());
    }

    /** Pedestrians whose speed follows from their age. */
    public static Profile aged(Distribution age_years) {
        return new Profile(
                Kind.PEDESTRIAN, new Speed.ByAge(age_years, 0.19), BODY, STAIR_UP, STAIR_DOWN, OptionalDouble.empty());
    }

    /** People in wheelchairs moved by hand: 0.69 m/s (Boyce, Shields and Silcock 1999), 0.7 m wide. */
    public static Profile wheelchairs() {
        return new Profile(
                Kind.WHEELCHAIR,
                new Speed.Given(new Distribution.Normal(0.69, 0.25, 0.2, 1.4)),
                Distribution.constant(0.35),
                STAIR_UP,
                STAIR_DOWN,
                OptionalDouble.empty());
    }

    /** Responders with equipment, in a hurry. */
    public static Profile responders() {
        return new Profile(
                Kind.RESPONDER,
                new Speed.Given(new Distribution.Normal(1.6, 0.2, 1.0, 2.4)),
                Distribution.constant(0.22),
                STAIR_UP,
                STAIR_DOWN,
                OptionalDouble.empty());
    }

    public Profile sized(Distribution newRadius_m) {
        return new Profile(kind, speed, newRadius_m, stairUp, stairDown, timeGap_s);
    }

    public Profile keeping(double newTimeGap_s) {
        return new Profile(kind, speed, radius_m, stairUp, stairDown, OptionalDouble.of(newTimeGap_s));
    }

    public Profile onStairs(double up, double down) {
        return new Profile(kind, speed, radius_m, up, down, timeGap_s);
    }
}
