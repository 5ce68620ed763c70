// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.List;
import java.util.Optional;

/**
 * The shock wave of a bullet that flies straight from (x, y) at t0 with speed v > c. It reaches a microphone that lies s along the
 * path and d beside it at
 *
 * <pre>
 *   t = t0 + s / v + d sqrt(1 / c^2 - 1 / v^2)      if  s > d / sqrt((v / c)^2 - 1), else it does not
 * </pre>
 *
 * (Maher 2007, the Mach cone's geometry; the bullet's drag is left aside, which costs a few per cent of v over 300 m). With the bang
 * of the muzzle that follows, a microphone knows how far off the muzzle is at least, and several know where the bullet went. Azimuth
 * and speed are summed over a grid, with priors: any direction, 800 +- 150 m/s.
 */
final class ShockWave {

    private static final double SPEED_MEAN_M_PER_S = 800;
    private static final double SPEED_SIGMA_M_PER_S = 150;
    private static final double[] SPEEDS_M_PER_S = {420, 480, 550, 620, 690, 760, 830, 900, 970, 1040, 1110};
    private static final int AZIMUTHS = 120;
    private static final int FINE_AZIMUTHS = 80;
    private static final double FINE_STEP_DEG = 0.25;
    private static final double FINE_SPEED_STEP_M_PER_S = 20;
    /** A microphone reports a shock wave that is none, or of another shot: this density over its time, in 1/s. */
    private static final double FALSE_DENSITY_PER_S = 0.02;
    /** What drag and a bent path do to the model. */
    private static final double MODEL_SIGMA_S = 0.003;

    private static final double SQRT_TWO_PI = 2.506_628_274_631_000_5;

    private final List<TimedArrival> shocks;

    ShockWave(List<TimedArrival> shocks) {
        this.shocks = List.copyOf(shocks);
    }

    boolean isHeard() {
        return !shocks.isEmpty();
    }

    /** ln P(the shock waves' times | a muzzle at u), the path being unknown. */
    double log(double[] u) {
        if (shocks.isEmpty()) {
            return 0;
        }
        double sum = 0;
        for (int a = 0; a < AZIMUTHS; a++) {
            double azimuth = 2 * Math.PI * a / AZIMUTHS;
            double east = StrictMath.sin(azimuth);
            double north = StrictMath.cos(azimuth);
            for (double speed : SPEEDS_M_PER_S) {
                // Between two directions of the grid the time changes by up to half a step times the distance.
                sum += prior(speed) * likelihood(u, east, north, speed, Math.PI / AZIMUTHS);
            }
        }
        return StrictMath.log(sum / AZIMUTHS);
    }

    /** The path of a bullet from the muzzle at u, known to {@code sigma_m}; nothing where no path fits. */
    Optional<Trajectory> findTrajectory(double[] u, double sigma_m) {
        if (shocks.isEmpty()) {
            return Optional.empty();
        }
        double best = 0;
        double bestAzimuth = 0;
        double bestSpeed = 0;
        for (int a = 0; a < 3 * AZIMUTHS; a++) {
            double azimuth = 2 * Math.PI * a / (3 * AZIMUTHS);
            for (double speed : SPEEDS_M_PER_S) {
                double p = prior(speed)
                        * likelihood(
                                u, StrictMath.sin(azimuth), StrictMath.cos(azimuth), speed, Math.PI / (3 * AZIMUTHS));
                if (p > best) {
                    best = p;
                    bestAzimuth = StrictMath.toDegrees(azimuth);
                    bestSpeed = speed;
                }
            }
        }
        if (best == 0) {
            return Optional.empty();
        }
        return Optional.of(moments(u, sigma_m, bestAzimuth, bestSpeed));
    }

    private Trajectory moments(double[] u, double sigma_m, double nearAzimuth_deg, double nearSpeed) {
        double sum = 0;
        double turn = 0;
        double turn2 = 0;
        double speed1 = 0;
        double speed2 = 0;
        for (int a = -FINE_AZIMUTHS; a <= FINE_AZIMUTHS; a++) {
            double away_deg = a * FINE_STEP_DEG;
            double azimuth = StrictMath.toRadians(nearAzimuth_deg + away_deg);
            for (int k = -10; k <= 10; k++) {
                double speed = nearSpeed + k * FINE_SPEED_STEP_M_PER_S;
                if (speed > 1.05 * u[Posterior.C]) {
                    double p = prior(speed)
                            * likelihood(
                                    u,
                                    StrictMath.sin(azimuth),
                                    StrictMath.cos(azimuth),
                                    speed,
                                    sigma_m / distance_m(u));
                    sum += p;
                    turn += p * away_deg;
                    turn2 += p * away_deg * away_deg;
                    speed1 += p * speed;
                    speed2 += p * speed * speed;
                }
            }
        }
        double mean = turn / sum;
        double speed = speed1 / sum;
        double azimuth = (nearAzimuth_deg + mean + 360) % 360;
        return new Trajectory(
                azimuth,
                Math.sqrt(Math.max(FINE_STEP_DEG * FINE_STEP_DEG, turn2 / sum - mean * mean)),
                speed,
                Math.sqrt(Math.max(0, speed2 / sum - speed * speed)),
                shocks.size());
    }

    /** The mean distance of those that heard it. */
    private double distance_m(double[] u) {
        double sum = 0;
        for (TimedArrival shock : shocks) {
            double dx = shock.x_m() - u[Posterior.X];
            double dy = shock.y_m() - u[Posterior.Y];
            sum += Math.sqrt(dx * dx + dy * dy);
        }
        return Math.max(1, sum / shocks.size());
    }

    private double likelihood(double[] u, double east, double north, double speed, double blur_rad) {
        double c = u[Posterior.C];
        double slope = Math.sqrt(1 / (c * c) - 1 / (speed * speed));
        double cone = 1 / Math.sqrt(speed * speed / (c * c) - 1);
        double product = 1;
        for (TimedArrival shock : shocks) {
            double dx = shock.x_m() - u[Posterior.X];
            double dy = shock.y_m() - u[Posterior.Y];
            double along = dx * east + dy * north;
            double beside = Math.abs(dx * north - dy * east);
            double density = FALSE_DENSITY_PER_S;
            if (along > beside * cone) {
                double due = u[Posterior.T] / Posterior.PACE + along / speed + beside * slope;
                // d(due) / d(azimuth) = -beside / v + along x slope, in size.
                double blur = blur_rad * Math.abs(along * slope - beside / speed);
                double s2 = shock.sigma_s() * shock.sigma_s() + MODEL_SIGMA_S * MODEL_SIGMA_S + blur * blur;
                double r = shock.time_s() - due;
                density += StrictMath.exp(-r * r / (2 * s2)) / (SQRT_TWO_PI * Math.sqrt(s2));
            }
            product *= density;
        }
        return product;
    }

    private static double prior(double speed) {
        double z = (speed - SPEED_MEAN_M_PER_S) / SPEED_SIGMA_M_PER_S;
        return StrictMath.exp(-z * z / 2);
    }
}
