// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/** A distribution of the unknowns from which the posterior is sampled, normalised. */
sealed interface Proposal {

    /** Writes the draw that these standard normal numbers make into {@code u}. */
    void draw(double[] normal, double[] u);

    double density(double[] u);

    /** Around a mode: Student's t with five degrees of freedom, whose tails are heavier than what it proposes for. */
    final class AroundMode implements Proposal {

        private static final double DEGREES = 5;
        /** Gamma(6) / (Gamma(5/2) (5 pi)^(7/2)): the density at the middle for a unit curvature. */
        private static final double PEAK = 120 / 1.329_340_388_179_137 / Math.pow(DEGREES * Math.PI, 3.5);

        private final Mode mode;
        private final double peak;

        AroundMode(Mode mode) {
            this.mode = mode;
            this.peak = PEAK * StrictMath.exp(mode.logRootPrecision());
        }

        @Override
        public void draw(double[] normal, double[] u) {
            double chi2 = 0;
            for (int k = Posterior.UNKNOWNS; k < normal.length; k++) {
                chi2 += normal[k] * normal[k];
            }
            double stretch = Math.sqrt(DEGREES / Math.max(1e-12, chi2));
            for (int k = 0; k < Posterior.UNKNOWNS; k++) {
                u[k] = normal[k] * stretch;
            }
            Cholesky.backward(mode.factor(), u);
            for (int k = 0; k < Posterior.UNKNOWNS; k++) {
                u[k] += mode.u()[k];
            }
        }

        @Override
        public double density(double[] u) {
            double[][] factor = mode.factor();
            double[] centre = mode.u();
            double q = 0;
            for (int c = 0; c < Posterior.UNKNOWNS; c++) {
                double v = 0;
                for (int r = c; r < Posterior.UNKNOWNS; r++) {
                    v += factor[r][c] * (u[r] - centre[r]);
                }
                q += v * v;
            }
            double h = 1 + q / DEGREES;
            double h3 = h * h * h;
            return peak / (h3 * h3);
        }
    }

    /** Where the prior has it, at the time that arrival i says. */
    final class Anywhere implements Proposal {

        private final Posterior posterior;
        private final int i;

        Anywhere(Posterior posterior, int i) {
            this.posterior = posterior;
            this.i = i;
        }

        @Override
        public void draw(double[] normal, double[] u) {
            u[Posterior.X] = prior(posterior, Posterior.X, normal);
            u[Posterior.Y] = prior(posterior, Posterior.Y, normal);
            drawRest(posterior, i, normal, u);
        }

        @Override
        public double density(double[] u) {
            return priorDensity(posterior, Posterior.X, u)
                    * priorDensity(posterior, Posterior.Y, u)
                    * restDensity(posterior, i, u);
        }
    }

    /**
     * Along the hyperbola of two arrivals. With half the sensors' distance a, elliptic coordinates put a point at the range difference
     * delta = 2 a cos(nu) and at v = a sinh(mu) along the branch: delta is uniform within four deviations, v normal.
     */
    final class AlongHyperbola implements Proposal {

        private static final double DEVIATIONS = 4;

        private final Posterior posterior;
        private final int i;
        private final int j;
        private final double a;
        private final double low;
        private final double high;
        private final double spread;

        AlongHyperbola(Posterior posterior, int i, int j, double blur_s) {
            this.posterior = posterior;
            this.i = i;
            this.j = j;
            double dx = posterior.sensorX[j] - posterior.sensorX[i];
            double dy = posterior.sensorY[j] - posterior.sensorY[i];
            a = Math.sqrt(dx * dx + dy * dy) / 2;
            double speed = posterior.priorMean[Posterior.C];
            double difference = speed * (posterior.time[i] - posterior.time[j]);
            double s = speed
                    * Math.sqrt(posterior.sigma[i] * posterior.sigma[i]
                            + posterior.sigma[j] * posterior.sigma[j]
                            + blur_s * blur_s);
            low = Math.max(-2 * a, difference - DEVIATIONS * s);
            high = Math.min(2 * a, difference + DEVIATIONS * s);
            spread = 1.5 / Math.sqrt(posterior.priorPrecision[Posterior.X]);
        }

        /** Whether a direct sound can have made both arrivals. */
        boolean isPossible() {
            return high > low;
        }

        @Override
        public void draw(double[] normal, double[] u) {
            double delta = low + (high - low) * uniform(normal[Posterior.X]);
            double v = spread * normal[Posterior.Y];
            double cos = delta / (2 * a);
            double sin = Math.sqrt(Math.max(0, 1 - cos * cos));
            double cosh = Math.sqrt(1 + v * v / (a * a));
            // The nearer sensor lies on the side of positive x where delta = d_i - d_j > 0 means nearer to j.
            double along = a * cosh * cos;
            double across = v * sin;
            double ex = (posterior.sensorX[j] - posterior.sensorX[i]) / (2 * a);
            double ey = (posterior.sensorY[j] - posterior.sensorY[i]) / (2 * a);
            u[Posterior.X] = (posterior.sensorX[i] + posterior.sensorX[j]) / 2 + along * ex - across * ey;
            u[Posterior.Y] = (posterior.sensorY[i] + posterior.sensorY[j]) / 2 + along * ey + across * ex;
            drawRest(posterior, i, normal, u);
        }

        @Override
        public double density(double[] u) {
            double di = distance(i, u);
            double dj = distance(j, u);
            double delta = di - dj;
            if (delta < low || delta > high) {
                return 0;
            }
            double cos = delta / (2 * a);
            double cosh = Math.max(1, (di + dj) / (2 * a));
            double sin2 = Math.max(0, 1 - cos * cos);
            double sinh2 = cosh * cosh - 1;
            // d(delta) d(v) / (dx dy), from dx dy = a^2 (cosh^2 mu - cos^2 nu) d(mu) d(nu).
            double jacobian = 2 * Math.sqrt(sin2) * cosh / Math.max(1e-12, sinh2 + sin2);
            double z2 = a * a * sinh2 / (spread * spread);
            return jacobian / (high - low) * normalDensity(z2) / spread * restDensity(posterior, i, u);
        }

        private double distance(int sensor, double[] u) {
            double dx = posterior.sensorX[sensor] - u[Posterior.X];
            double dy = posterior.sensorY[sensor] - u[Posterior.Y];
            return Math.sqrt(dx * dx + dy * dy);
        }
    }

    private static void drawRest(Posterior posterior, int i, double[] normal, double[] u) {
        for (int k = Posterior.C; k < Posterior.UNKNOWNS; k++) {
            u[k] = prior(posterior, k, normal);
        }
        u[Posterior.T] = 0;
        double due_s = posterior.residual_s(i, u);
        u[Posterior.T] = Posterior.PACE
                * (due_s + posterior.sigma[i] * StrictMath.exp(u[Posterior.SCALE]) * normal[Posterior.T]);
    }

    private static double restDensity(Posterior posterior, int i, double[] u) {
        double density = 1;
        for (int k = Posterior.C; k < Posterior.UNKNOWNS; k++) {
            density *= priorDensity(posterior, k, u);
        }
        double s = posterior.sigma[i] * StrictMath.exp(u[Posterior.SCALE]);
        double z = posterior.residual_s(i, u) / s;
        return density * normalDensity(z * z) / (s * Posterior.PACE);
    }

    private static double prior(Posterior posterior, int k, double[] normal) {
        return posterior.priorMean[k] + normal[k] / Math.sqrt(posterior.priorPrecision[k]);
    }

    private static double priorDensity(Posterior posterior, int k, double[] u) {
        double d = u[k] - posterior.priorMean[k];
        return normalDensity(d * d * posterior.priorPrecision[k]) * Math.sqrt(posterior.priorPrecision[k]);
    }

    /** The density of the standard normal distribution at the square of z. */
    private static double normalDensity(double z2) {
        return StrictMath.exp(-z2 / 2) * 0.398_942_280_401_432_7;
    }

    /** A number uniform in 0 to 1 of a standard normal one. */
    private static double uniform(double normal) {
        return ArrivalModel.normalLower(normal);
    }
}
