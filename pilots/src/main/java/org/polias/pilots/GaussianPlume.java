// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

/**
 * A plume of gas from a source on the ground, carried by a steady wind over a town: the Gaussian model with Briggs' urban
 * dispersion coefficients for neutral air (class D), reflected at the ground. A building around the source widens it by
 * {@code initialSigmaY_m} and {@code initialSigmaZ_m}; both are 0 for a point in the open.
 */
record GaussianPlume(double release_kg_per_s, double wind_m_per_s, double initialSigmaY_m, double initialSigmaZ_m) {

    /** Density of ammonia vapour at 25 degrees Celsius and 1 atm (ideal gas, 17.03 g/mol), kg/m3. */
    static final double AMMONIA_KG_PER_M3 = 0.6962;

    /** Below this the model does not hold: a plume has no direction without wind. */
    private static final double MIN_WIND_M_PER_S = 0.5;

    /** Horizontal spread at a distance downwind (Briggs 1973, urban, D), m. */
    static double sigmaY_m(double downwind_m) {
        return 0.16 * downwind_m / Math.sqrt(1 + 0.0004 * downwind_m);
    }

    /** Vertical spread at a distance downwind (Briggs 1973, urban, D), m. */
    static double sigmaZ_m(double downwind_m) {
        return 0.14 * downwind_m / Math.sqrt(1 + 0.0003 * downwind_m);
    }

    /** Concentration on the ground, kg/m3. In the lee of the building gas also reaches a little upwind. */
    double concentration_kg_per_m3(double downwind_m, double crosswind_m) {
        double x = Math.max(0, downwind_m);
        double sigmaY = Math.hypot(sigmaY_m(x), initialSigmaY_m);
        double sigmaZ = Math.hypot(sigmaZ_m(x), initialSigmaZ_m);
        if (sigmaY == 0 || sigmaZ == 0) {
            return 0;
        }
        double upwind = Math.min(0, downwind_m);
        double wake = upwind == 0 ? 1 : initialSigmaY_m == 0 ? 0 : Math.exp(-square(upwind / initialSigmaY_m) / 2);
        return release_kg_per_s
                / (Math.PI * Math.max(MIN_WIND_M_PER_S, wind_m_per_s) * sigmaY * sigmaZ)
                * Math.exp(-square(crosswind_m / sigmaY) / 2)
                * wake;
    }

    /** Volume fraction of ammonia on the ground, ppm. */
    double ammonia_ppm(double downwind_m, double crosswind_m) {
        return concentration_kg_per_m3(downwind_m, crosswind_m) / AMMONIA_KG_PER_M3 * 1e6;
    }

    private static double square(double x) {
        return x * x;
    }
}
