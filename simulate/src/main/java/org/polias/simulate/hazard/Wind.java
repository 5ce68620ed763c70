// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

/**
 * A steady wind.
 *
 * @param speed_m_per_s at the height of the plume; at least {@value #MIN_M_PER_S}: without wind a plume has no direction
 * @param from_deg where it comes from, clockwise from north, as wind vanes report it
 */
public record Wind(double speed_m_per_s, double from_deg) {

    /** Below this the Gaussian models do not hold (they divide by the speed). */
    public static final double MIN_M_PER_S = 0.5;

    /** @throws IllegalArgumentException if the speed is below {@value #MIN_M_PER_S} m/s or a value is not finite */
    public Wind {
        if (!(speed_m_per_s >= MIN_M_PER_S && speed_m_per_s <= 75) || !Double.isFinite(from_deg)) {
            throw new IllegalArgumentException(
                    "The wind blows at %s m/s from %s degrees.%nMaybe take %s m/s for a calm: the plume models need a wind of 0.5 to 75 m/s."
                            .formatted(speed_m_per_s, from_deg, MIN_M_PER_S));
        }
    }

    /** The east part of the unit vector along which things drift. */
    public double towardsEast() {
        return -StrictMath.sin(StrictMath.toRadians(from_deg));
    }

    /** The north part of the unit vector along which things drift. */
    public double towardsNorth() {
        return -StrictMath.cos(StrictMath.toRadians(from_deg));
    }
}
