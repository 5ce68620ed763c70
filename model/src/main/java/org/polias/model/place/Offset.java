// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

/** A displacement in a {@link LocalFrame}: metres towards east and towards north. */
public record Offset(double east_m, double north_m) {

    /** The length of the displacement. */
    public double length_m() {
        return Math.hypot(east_m, north_m);
    }

    public Offset minus(Offset other) {
        return new Offset(east_m - other.east_m, north_m - other.north_m);
    }

    public Offset plus(Offset other) {
        return new Offset(east_m + other.east_m, north_m + other.north_m);
    }
}
