// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

import org.polias.model.place.Covariance;
import org.polias.model.place.Offset;

/**
 * The posterior as weighted samples (importance sampling with the balance heuristic, Veach and Guibas 1995). What a Gaussian about a
 * mode does not know is in it: a bent ridge, a heavy tail, a second mode. The draws are the same in every run.
 */
final class Cloud {

    /** The chi-square of Student's t takes five numbers more than there are unknowns. */
    private static final int NUMBERS = Posterior.UNKNOWNS + 5;

    private static final int DRAWS = 1000;
    private static final double[][] NORMAL = normals();
    private static final double CHI2_2_95 = 5.991_464_547_107_98;
    /** No place is known better than this. */
    private static final double LEAST_SIGMA_M = 0.3;

    private final List<double[]> draws;
    /** The proposal that most probably made each. */
    private final int[] origin;

    private final double[] weight;
    private final double logMass;

    private Cloud(List<double[]> draws, int[] origin, double[] logWeight) {
        this.draws = draws;
        this.origin = origin;
        double most = Double.NEGATIVE_INFINITY;
        for (double one : logWeight) {
            most = Math.max(most, one);
        }
        double sum = 0;
        weight = new double[logWeight.length];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = StrictMath.exp(logWeight[i] - most);
            sum += weight[i];
        }
        for (int i = 0; i < weight.length; i++) {
            weight[i] /= sum;
        }
        logMass = most + StrictMath.log(sum);
    }

    /** How often to draw from a proposal. */
    record Share(Proposal proposal, int draws) {}

    /** A function of the unknowns that weighs besides the posterior. */
    interface Factor {
        double log(double[] u);
    }

    /** Draws from each proposal as often as its share says. */
    static Cloud draw(Posterior posterior, List<Share> shares, Factor more) {
        List<double[]> draws = new ArrayList<>();
        int offset = 0;
        for (Share share : shares) {
            for (int i = 0; i < share.draws; i++) {
                double[] u = new double[Posterior.UNKNOWNS];
                share.proposal.draw(NORMAL[(i + offset) % DRAWS], u);
                draws.add(u);
            }
            offset += 38;
        }
        double[] logWeight = new double[draws.size()];
        int[] origin = new int[draws.size()];
        for (int i = 0; i < logWeight.length; i++) {
            double[] u = draws.get(i);
            double proposed = 0;
            double most = 0;
            for (int k = 0; k < shares.size(); k++) {
                double one = shares.get(k).draws * shares.get(k).proposal.density(u);
                proposed += one;
                if (one > most) {
                    most = one;
                    origin[i] = k;
                }
            }
            logWeight[i] = posterior.logDensity(u) + more.log(u) - StrictMath.log(proposed);
        }
        return new Cloud(draws, origin, logWeight);
    }

    /** ln of the integral of the posterior. */
    double logMass() {
        return logMass;
    }

    /** The part of the weight that lies with these proposals. */
    double weightOf(IntPredicate origins) {
        double sum = 0;
        for (int i = 0; i < weight.length; i++) {
            if (origins.test(origin[i])) {
                sum += weight[i];
            }
        }
        return sum;
    }

    /** The mean place of what lies with these proposals. */
    Offset mean(IntPredicate origins) {
        double sum = 0;
        double e = 0;
        double n = 0;
        for (int i = 0; i < weight.length; i++) {
            if (origins.test(origin[i])) {
                sum += weight[i];
                e += weight[i] * draws.get(i)[Posterior.X];
                n += weight[i] * draws.get(i)[Posterior.Y];
            }
        }
        return new Offset(e / sum, n / sum);
    }

    /** The mean of the samples within {@code radius_m} of where they are densest: mean shift (Fukunaga and Hostetler 1975). */
    Offset densest(Offset start, double radius_m) {
        Offset centre = start;
        for (int step = 0; step < 12; step++) {
            double sum = 0;
            double e = 0;
            double n = 0;
            for (int i = 0; i < weight.length; i++) {
                double x = draws.get(i)[Posterior.X];
                double y = draws.get(i)[Posterior.Y];
                double dx = x - centre.east_m();
                double dy = y - centre.north_m();
                if (dx * dx + dy * dy < radius_m * radius_m) {
                    sum += weight[i];
                    e += weight[i] * x;
                    n += weight[i] * y;
                }
            }
            if (sum == 0) {
                return centre;
            }
            Offset next = new Offset(e / sum, n / sum);
            if (next.minus(centre).length_m() < 0.05) {
                return next;
            }
            centre = next;
        }
        return centre;
    }

    /**
     * The ellipse about {@code centre} that holds 95 % of the weight of these proposals, as the covariance whose 95 % ellipse it is;
     * its form is that of the second moments.
     */
    Covariance ellipse95(Offset centre, IntPredicate origins) {
        double sum = 0;
        double ee = 0;
        double en = 0;
        double nn = 0;
        for (int i = 0; i < weight.length; i++) {
            if (origins.test(origin[i])) {
                double dx = draws.get(i)[Posterior.X] - centre.east_m();
                double dy = draws.get(i)[Posterior.Y] - centre.north_m();
                sum += weight[i];
                ee += weight[i] * dx * dx;
                en += weight[i] * dx * dy;
                nn += weight[i] * dy * dy;
            }
        }
        Covariance form = new Covariance(ee / sum, en / sum, nn / sum).plus(Covariance.isotropic(LEAST_SIGMA_M));
        List<double[]> byDistance = new ArrayList<>(weight.length);
        for (int i = 0; i < weight.length; i++) {
            if (origins.test(origin[i])) {
                double[] u = draws.get(i);
                byDistance.add(new double[] {
                    form.mahalanobisSquared(
                            new Offset(u[Posterior.X] - centre.east_m(), u[Posterior.Y] - centre.north_m())),
                    weight[i]
                });
            }
        }
        byDistance.sort(Comparator.comparingDouble(pair -> pair[0]));
        double within = 0;
        double quantile = 0;
        for (double[] pair : byDistance) {
            within += pair[1];
            quantile = pair[0];
            if (within >= 0.95 * sum) {
                break;
            }
        }
        double stretch = quantile / CHI2_2_95;
        return new Covariance(form.ee_m2() * stretch, form.en_m2() * stretch, form.nn_m2() * stretch)
                .plus(Covariance.isotropic(LEAST_SIGMA_M));
    }

    /** One standard deviation of the source's time. */
    double timeSigma_s(IntPredicate origins) {
        double sum = 0;
        double mean = 0;
        double square = 0;
        for (int i = 0; i < weight.length; i++) {
            if (origins.test(origin[i])) {
                double before = sum;
                sum += weight[i];
                if (weight[i] > 0) {
                    double t = draws.get(i)[Posterior.T] / Posterior.PACE;
                    double shift = (t - mean) * weight[i] / sum;
                    square += before * shift * (t - mean);
                    mean += shift;
                }
            }
        }
        return Math.sqrt(square / sum);
    }

    /** Standard normal numbers by the transform of Box and Muller, the same on every machine. */
    private static double[][] normals() {
        SplittableRandom random = new SplittableRandom(1_887);
        double[][] normals = new double[DRAWS][NUMBERS];
        for (int i = 0; i < DRAWS; i += 2) {
            for (int k = 0; k < NUMBERS; k++) {
                double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
                normals[i][k] = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
                // Antithetic: what is drawn on one side is drawn on the other, which makes means exact.
                normals[i + 1][k] = -normals[i][k];
            }
        }
        return normals;
    }
}
