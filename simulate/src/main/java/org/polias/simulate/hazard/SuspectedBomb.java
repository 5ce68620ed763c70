// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.model.place.Offset;

/**
 * A bomb, suspected or exploding: everyone keeps the mandatory stand-off from when it is known; when it explodes, those near are hurt.
 *
 * @param charge_kg TNT equivalent
 * @param known_s from when on people are kept away
 * @param explodes_s when it explodes; infinite if it does not
 * @param distance_m the radius of the no-go area
 */
public record SuspectedBomb(Offset at, double charge_kg, double known_s, double explodes_s, double distance_m)
        implements Hazard {

    /** An explosion is felt by those who are near during this second. */
    private static final double EXPLOSION_S = 1;

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    public SuspectedBomb {
        new Blast(charge_kg);
        if (!Double.isFinite(known_s) || Double.isNaN(explodes_s) || !(distance_m >= 0)) {
            throw new IllegalArgumentException(
                    "A bomb known at %s s that explodes at %s s, no-go within %s m, cannot be."
                            .formatted(known_s, explodes_s, distance_m));
        }
    }

    /** A bomb that is not expected to explode at a known time, with the card's mandatory distance around it. */
    public static SuspectedBomb found(Offset at, double charge_kg, double known_s) {
        return new SuspectedBomb(
                at,
                charge_kg,
                known_s,
                Double.POSITIVE_INFINITY,
                StandOff.of(charge_kg).mandatory_m());
    }

    @Override
    public String name() {
        return "bomb of %s kg".formatted(charge_kg);
    }

    @Override
    public Geometry noGo(double t_s) {
        return t_s < known_s || distance_m == 0
                ? GEOMETRY.createPolygon()
                : GEOMETRY.createPoint(new Coordinate(at.east_m(), at.north_m()))
                        .buffer(distance_m, 16);
    }

    @Override
    public boolean isNoGo(double east_m, double north_m, double t_s) {
        return t_s >= known_s && distance_m > 0 && distance(east_m, north_m) <= distance_m;
    }

    /** While it explodes, the overpressure as a multiple of that which bursts eardrums. */
    @Override
    public double exposureRate(double east_m, double north_m, double t_s) {
        if (t_s < explodes_s || t_s >= explodes_s + EXPLOSION_S) {
            return 0;
        }
        return new Blast(charge_kg).overpressure_kPa(distance(east_m, north_m))
                / Blast.Effect.EARDRUM.threshold_kPa()
                / EXPLOSION_S;
    }

    @Override
    public String exposureUnit() {
        return "eardrum-bursting blasts";
    }

    private double distance(double east_m, double north_m) {
        return StrictMath.hypot(east_m - at.east_m(), north_m - at.north_m());
    }
}
