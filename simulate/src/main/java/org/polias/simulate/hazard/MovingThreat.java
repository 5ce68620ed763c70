// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import java.util.List;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.model.place.Offset;

/**
 * An attacker, or a vehicle used as a weapon, who moves along a path: known sightings, then where they are expected. People stay out
 * of a circle around it.
 *
 * @param path where it is when, by rising time; before the first it does not exist, after the last it stays
 * @param reach_m within which it harms
 * @param avoid_m within which nobody should be: at least the reach
 */
public record MovingThreat(String name, List<Sighting> path, double reach_m, double avoid_m) implements Hazard {

    /** Where it is at a time. */
    public record Sighting(double t_s, Offset at) {}

    /** A stay of this length within reach counts as serious harm (engineering judgement). */
    private static final double HARM_S = 30;

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    public MovingThreat {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("The threat %s was never seen.".formatted(name));
        }
        for (int i = 1; i < path.size(); i++) {
            if (!(path.get(i).t_s() > path.get(i - 1).t_s())) {
                throw new IllegalArgumentException("The threat %s is seen at %s s after %s s."
                        .formatted(name, path.get(i).t_s(), path.get(i - 1).t_s()));
            }
        }
        if (!(reach_m >= 0) || !(avoid_m >= reach_m)) {
            throw new IllegalArgumentException(
                    "The threat %s reaches %s m and is avoided within %s m.%nMaybe avoid it further."
                            .formatted(name, reach_m, avoid_m));
        }
    }

    /** Where it is; before the first sighting, where it will be seen first. */
    public Offset at(double t_s) {
        if (t_s <= path.getFirst().t_s()) {
            return path.getFirst().at();
        }
        for (int i = 1; i < path.size(); i++) {
            Sighting from = path.get(i - 1);
            Sighting to = path.get(i);
            if (t_s < to.t_s()) {
                double part = (t_s - from.t_s()) / (to.t_s() - from.t_s());
                return new Offset(
                        from.at().east_m()
                                + part * (to.at().east_m() - from.at().east_m()),
                        from.at().north_m()
                                + part * (to.at().north_m() - from.at().north_m()));
            }
        }
        return path.getLast().at();
    }

    @Override
    public Geometry noGo(double t_s) {
        if (t_s < path.getFirst().t_s() || avoid_m == 0) {
            return GEOMETRY.createPolygon();
        }
        Offset at = at(t_s);
        return GEOMETRY.createPoint(new Coordinate(at.east_m(), at.north_m())).buffer(avoid_m, 16);
    }

    @Override
    public double exposureRate(double east_m, double north_m, double t_s) {
        if (t_s < path.getFirst().t_s()) {
            return 0;
        }
        Offset at = at(t_s);
        return StrictMath.hypot(east_m - at.east_m(), north_m - at.north_m()) <= reach_m ? 1 / HARM_S : 0;
    }

    @Override
    public String exposureUnit() {
        return "half minutes within reach";
    }
}
