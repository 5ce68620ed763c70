// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.polias.model.place.Offset;

/**
 * The density of where and when a sound was made, given its arrivals: up to a constant
 *
 * <pre>
 *   p(x, y, t0, c, w, s) = product over arrivals of p(r_i; s sigma_i) x levels x N(x, y) N(c) N(w) N(ln s)
 *   r_i = t_i - t0 - d_i / (c + w . u_i)
 * </pre>
 *
 * d_i and u_i being the distance and the direction from the source to the sensor: sound travels with the wind. The speed of sound in
 * still air c, the wind w and the factor s by which stated deviations are wrong are nuisances with priors. Levels, where known, say
 * L_i = L_1m - 20 lg d_i + N(0, {@value LEVEL_SIGMA_DB} dB), with the source's level L_1m summed out.
 */
final class Posterior {

    /** How many unknowns there are. */
    static final int UNKNOWNS = 7;
    /** Towards east and north of the frame's origin, m. */
    static final int X = 0;

    static final int Y = 1;
    /** The time of the source times {@link #PACE}, m: so that all unknowns are of one size. */
    static final int T = 2;
    /** The speed of sound in still air, m/s. */
    static final int C = 3;
    /** The wind towards east and north, m/s. */
    static final int EAST_WIND = 4;

    static final int NORTH_WIND = 5;
    /** ln s. */
    static final int SCALE = 6;

    /** m/s. */
    static final double PACE = 340;

    /** How far levels scatter about spherical spreading in a city: shadows of buildings, directivity, the microphone's mounting. */
    static final double LEVEL_SIGMA_DB = 8;

    /** What an onset's jitter is worth: nearer microphones tell no direction. */
    private static final double ONE_PLACE_M = 4;
    /** Products of densities become logarithms before they leave the range of doubles. */
    private static final double SMALL = 1e-200;
    /** Arrivals that are less probably direct than this do not pull. */
    private static final double LEAST_SHARE = 1e-6;

    private static final double DB_PER_NEPER = 20 / 2.302_585_092_994_046;

    final int n;
    final double[] sensorX;
    final double[] sensorY;
    final double[] time;
    final double[] sigma;
    final double[] priorMean;
    /** Inverse variances. */
    final double[] priorPrecision;

    private final ArrivalModel model;
    private final double[] level;
    private final int levels;
    private final double sourceLevel_dB;
    private final double sourceSigma_dB;

    /**
     * @param priorSigma of the unknowns; infinity is no prior
     */
    Posterior(List<TimedArrival> arrivals, double[] priorMean, double[] priorSigma, LocatorSettings settings) {
        n = arrivals.size();
        sensorX = new double[n];
        sensorY = new double[n];
        time = new double[n];
        sigma = new double[n];
        level = new double[n];
        int known = 0;
        for (int i = 0; i < n; i++) {
            TimedArrival arrival = arrivals.get(i);
            sensorX[i] = arrival.x_m();
            sensorY[i] = arrival.y_m();
            time[i] = arrival.time_s();
            sigma[i] = arrival.sigma_s();
            level[i] = arrival.level_dB();
            known += Double.isNaN(level[i]) ? 0 : 1;
        }
        levels = known;
        this.priorMean = priorMean.clone();
        priorPrecision = Arrays.stream(priorSigma).map(s -> 1 / (s * s)).toArray();
        model = settings.arrivals();
        sourceLevel_dB = settings.sourceLevel_dB();
        sourceSigma_dB = settings.sourceSigma_dB();
    }

    /** The same with less certain arrivals: for scoring points that wind and temperature have not been fitted to. */
    private Posterior(Posterior exact, double more_s) {
        n = exact.n;
        sensorX = exact.sensorX;
        sensorY = exact.sensorY;
        time = exact.time;
        sigma = Arrays.stream(exact.sigma)
                .map(s -> Math.sqrt(s * s + more_s * more_s))
                .toArray();
        level = exact.level;
        levels = exact.levels;
        priorMean = exact.priorMean;
        priorPrecision = exact.priorPrecision;
        model = exact.model;
        sourceLevel_dB = exact.sourceLevel_dB;
        sourceSigma_dB = exact.sourceSigma_dB;
    }

    /** The numbers of arrivals of which each stands for one place: microphones nearer than {@value ONE_PLACE_M} m are at one. */
    List<Integer> placesHeardAt() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean isNew = true;
            for (int other : places) {
                double dx = sensorX[i] - sensorX[other];
                double dy = sensorY[i] - sensorY[other];
                isNew &= dx * dx + dy * dy > ONE_PLACE_M * ONE_PLACE_M;
            }
            if (isNew) {
                places.add(i);
            }
        }
        return places;
    }

    Posterior blurred(double more_s) {
        return new Posterior(this, more_s);
    }

    /** ln p up to a constant, in units of the Gaussians' peaks at s = 1. */
    double logDensity(double[] u) {
        return logTiming(u) + logLevels(u);
    }

    /** The part of {@link #logDensity} that times and priors make. */
    double logTiming(double[] u) {
        double scale = StrictMath.exp(u[SCALE]);
        double product = 1;
        double log = -n * u[SCALE];
        for (int i = 0; i < n; i++) {
            product *= model.relativeDensity(residual_s(i, u), sigma[i] * scale);
            if (product < SMALL) {
                log += StrictMath.log(product);
                product = 1;
            }
        }
        log += StrictMath.log(product);
        for (int k = 0; k < UNKNOWNS; k++) {
            double d = u[k] - priorMean[k];
            log -= priorPrecision[k] * d * d / 2;
        }
        return log;
    }

    /** ln of the height of the priors, with the source's time anywhere within {@code window_s}. */
    double logPriorPeak(double window_s) {
        double log = -StrictMath.log(window_s * PACE);
        for (int k = 0; k < UNKNOWNS; k++) {
            if (priorPrecision[k] > 0) {
                log += StrictMath.log(priorPrecision[k] / (2 * Math.PI)) / 2;
            }
        }
        return log;
    }

    private double logLevels(double[] u) {
        if (levels == 0) {
            return 0;
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            if (!Double.isNaN(level[i])) {
                double e = level[i] + DB_PER_NEPER * StrictMath.log(Math.max(1, distance_m(i, u))) - sourceLevel_dB;
                sum += e;
                squares += e * e;
            }
        }
        double own = LEVEL_SIGMA_DB * LEVEL_SIGMA_DB;
        double common = sourceSigma_dB * sourceSigma_dB;
        return -(squares - sum * sum * common / (own + levels * common)) / (2 * own);
    }

    private double distance_m(int i, double[] u) {
        double dx = sensorX[i] - u[X];
        double dy = sensorY[i] - u[Y];
        return Math.sqrt(dx * dx + dy * dy);
    }

    /** By how much arrival i came later than the direct sound would. */
    double residual_s(int i, double[] u) {
        return time[i] - u[T] / PACE - delay_s(sensorX[i] - u[X], sensorY[i] - u[Y], u);
    }

    /** How long the sound takes over this way. */
    static double delay_s(double dx, double dy, double[] u) {
        double d = Math.sqrt(dx * dx + dy * dy);
        return d > 0 ? d / (u[C] + (u[EAST_WIND] * dx + u[NORTH_WIND] * dy) / d) : 0;
    }

    /** A source at {@code place} in the prior's air, as early as the arrivals allow if none is early. */
    double[] middle(Offset place) {
        double[] u = priorMean.clone();
        u[X] = place.east_m();
        u[Y] = place.north_m();
        u[T] = 0;
        double made = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            made = Math.min(made, residual_s(i, u));
        }
        u[T] = PACE * made;
        return u;
    }

    /** The probability that arrival i is the direct sound of a source at u. */
    double directShare(int i, double[] u) {
        return model.directShare(residual_s(i, u), sigma[i] * StrictMath.exp(u[SCALE]));
    }

    /** The probability that arrival i is an echo of a source at u. */
    double echoShare(int i, double[] u) {
        return model.echoProbability(residual_s(i, u), sigma[i] * StrictMath.exp(u[SCALE]));
    }

    /**
     * The gradient of ln p at u and the expected curvature of -ln p (Gauss-Newton), each arrival counted as far as it is the direct
     * sound; levels apart.
     */
    void curvature(double[] u, double[][] matrix, double[] gradient) {
        double[] due = new double[UNKNOWNS];
        for (int k = 0; k < UNKNOWNS; k++) {
            Arrays.fill(matrix[k], 0);
            matrix[k][k] = priorPrecision[k];
            gradient[k] = priorPrecision[k] * (priorMean[k] - u[k]);
        }
        double scale = StrictMath.exp(u[SCALE]);
        for (int i = 0; i < n; i++) {
            double r = residual_s(i, u);
            double s = sigma[i] * scale;
            double share = model.directShare(r, s);
            if (share < LEAST_SHARE) {
                continue;
            }
            dueGradient(i, u, due);
            double weight = share / (s * s);
            for (int k = 0; k < SCALE; k++) {
                gradient[k] += weight * r * due[k];
                for (int l = 0; l <= k; l++) {
                    matrix[k][l] += weight * due[k] * due[l];
                }
            }
            gradient[SCALE] += share * (r * r / (s * s) - 1);
            matrix[SCALE][SCALE] += 2 * share;
        }
        for (int k = 0; k < UNKNOWNS; k++) {
            for (int l = 0; l < k; l++) {
                matrix[l][k] = matrix[k][l];
            }
        }
    }

    /** The derivatives of the time at which the direct sound i is due. */
    private void dueGradient(int i, double[] u, double[] gradient) {
        double dx = sensorX[i] - u[X];
        double dy = sensorY[i] - u[Y];
        double d = Math.max(1e-3, Math.sqrt(dx * dx + dy * dy));
        double ux = dx / d;
        double uy = dy / d;
        double along = u[EAST_WIND] * ux + u[NORTH_WIND] * uy;
        double slow = 1 / (u[C] + along);
        double slow2 = slow * slow;
        gradient[X] = -ux * slow + (u[EAST_WIND] - along * ux) * slow2;
        gradient[Y] = -uy * slow + (u[NORTH_WIND] - along * uy) * slow2;
        gradient[T] = 1 / PACE;
        gradient[C] = -d * slow2;
        gradient[EAST_WIND] = -dx * slow2;
        gradient[NORTH_WIND] = -dy * slow2;
    }
}
