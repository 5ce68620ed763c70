// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * What is in the air and where one must not go, at a place and a time. Pure functions: the same arguments give the same value, from
 * any thread. They are asked on a grid and every {@link #interval_s()}, not for each person and step.
 */
public interface Hazards {

    /** Nothing. */
    Hazards NONE = new Hazards() {
        @Override
        public boolean isNone() {
            return true;
        }
    };

    /** Whether there is nothing anywhere at any time. */
    default boolean isNone() {
        return false;
    }

    /** How often it is worth asking again. */
    default double interval_s() {
        return 5;
    }

    /** The extinction coefficient of smoke, 1/m. */
    default double extinction_per_m(String level, double x_m, double y_m, double time_s) {
        return 0;
    }

    /**
     * The part of the own speed that is left in smoke of an extinction coefficient K: max(0.1, 1 - 0.057 K / 0.706) (Frantzich and
     * Nilsson 2003, as ISO 20414's test 18 has it), where no other law is given.
     */
    default double speedPart(double extinction_per_m) {
        return Math.max(0.1, 1 - 0.057 * extinction_per_m / 0.706);
    }

    /**
     * The rate of the fractional effective dose, 1/s: who has gathered 1 is incapacitated. {@link FractionalEffectiveDose} gives
     * it for the gases of a fire; for a toxic gas it is 1 over the time to incapacitation at this concentration.
     */
    default double doseRate_per_s(String level, double x_m, double y_m, double time_s) {
        return 0;
    }

    /**
     * How strongly the place is to be avoided, from 0 (not at all) to 1 (nobody goes there who can avoid it). Routes bend around; from
     * inside one leaves by the shortest way.
     */
    default double avoidance(String level, double x_m, double y_m, double time_s) {
        return 0;
    }
}
