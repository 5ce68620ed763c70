// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

/**
 * How a released gas spreads downwind of its source, in the frame of the wind: x metres downwind, y metres across, z metres above
 * the ground, t seconds after the release began.
 *
 * <p>{@link GaussianPlume} and {@link GaussianPuff} hold for gases about as heavy as air or diluted soon. A gas that hugs the ground
 * and spreads by its weight (a flash of liquefied ammonia or chlorine within the first few hundred metres) needs a dense-gas model,
 * which implements this interface too: Britter-McQuaid or a box model like SLAB's give the same concentration and, with
 * {@link #halfWidth_m}, the same zones.
 */
public interface Dispersion {

    /** Concentration, kg/m3; 0 or more. */
    double concentration_kg_per_m3(double x, double y, double z, double t);

    /**
     * How far to each side of the axis the concentration is at least {@code limit_kg_per_m3}, metres; negative where it is nowhere
     * on this cross-section.
     */
    double halfWidth_m(double limit_kg_per_m3, double x, double z, double t);

    /**
     * Where along the wind gas can be at a time: an interval of x that contains every place with at least
     * {@code limit_kg_per_m3}; empty if the first is above the second.
     */
    Reach reach(double limit_kg_per_m3, double t);

    /** An interval along the wind, metres from the source. */
    record Reach(double from_m, double to_m) {
        /** Nowhere. */
        public static final Reach NOWHERE = new Reach(1, 0);

        public boolean isEmpty() {
            return from_m > to_m;
        }
    }
}
