// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.locationtech.jts.geom.Geometry;

/**
 * Something that harms people who are where it is: a field over place and time. Places are metres east and north in the ground's
 * local frame; times are seconds of the simulation. Pure functions: the same arguments give the same value, from any thread.
 */
public interface Hazard {

    /** What it is, for people. */
    String name();

    /** Where nobody should be at a time: the no-go area. Empty where there is none then. */
    Geometry noGo(double t_s);

    /** Whether a place is in the {@linkplain #noGo no-go area} at a time. */
    boolean isNoGo(double east_m, double north_m, double t_s);

    /**
     * How the presence at a place counts as exposure, per second. It is scaled so that an exposure of 1 is serious harm, as
     * {@link #exposureUnit} says.
     */
    double exposureRate(double east_m, double north_m, double t_s);

    /** What an exposure of 1 is: a dose with the effects of AEGL-2, half a minute within an attacker's reach, a burst eardrum. */
    String exposureUnit();

    /** The part of a dose that lets a person fall down that is taken in within a second; 0 where nothing is breathed in. */
    default double incapacitationRate(double east_m, double north_m, double t_s) {
        return 0;
    }
}
