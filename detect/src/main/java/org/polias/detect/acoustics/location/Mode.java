// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.Optional;

/**
 * A local maximum of the posterior and its curvature there.
 *
 * @param factor the Cholesky factor of the curvature, the inverse of the covariance
 */
record Mode(double[] u, double logDensity, double[][] factor) {

    private static final int MOST_STEPS = 30;
    /** A step that gains less, in nats, was the last. */
    private static final double LEAST_GAIN = 1e-4;

    private static final double MOST_DAMPING = 1e8;

    /** Climbs from {@code start} by damped Gauss-Newton steps (Levenberg 1944, Marquardt 1963); nothing where it leads nowhere. */
    static Optional<Mode> find(Posterior posterior, double[] start) {
        int k = start.length;
        double[] u = start.clone();
        double[] next = new double[k];
        double[] step = new double[k];
        double[] gradient = new double[k];
        double[][] curvature = new double[k][k];
        double[][] damped = new double[k][k];
        double here = posterior.logTiming(u);
        double damping = 1e-3;
        posterior.curvature(u, curvature, gradient);
        for (int i = 0; i < MOST_STEPS && damping < MOST_DAMPING; i++) {
            for (int j = 0; j < k; j++) {
                System.arraycopy(curvature[j], 0, damped[j], 0, k);
                damped[j][j] *= 1 + damping;
                step[j] = gradient[j];
            }
            if (!Cholesky.factor(damped)) {
                return Optional.empty();
            }
            Cholesky.forward(damped, step);
            Cholesky.backward(damped, step);
            for (int j = 0; j < k; j++) {
                next[j] = u[j] + step[j];
            }
            double there = posterior.logTiming(next);
            if (!(there > here)) {
                damping *= 8;
                continue;
            }
            double gain = there - here;
            here = there;
            System.arraycopy(next, 0, u, 0, k);
            posterior.curvature(u, curvature, gradient);
            damping /= 8;
            if (gain < LEAST_GAIN) {
                break;
            }
        }
        return Cholesky.factor(curvature) ? Optional.of(new Mode(u, here, curvature)) : Optional.empty();
    }

    /** ln of the mass under this mode by Laplace's approximation, up to a constant that all modes share. */
    double logMass() {
        return logDensity - logRootPrecision();
    }

    /** The larger standard deviation of the place. */
    double sigma_m() {
        double[] x = column(Posterior.X);
        double[] y = column(Posterior.Y);
        double mean = (x[Posterior.X] + y[Posterior.Y]) / 2;
        double half = (x[Posterior.X] - y[Posterior.Y]) / 2;
        return Math.sqrt(mean + Math.sqrt(half * half + x[Posterior.Y] * x[Posterior.Y]));
    }

    /** A column of the covariance. */
    private double[] column(int k) {
        double[] column = new double[u.length];
        column[k] = 1;
        Cholesky.forward(factor, column);
        Cholesky.backward(factor, column);
        return column;
    }

    double distance_m(Mode other) {
        double dx = u[Posterior.X] - other.u[Posterior.X];
        double dy = u[Posterior.Y] - other.u[Posterior.Y];
        return Math.sqrt(dx * dx + dy * dy);
    }

    /** ln of the square root of the curvature's determinant. */
    double logRootPrecision() {
        double log = 0;
        for (int j = 0; j < u.length; j++) {
            log += StrictMath.log(factor[j][j]);
        }
        return log;
    }
}
