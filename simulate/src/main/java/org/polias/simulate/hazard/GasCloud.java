// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import java.util.ArrayList;
import java.util.List;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.polias.model.place.Offset;
import org.polias.simulate.api.FractionalEffectiveDose;

/**
 * A toxic gas on the wind.
 *
 * @param source where it escapes
 * @param start_s when that begins
 * @param zone the level whose area is no-go
 * @param zoneMinutes the exposure for which the level is taken: how long people would stay
 */
public record GasCloud(
        ToxicGas gas,
        Offset source,
        double start_s,
        Wind wind,
        Dispersion dispersion,
        Aegl.Level zone,
        double zoneMinutes)
        implements Hazard {

    /** Height at which people breathe, m. */
    public static final double BREATHING_M = 1.5;

    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final int CROSS_SECTIONS = 120;

    @Override
    public String name() {
        return gas.name();
    }

    /** Concentration where people breathe, kg/m3. */
    public double concentration_kg_per_m3(double east_m, double north_m, double t_s) {
        if (t_s <= start_s) {
            return 0;
        }
        double dx = east_m - source.east_m();
        double dy = north_m - source.north_m();
        double e = wind.towardsEast();
        double n = wind.towardsNorth();
        return dispersion.concentration_kg_per_m3(dx * e + dy * n, -dx * n + dy * e, BREATHING_M, t_s - start_s);
    }

    /** Volume fraction where people breathe, ppm. */
    public double ppm(double east_m, double north_m, double t_s) {
        return gas.ppm(concentration_kg_per_m3(east_m, north_m, t_s));
    }

    /** The area in which the gas reaches {@code limit_ppm} at a time, to some per cent of its length. */
    public Geometry zone(double limit_ppm, double t_s) {
        double t = t_s - start_s;
        double limit = gas.kg_per_m3(limit_ppm);
        if (!(t > 0) || !(limit > 0) || Double.isInfinite(limit)) {
            return GEOMETRY.createPolygon();
        }
        Dispersion.Reach reach = dispersion.reach(limit, t);
        if (reach.isEmpty()) {
            return GEOMETRY.createPolygon();
        }
        List<Geometry> parts = new ArrayList<>();
        List<Coordinate> left = new ArrayList<>();
        List<Coordinate> right = new ArrayList<>();
        for (int i = 0; i <= CROSS_SECTIONS; i++) {
            double x = section(reach, i);
            double half = dispersion.halfWidth_m(limit, x, BREATHING_M, t);
            if (half > 0) {
                if (left.isEmpty() && i > 0) {
                    double tip = edge(reach, i - 1, i, limit, t);
                    left.add(at(tip, 0));
                }
                left.add(at(x, half));
                right.add(at(x, -half));
            } else if (!left.isEmpty()) {
                left.add(at(edge(reach, i, i - 1, limit, t), 0));
                addPart(left, right, parts);
            }
        }
        addPart(left, right, parts);
        return parts.isEmpty() ? GEOMETRY.createPolygon() : UnaryUnionOp.union(parts);
    }

    @Override
    public Geometry noGo(double t_s) {
        return zone(gas.aegl().threshold_ppm(zone, zoneMinutes), t_s);
    }

    @Override
    public boolean isNoGo(double east_m, double north_m, double t_s) {
        return ppm(east_m, north_m, t_s) >= gas.aegl().threshold_ppm(zone, zoneMinutes);
    }

    /** By the toxic load; for carbon monoxide by the dose of ISO 13571. */
    @Override
    public double incapacitationRate(double east_m, double north_m, double t_s) {
        double concentration = concentration_kg_per_m3(east_m, north_m, t_s);
        return gas.equals(ToxicGas.CARBON_MONOXIDE)
                ? FractionalEffectiveDose.rate_per_s(gas.ppm(concentration), 0, 20.9)
                : gas.toxicLoad(concentration, 1) / gas.incapacitatingLoad() / 60;
    }

    /** The part of a dose with the effects of AEGL-2 that is taken in within a second. */
    @Override
    public double exposureRate(double east_m, double north_m, double t_s) {
        double minutes = gas.aegl().minutesTo(Aegl.Level.TWO, ppm(east_m, north_m, t_s), gas.n());
        return Double.isInfinite(minutes) ? 0 : 1 / (60 * minutes);
    }

    @Override
    public String exposureUnit() {
        return "AEGL-2 doses";
    }

    /** The i-th cross-section: dense near the beginning, where a plume is thin. */
    private static double section(Dispersion.Reach reach, int i) {
        double part = (double) i / CROSS_SECTIONS;
        return reach.from_m() + (reach.to_m() - reach.from_m()) * part * part;
    }

    /** Where between a cross-section without the limit and one with it the zone ends. */
    private double edge(Dispersion.Reach reach, int without, int with, double limit, double t) {
        double outside = section(reach, without);
        double inside = section(reach, with);
        for (int i = 0; i < 20; i++) {
            double middle = (outside + inside) / 2;
            if (dispersion.halfWidth_m(limit, middle, BREATHING_M, t) > 0) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    private void addPart(List<Coordinate> left, List<Coordinate> right, List<Geometry> parts) {
        if (left.size() + right.size() >= 3) {
            List<Coordinate> ring = new ArrayList<>(left);
            ring.addAll(right.reversed());
            ring.add(left.getFirst());
            parts.add(GEOMETRY.createPolygon(ring.toArray(Coordinate[]::new)).buffer(0));
        }
        left.clear();
        right.clear();
    }

    private Coordinate at(double x, double y) {
        double e = wind.towardsEast();
        double n = wind.towardsNorth();
        return new Coordinate(source.east_m() + x * e - y * n, source.north_m() + x * n + y * e);
    }
}
