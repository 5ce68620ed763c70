// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

/**
 * The local east-north frame of a site, in which its geometry is computed in metres: the tangent plane at {@code origin},
 * scaled by the ellipsoid's radii of curvature there. Within 5 km of the origin the error stays below 0.1 % at city latitudes.
 */
public record LocalFrame(Position origin) {

    /** Semi-major axis of WGS84, metres (NIMA TR8350.2). */
    private static final double WGS84_A_M = 6_378_137.0;
    /** First eccentricity squared of WGS84. */
    private static final double WGS84_E2 = 6.694_379_990_141_33e-3;

    /** The displacement of {@code position} from the origin. */
    public Offset toOffset(Position position) {
        return new Offset(
                Math.toRadians(position.longitude() - origin.longitude()) * eastRadius_m(),
                Math.toRadians(position.latitude() - origin.latitude()) * northRadius_m());
    }

    /** The position that lies {@code offset} from the origin. */
    public Position toPosition(Offset offset) {
        return new Position(
                origin.longitude() + Math.toDegrees(offset.east_m() / eastRadius_m()),
                origin.latitude() + Math.toDegrees(offset.north_m() / northRadius_m()));
    }

    /** The distance between two positions, both near the origin. */
    public double distance_m(Position a, Position b) {
        return toOffset(a).minus(toOffset(b)).length_m();
    }

    /** Radius of the parallel: prime-vertical radius of curvature times the cosine of the latitude. */
    private double eastRadius_m() {
        double sin = Math.sin(Math.toRadians(origin.latitude()));
        return WGS84_A_M / Math.sqrt(1 - WGS84_E2 * sin * sin) * Math.cos(Math.toRadians(origin.latitude()));
    }

    /** Meridional radius of curvature. */
    private double northRadius_m() {
        double sin = Math.sin(Math.toRadians(origin.latitude()));
        double w2 = 1 - WGS84_E2 * sin * sin;
        return WGS84_A_M * (1 - WGS84_E2) / (w2 * Math.sqrt(w2));
    }
}
