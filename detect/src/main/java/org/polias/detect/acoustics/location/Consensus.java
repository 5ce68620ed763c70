// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Candidates for a source from minimal subsets: any three arrivals at different microphones give at most two points in closed form
 * (Bancroft 1985), each scored by all arrivals. A subset that holds an echo finds few that agree with it.
 */
final class Consensus {

    /** So many subsets are all tried; of more, as many are drawn, the same in every run. */
    private static final int MOST_SUBSETS = 500;
    /** Candidates nearer than this are one. */
    private static final double APART_M = 20;
    /** With fewer candidates than these a grid helps out: microphones on one line, times that no point explains. */
    private static final int FEW = 4;

    private static final int GRID = 12;
    /** Microphones on a line to within this sine leave the side open; the closed form is of no use there. */
    private static final double LEAST_SINE2 = 1e-4;

    private static final double FARTHEST_M = 5000;
    /** A distance that errors of timing have made negative. */
    private static final double SLIGHTLY_NEGATIVE_M = -10;

    private final Posterior posterior;
    private final double speed;
    private final List<Scored> candidates = new ArrayList<>();

    private record Scored(double[] u, double score) {}

    private Consensus(Posterior posterior) {
        this.posterior = posterior;
        this.speed = posterior.priorMean[Posterior.C];
    }

    /** The best {@code most} candidates that lie apart, the best first. */
    static List<double[]> candidates(Posterior posterior, int most) {
        Consensus consensus = new Consensus(posterior);
        consensus.addSubsets();
        if (consensus.candidates.size() < FEW) {
            consensus.addGrid();
        }
        return consensus.best(most);
    }

    private void addSubsets() {
        int n = posterior.n;
        if ((long) n * (n - 1) * (n - 2) / 6 <= MOST_SUBSETS) {
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    for (int k = j + 1; k < n; k++) {
                        addSubset(i, j, k);
                    }
                }
            }
            return;
        }
        SplittableRandom random = new SplittableRandom(n);
        for (int s = 0; s < MOST_SUBSETS; s++) {
            int i = random.nextInt(n);
            int j = random.nextInt(n);
            int k = random.nextInt(n);
            if (i != j && j != k && i != k) {
                addSubset(i, j, k);
            }
        }
    }

    /** With i in the origin: |p| = R and |p - p_j| = R + rho_j give p = a + b R, and |a + b R| = R two values of R at most. */
    private void addSubset(int i, int j, int k) {
        double xj = posterior.sensorX[j] - posterior.sensorX[i];
        double yj = posterior.sensorY[j] - posterior.sensorY[i];
        double xk = posterior.sensorX[k] - posterior.sensorX[i];
        double yk = posterior.sensorY[k] - posterior.sensorY[i];
        double det = xj * yk - xk * yj;
        double squareJ = xj * xj + yj * yj;
        double squareK = xk * xk + yk * yk;
        // Two arrivals at one microphone have a vanishing determinant as well.
        if (det * det <= LEAST_SINE2 * squareJ * squareK) {
            return;
        }
        double rhoJ = speed * (posterior.time[j] - posterior.time[i]);
        double rhoK = speed * (posterior.time[k] - posterior.time[i]);
        double fj = (squareJ - rhoJ * rhoJ) / 2;
        double fk = (squareK - rhoK * rhoK) / 2;
        double ax = (fj * yk - fk * yj) / det;
        double ay = (fk * xj - fj * xk) / det;
        double bx = (rhoK * yj - rhoJ * yk) / det;
        double by = (rhoJ * xk - rhoK * xj) / det;
        double square = bx * bx + by * by - 1;
        double half = ax * bx + ay * by;
        double constant = ax * ax + ay * ay;
        if (Math.abs(square) < 1e-9) {
            addAt(i, ax, ay, bx, by, -constant / (2 * half));
            return;
        }
        // Jitter can make the branches miss each other: then the nearest point is where they would touch.
        double root = Math.sqrt(Math.max(0, half * half - square * constant));
        addAt(i, ax, ay, bx, by, (root - half) / square);
        if (root > 0) {
            addAt(i, ax, ay, bx, by, (-root - half) / square);
        }
    }

    private void addAt(int i, double ax, double ay, double bx, double by, double range_m) {
        if (range_m >= SLIGHTLY_NEGATIVE_M && range_m < FARTHEST_M) {
            double r = Math.max(0, range_m);
            add(posterior.sensorX[i] + ax + bx * r, posterior.sensorY[i] + ay + by * r, posterior.time[i] - r / speed);
        }
    }

    private void addGrid() {
        double half = 1.5 / Math.sqrt(posterior.priorPrecision[Posterior.X]);
        for (int i = 0; i < GRID; i++) {
            for (int j = 0; j < GRID; j++) {
                double x = posterior.priorMean[Posterior.X] + half * (2 * (i + 0.5) / GRID - 1);
                double y = posterior.priorMean[Posterior.Y] + half * (2 * (j + 0.5) / GRID - 1);
                double sum = 0;
                double first = Double.POSITIVE_INFINITY;
                for (int k = 0; k < posterior.n; k++) {
                    double dx = posterior.sensorX[k] - x;
                    double dy = posterior.sensorY[k] - y;
                    double made = posterior.time[k] - Math.sqrt(dx * dx + dy * dy) / speed;
                    sum += made;
                    first = Math.min(first, made);
                }
                add(x, y, first);
                add(x, y, sum / posterior.n);
            }
        }
    }

    private void add(double x, double y, double time_s) {
        double[] u = posterior.priorMean.clone();
        u[Posterior.X] = x;
        u[Posterior.Y] = y;
        u[Posterior.T] = time_s * Posterior.PACE;
        double score = posterior.logTiming(u);
        if (Double.isFinite(score)) {
            candidates.add(new Scored(u, score));
        }
    }

    private List<double[]> best(int most) {
        candidates.sort(Comparator.comparingDouble((Scored one) -> -one.score()));
        List<double[]> best = new ArrayList<>();
        for (Scored one : candidates) {
            if (best.stream().noneMatch(other -> isNear(one.u(), other))) {
                best.add(one.u());
                if (best.size() == most) {
                    break;
                }
            }
        }
        return best;
    }

    private static boolean isNear(double[] a, double[] b) {
        double dx = a[Posterior.X] - b[Posterior.X];
        double dy = a[Posterior.Y] - b[Posterior.Y];
        return Arrays.equals(a, b) || dx * dx + dy * dy < APART_M * APART_M;
    }
}
