// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/** A place on a level: metres towards east and towards north of the site's origin. */
public record Point(double x_m, double y_m) {

    /** The distance to {@code other}. */
    public double distance_m(Point other) {
        return Math.hypot(x_m - other.x_m, y_m - other.y_m);
    }

    boolean isFinite() {
        return Double.isFinite(x_m) && Double.isFinite(y_m);
    }
}
