// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.site;

import org.polias.model.place.Covariance;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;

/**
 * A place in the site's local frame.
 *
 * @param located whether it says more than "somewhere on the site"
 */
public record Spot(Offset offset, Covariance covariance, boolean located) {

    /** A place that is less certain than this, one standard deviation in metres, says nothing: a block of streets. */
    static final double LOCATED_WITHIN_M = 1000;

    /** {@code place} in {@code frame}. */
    public static Spot of(Place place, LocalFrame frame) {
        return of(frame.toOffset(place.position()), place.covariance());
    }

    /** The place with that best estimate and error. */
    public static Spot of(Offset offset, Covariance covariance) {
        return new Spot(offset, covariance, sigma_m(covariance) < LOCATED_WITHIN_M);
    }

    /** The standard deviation in a direction, averaged over the directions, in metres. */
    public double sigma_m() {
        return sigma_m(covariance);
    }

    /** This place on the earth. */
    public Place place(LocalFrame frame) {
        return new Place(frame.toPosition(offset), covariance);
    }

    private static double sigma_m(Covariance covariance) {
        return Math.sqrt((covariance.ee_m2() + covariance.nn_m2()) / 2);
    }
}
