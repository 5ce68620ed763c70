// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

/**
 * Gas that escapes at once and travels with the wind as one cloud: the Gaussian puff, reflected at the ground, whose spread is that
 * of a plume as far downwind as the cloud has come, the same along the wind as across it.
 * C = M / ((2 pi)^1.5 sigma_x sigma_y sigma_z) exp(-(x-ut)2/2 sigma_x2) exp(-y2/2 sigma_y2) (exp(-(z-h)2/2 sigma_z2) + exp(-(z+h)2/2 sigma_z2)).
 *
 * @param mass_kg M
 * @param height_m h, of the source above the ground
 * @param initialSigmaY_m half-width of the cloud at the beginning, or 0
 * @param initialSigmaZ_m half-height of the cloud at the beginning, or 0
 */
public record GaussianPuff(
        double mass_kg,
        double height_m,
        double wind_m_per_s,
        Stability stability,
        Terrain terrain,
        double initialSigmaY_m,
        double initialSigmaZ_m)
        implements Dispersion {

    /** @throws IllegalArgumentException if a value is negative or not a number, or there is no wind */
    public GaussianPuff {
        if (!(mass_kg >= 0)
                || !(height_m >= 0)
                || !(wind_m_per_s >= Wind.MIN_M_PER_S)
                || !(initialSigmaY_m >= 0)
                || !(initialSigmaZ_m >= 0)) {
            throw new IllegalArgumentException(
                    "A puff of %s kg from %s m in a wind of %s m/s, initially %s and %s m wide and high, cannot be."
                            .formatted(mass_kg, height_m, wind_m_per_s, initialSigmaY_m, initialSigmaZ_m));
        }
    }

    @Override
    public double concentration_kg_per_m3(double x, double y, double z, double t) {
        if (t <= 0) {
            return 0;
        }
        double sigmaY = sigmaY_m(t);
        return axis_kg_per_m3(x, z, t) * StrictMath.exp(-y * y / (2 * sigmaY * sigmaY));
    }

    @Override
    public double halfWidth_m(double limit_kg_per_m3, double x, double z, double t) {
        double axis = t <= 0 ? 0 : axis_kg_per_m3(x, z, t);
        return axis < limit_kg_per_m3 || axis == 0
                ? -1
                : sigmaY_m(t) * Math.sqrt(2 * StrictMath.log(axis / limit_kg_per_m3));
    }

    @Override
    public Reach reach(double limit_kg_per_m3, double t) {
        double centre = wind_m_per_s * t;
        if (t <= 0 || mass_kg == 0 || centre > GaussianPlume.MAX_REACH_M) {
            return Reach.NOWHERE;
        }
        double highest = axis_kg_per_m3(centre, height_m, t) + axis_kg_per_m3(centre, 0, t);
        if (highest < limit_kg_per_m3) {
            return Reach.NOWHERE;
        }
        double half = sigmaY_m(t) * Math.sqrt(2 * StrictMath.log(highest / limit_kg_per_m3));
        return new Reach(centre - half, centre + half);
    }

    private double axis_kg_per_m3(double x, double z, double t) {
        double sigmaX = sigmaY_m(t);
        double sigmaZ = sigmaZ_m(t);
        double vertical = StrictMath.exp(-square((z - height_m) / sigmaZ) / 2)
                + StrictMath.exp(-square((z + height_m) / sigmaZ) / 2);
        return mass_kg
                / (StrictMath.pow(2 * Math.PI, 1.5) * sigmaX * sigmaX * sigmaZ)
                * StrictMath.exp(-square((x - wind_m_per_s * t) / sigmaX) / 2)
                * vertical;
    }

    private double sigmaY_m(double t) {
        return StrictMath.hypot(terrain.sigmaY_m(stability, travelled_m(t)), initialSigmaY_m);
    }

    private double sigmaZ_m(double t) {
        return StrictMath.hypot(terrain.sigmaZ_m(stability, travelled_m(t)), initialSigmaZ_m);
    }

    private double travelled_m(double t) {
        return Math.max(GaussianPlume.MIN_X_M, wind_m_per_s * t);
    }

    private static double square(double x) {
        return x * x;
    }
}
