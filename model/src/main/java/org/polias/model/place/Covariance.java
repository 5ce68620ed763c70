// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

/** The covariance of a horizontal position: a symmetric positive semi-definite 2 x 2 matrix in square metres, east first. */
public record Covariance(double ee_m2, double en_m2, double nn_m2) {

    /** 95 % quantile of the chi-square distribution with two degrees of freedom. */
    private static final double CHI2_2_95 = 5.991_464_547_107_98;

    /** @throws IllegalArgumentException if the matrix is not finite and positive semi-definite */
    public Covariance {
        double slack = 1e-9 * (ee_m2 + nn_m2) * (ee_m2 + nn_m2);
        if (!(ee_m2 >= 0 && nn_m2 >= 0 && ee_m2 * nn_m2 - en_m2 * en_m2 >= -slack)
                || Double.isInfinite(ee_m2 + nn_m2)) {
            throw new IllegalArgumentException(
                    "The covariance (%s, %s, %s) m2 is not positive semi-definite.".formatted(ee_m2, en_m2, nn_m2));
        }
    }

    /** The covariance of a position that is equally uncertain in all directions, with standard deviation {@code sigma_m}. */
    public static Covariance isotropic(double sigma_m) {
        return new Covariance(sigma_m * sigma_m, 0, sigma_m * sigma_m);
    }

    /** The covariance of the difference (or sum) of two independent positions. */
    public Covariance plus(Covariance other) {
        return new Covariance(ee_m2 + other.ee_m2, en_m2 + other.en_m2, nn_m2 + other.nn_m2);
    }

    /** The determinant, in m^4. */
    public double determinant_m4() {
        return Math.max(0, ee_m2 * nn_m2 - en_m2 * en_m2);
    }

    /**
     * The squared Mahalanobis distance of {@code offset} from zero; infinite where the matrix is singular and the offset is not
     * zero.
     */
    public double mahalanobisSquared(Offset offset) {
        double determinant = determinant_m4();
        if (determinant == 0) {
            return offset.east_m() == 0 && offset.north_m() == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double e = offset.east_m();
        double n = offset.north_m();
        return (nn_m2 * e * e - 2 * en_m2 * e * n + ee_m2 * n * n) / determinant;
    }

    /** The ellipse that holds the position with probability 0.95, if the error is Gaussian. */
    public Ellipse ellipse95() {
        double mean = (ee_m2 + nn_m2) / 2;
        double root = Math.hypot((ee_m2 - nn_m2) / 2, en_m2);
        double major = Math.sqrt(Math.max(0, mean + root) * CHI2_2_95);
        double minor = Math.sqrt(Math.max(0, mean - root) * CHI2_2_95);
        double azimuth = Math.toDegrees(Math.atan2(2 * en_m2, nn_m2 - ee_m2)) / 2;
        return new Ellipse(major, minor, azimuth < 0 ? azimuth + 180 : azimuth);
    }
}
