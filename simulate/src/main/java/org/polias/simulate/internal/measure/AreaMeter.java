// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.measure;

import java.util.Arrays;

import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.polias.simulate.api.MeasurementArea;
import org.polias.simulate.api.Result.AreaSeries;
import org.polias.simulate.internal.ground.PreparedGround;
import org.polias.simulate.internal.ground.Terrain;

/**
 * Measures in one area by Voronoi cells (Steffen and Seyfried 2010): with the cells A(i), cut to the walkable ground,
 *
 * <pre>
 *   density = sum over i of |A(i) in the area| / |A(i)|  / |area|
 *   speed   = sum over i of v(i) |A(i) in the area|      / sum over i of |A(i) in the area|
 * </pre>
 */
public final class AreaMeter {

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();
    /** Cells do not reach farther: beyond it nobody keeps anybody's room. */
    private static final double CUT_OFF_M = 2;

    private final MeasurementArea area;
    private final int surface;
    private final Geometry inside;
    private final PreparedGeometry prepared;
    private final IndexedPointInAreaLocator locator;
    private final Geometry ground;
    private final PreparedGeometry preparedGround;
    private final Envelope reach;
    private final double area_m2;
    private final Voronoi voronoi = new Voronoi(CUT_OFF_M);

    private float[] times = new float[64];
    private int[] people = new int[64];
    private float[] densities = new float[64];
    private float[] speeds = new float[64];
    private float[] pressures = new float[64];
    private int samples;

    private double[] xs = new double[256];
    private double[] ys = new double[256];
    private double[] us = new double[256];
    private double[] vs = new double[256];
    private int count;

    public AreaMeter(MeasurementArea area, PreparedGround prepared) {
        this.area = area;
        surface = prepared.terrain().level(area.level());
        ground = prepared.terrain().surfaces().get(surface).shape();
        inside = OverlayNGRobust.overlay(ground, Terrain.geometry(area.area()), OverlayNG.INTERSECTION);
        area_m2 = inside.getArea();
        this.prepared = PreparedGeometryFactory.prepare(inside);
        preparedGround = PreparedGeometryFactory.prepare(ground);
        locator = new IndexedPointInAreaLocator(inside);
        reach = inside.getEnvelopeInternal().copy();
        reach.expandBy(2 * CUT_OFF_M);
    }

    /** The walkable part of the area. */
    public double area_m2() {
        return area_m2;
    }

    /** Begins a sample. */
    public void begin() {
        count = 0;
    }

    /** Takes somebody into the sample, with the velocity by which he moved in the last step. */
    public void add(int onSurface, double x, double y, double vx, double vy) {
        if (onSurface != surface || !reach.contains(x, y)) {
            return;
        }
        if (count == xs.length) {
            xs = Arrays.copyOf(xs, 2 * count);
            ys = Arrays.copyOf(ys, 2 * count);
            us = Arrays.copyOf(us, 2 * count);
            vs = Arrays.copyOf(vs, 2 * count);
        }
        xs[count] = x;
        ys[count] = y;
        us[count] = vx;
        vs[count++] = vy;
    }

    /** Ends the sample. */
    public void end(double time_s) {
        grow();
        double filled = 0;
        double covered = 0;
        double moved = 0;
        int within = 0;
        double sumU = 0;
        double sumV = 0;
        double squares = 0;
        Envelope box = inside.getEnvelopeInternal().copy();
        box.expandBy(CUT_OFF_M * 1.1);
        for (int i = 0; i < count; i++) {
            if (!box.contains(xs[i], ys[i])) {
                continue;
            }
            if (locator.locate(new Coordinate(xs[i], ys[i])) != Location.EXTERIOR) {
                within++;
                sumU += us[i];
                sumV += vs[i];
                squares += us[i] * us[i] + vs[i] * vs[i];
            }
            cell(i);
            if (voronoi.corners() < 3) {
                continue;
            }
            Geometry cell = polygon();
            if (!preparedGround.contains(cell)) {
                cell = part(OverlayNGRobust.overlay(cell, ground, OverlayNG.INTERSECTION), xs[i], ys[i]);
            }
            double whole = cell.getArea();
            if (whole <= 0 || !prepared.intersects(cell)) {
                continue;
            }
            double shared = prepared.contains(cell)
                    ? whole
                    : OverlayNGRobust.overlay(cell, inside, OverlayNG.INTERSECTION)
                            .getArea();
            filled += shared / whole;
            covered += shared;
            moved += shared * Math.hypot(us[i], vs[i]);
        }
        double density = area_m2 > 0 ? filled / area_m2 : 0;
        double variance = within > 1
                ? Math.max(0, squares / within - (sumU * sumU + sumV * sumV) / ((double) within * within))
                : 0;
        times[samples] = (float) time_s;
        people[samples] = within;
        densities[samples] = (float) density;
        speeds[samples] = (float) (covered > 0 ? moved / covered : Double.NaN);
        pressures[samples] = (float) (density * variance);
        samples++;
    }

    private void cell(int i) {
        voronoi.begin(xs[i], ys[i]);
        for (int j = 0; j < count; j++) {
            double dx = xs[j] - xs[i];
            double dy = ys[j] - ys[i];
            double d2 = dx * dx + dy * dy;
            if (j != i && d2 > 0 && d2 < 4.2 * CUT_OFF_M * CUT_OFF_M) {
                voronoi.cutBisector(xs[i], ys[i], xs[j], ys[j]);
            }
        }
    }

    private Polygon polygon() {
        Coordinate[] corners = new Coordinate[voronoi.corners() + 1];
        for (int i = 0; i < voronoi.corners(); i++) {
            corners[i] = new Coordinate(voronoi.x(i), voronoi.y(i));
        }
        corners[corners.length - 1] = corners[0].copy();
        return GEOMETRIES.createPolygon(corners);
    }

    /** The part in which the person is: a cell does not go on behind a wall. */
    private static Geometry part(Geometry cell, double x, double y) {
        if (cell.getNumGeometries() == 1) {
            return cell;
        }
        Geometry best = cell.getGeometryN(0);
        double nearest = Double.POSITIVE_INFINITY;
        var place = GEOMETRIES.createPoint(new Coordinate(x, y));
        for (int i = 0; i < cell.getNumGeometries(); i++) {
            double distance = cell.getGeometryN(i).distance(place);
            if (distance < nearest) {
                nearest = distance;
                best = cell.getGeometryN(i);
            }
        }
        return best;
    }

    private void grow() {
        if (samples == times.length) {
            times = Arrays.copyOf(times, 2 * samples);
            people = Arrays.copyOf(people, 2 * samples);
            densities = Arrays.copyOf(densities, 2 * samples);
            speeds = Arrays.copyOf(speeds, 2 * samples);
            pressures = Arrays.copyOf(pressures, 2 * samples);
        }
    }

    public AreaSeries series() {
        return new AreaSeries(
                area.id(),
                area_m2,
                Arrays.copyOf(times, samples),
                Arrays.copyOf(people, samples),
                Arrays.copyOf(densities, samples),
                Arrays.copyOf(speeds, samples),
                Arrays.copyOf(pressures, samples));
    }
}
