// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Threat;

/**
 * An attacker on the move, as plans see him: a circle that is kept clear of people, for as long as he is active.
 *
 * @param avoid_m within which nobody should be: at least the threat's reach
 */
public record MovingThreat(Threat threat, double avoid_m) implements Hazard {

    /** A stay of this length within reach counts as serious harm (engineering judgement). */
    private static final double HARM_S = 30;

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    /** @throws IllegalArgumentException if people would be let within reach */
    public MovingThreat {
        if (!(avoid_m >= threat.reach_m())) {
            throw new IllegalArgumentException(
                    "The threat %s reaches %s m and is avoided within %s m.%nMaybe avoid it further."
                            .formatted(threat.id(), threat.reach_m(), avoid_m));
        }
    }

    @Override
    public String name() {
        return threat.id();
    }

    @Override
    public Geometry noGo(double t_s) {
        if (!threat.isActive(t_s) || avoid_m == 0) {
            return GEOMETRY.createPolygon();
        }
        Point at = threat.at(t_s);
        return GEOMETRY.createPoint(new Coordinate(at.x_m(), at.y_m())).buffer(avoid_m, 16);
    }

    @Override
    public boolean isNoGo(double east_m, double north_m, double t_s) {
        return isWithin(avoid_m, east_m, north_m, t_s);
    }

    @Override
    public double exposureRate(double east_m, double north_m, double t_s) {
        return isWithin(threat.reach_m(), east_m, north_m, t_s) ? 1 / HARM_S : 0;
    }

    @Override
    public String exposureUnit() {
        return "half minutes within reach";
    }

    private boolean isWithin(double radius_m, double east_m, double north_m, double t_s) {
        return threat.isActive(t_s) && threat.at(t_s).distance_m(new Point(east_m, north_m)) <= radius_m;
    }
}
