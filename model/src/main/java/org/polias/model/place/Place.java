// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

/** Where something is, no more precisely than is known: the best estimate and the covariance of its error. */
public record Place(Position position, Covariance covariance) {

    /** A place known to {@code sigma_m} (one standard deviation) in every direction. */
    public static Place within(Position position, double sigma_m) {
        return new Place(position, Covariance.isotropic(sigma_m));
    }
}
