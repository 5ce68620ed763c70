// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.locationtech.jts.geom.Geometry;

/**
 * Something that harms people who are where it is: a field over place and time. Places are metres east and north in the ground's
 * local frame; times are seconds of the simulation.
 */
public interface Hazard {

    /** What it is, for people. */
    String name();

    /**
     * Where nobody should be at a time: the no-go area. Empty where there is none then. The evacuation is planned around it, and the
     * crowd, where it knows, walks around it.
     */
    Geometry noGo(double t_s);

    /** How the presence at a place counts as exposure, per second, in the hazard's own {@link #exposureUnit}. */
    double exposureRate(double east_m, double north_m, double t_s);

    /**
     * What {@link #exposureRate} summed over a stay measures. It is scaled so that 1 is serious harm: a dose with the effects of
     * AEGL-2, half a minute within reach of an attacker, a blast that bursts eardrums.
     */
    String exposureUnit();
}
