// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.hipparchus.special.Erf;

/**
 * Gas that escapes steadily for a while: the Gaussian plume, reflected at the ground, between a front and a tail that travel with
 * the wind and are smeared along it (Palazzi et al. 1982: the plume times a difference of error functions, sigma_x = sigma_y).
 * For an endless release, long after its beginning, it is the plain plume
 * C = Q / (2 pi u sigma_y sigma_z) exp(-y2/2 sigma_y2) (exp(-(z-h)2/2 sigma_z2) + exp(-(z+h)2/2 sigma_z2)).
 *
 * @param release_kg_per_s Q
 * @param duration_s how long it escapes; infinite for ever
 * @param height_m h, of the source above the ground
 * @param initialSigmaY_m half-widths that a building or tank around the source gives the plume at its beginning (width / 4.3), or 0
 * @param initialSigmaZ_m as {@code initialSigmaY_m} (height / 2.15)
 */
public record GaussianPlume(
        double release_kg_per_s,
        double duration_s,
        double height_m,
        double wind_m_per_s,
        Stability stability,
        Terrain terrain,
        double initialSigmaY_m,
        double initialSigmaZ_m)
        implements Dispersion {

    /** Beyond this no claim is made. */
    static final double MAX_REACH_M = 20_000;
    /** Nearer than this to a point source the model has no meaning (it diverges), and the value here is used. */
    static final double MIN_X_M = 1;

    /** @throws IllegalArgumentException if a value is negative or not a number, or there is no wind */
    public GaussianPlume {
        if (!(release_kg_per_s >= 0)
                || !(duration_s > 0)
                || !(height_m >= 0)
                || !(wind_m_per_s >= Wind.MIN_M_PER_S)
                || !(initialSigmaY_m >= 0)
                || !(initialSigmaZ_m >= 0)) {
            throw new IllegalArgumentException(
                    "A plume of %s kg/s for %s s from %s m in a wind of %s m/s, initially %s and %s m wide and high, cannot be."
                            .formatted(
                                    release_kg_per_s,
                                    duration_s,
                                    height_m,
                                    wind_m_per_s,
                                    initialSigmaY_m,
                                    initialSigmaZ_m));
        }
    }

    /** A point source on the ground that does not end. */
    public static GaussianPlume steady(
            double release_kg_per_s, double wind_m_per_s, Stability stability, Terrain terrain) {
        return new GaussianPlume(release_kg_per_s, Double.POSITIVE_INFINITY, 0, wind_m_per_s, stability, terrain, 0, 0);
    }

    @Override
    public double concentration_kg_per_m3(double x, double y, double z, double t) {
        double axis = axis_kg_per_m3(x, z, t);
        if (axis == 0) {
            return 0;
        }
        double sigmaY = sigmaY_m(x);
        return axis * StrictMath.exp(-y * y / (2 * sigmaY * sigmaY));
    }

    @Override
    public double halfWidth_m(double limit_kg_per_m3, double x, double z, double t) {
        double axis = axis_kg_per_m3(x, z, t);
        return axis < limit_kg_per_m3 || axis == 0
                ? -1
                : sigmaY_m(x) * Math.sqrt(2 * StrictMath.log(axis / limit_kg_per_m3));
    }

    @Override
    public Reach reach(double limit_kg_per_m3, double t) {
        if (t <= 0 || release_kg_per_s == 0) {
            return Reach.NOWHERE;
        }
        // The front lies where the wind has come; five sigmas beyond it there is nothing of it.
        double front = wind_m_per_s * t;
        front += 5 * sigmaY_m(front);
        return new Reach(-4 * initialSigmaY_m, Math.min(MAX_REACH_M, front));
    }

    /** Concentration straight downwind at the height z, kg/m3. */
    private double axis_kg_per_m3(double x, double z, double t) {
        if (t <= 0 || x > MAX_REACH_M || x < 0 && initialSigmaY_m == 0) {
            return 0;
        }
        double sigmaY = sigmaY_m(x);
        double sigmaZ = sigmaZ_m(x);
        double vertical = StrictMath.exp(-square((z - height_m) / sigmaZ) / 2)
                + StrictMath.exp(-square((z + height_m) / sigmaZ) / 2);
        // In the lee of a building gas also reaches a little upwind.
        double wake = x >= 0 ? 1 : StrictMath.exp(-square(x / initialSigmaY_m) / 2);
        return release_kg_per_s
                / (2 * Math.PI * wind_m_per_s * sigmaY * sigmaZ)
                * vertical
                * wake
                * arrived(x, t, sigmaY);
    }

    /** The part of the release, 0 to 1, that is passing at x: its front has come and its tail has not. */
    private double arrived(double x, double t, double sigmaX) {
        double downwind = Math.max(0, x);
        double front = normal((wind_m_per_s * t - downwind) / sigmaX);
        double tail = t <= duration_s ? 0 : normal((wind_m_per_s * (t - duration_s) - downwind) / sigmaX);
        return Math.max(0, front - tail);
    }

    private double sigmaY_m(double x) {
        return StrictMath.hypot(terrain.sigmaY_m(stability, Math.max(MIN_X_M, x)), initialSigmaY_m);
    }

    private double sigmaZ_m(double x) {
        return StrictMath.hypot(terrain.sigmaZ_m(stability, Math.max(MIN_X_M, x)), initialSigmaZ_m);
    }

    private static double normal(double z) {
        if (z > 8) {
            return 1;
        }
        return z < -8 ? 0 : 0.5 * Erf.erfc(-z / Math.sqrt(2));
    }

    private static double square(double x) {
        return x * x;
    }
}
