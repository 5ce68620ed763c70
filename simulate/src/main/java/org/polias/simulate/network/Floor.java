// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.ArrayList;
import java.util.List;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Segment;

/** The free floor of a level as one geometry: the walkable areas without the obstacles. */
public final class Floor {

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    private final Geometry free;
    private final List<Segment> walls;

    private Floor(Geometry free, List<Segment> walls) {
        this.free = free;
        this.walls = List.copyOf(walls);
    }

    /** The floor of {@code level}. Rings that cross themselves are taken as the area that they enclose. */
    public static Floor of(Level level) {
        Geometry walkable = union(level.walkable());
        Geometry obstacles = union(level.obstacles());
        Geometry free =
                obstacles.isEmpty() ? walkable : OverlayNGRobust.overlay(walkable, obstacles, OverlayNG.DIFFERENCE);
        return new Floor(free, level.walls());
    }

    /** Polygons only. */
    public Geometry geometry() {
        return free;
    }

    /** Thin walls on it. */
    public List<Segment> walls() {
        return walls;
    }

    /** All edges that nobody crosses: of the outline, of obstacles, and walls. */
    public List<Segment> edges() {
        List<Segment> edges = new ArrayList<>(walls);
        for (Object each : PolygonExtracter.getPolygons(free)) {
            Polygon polygon = (Polygon) each;
            addEdges(polygon.getExteriorRing(), edges);
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                addEdges(polygon.getInteriorRingN(i), edges);
            }
        }
        return edges;
    }

    /** A polygon, mended where its rings cross themselves. */
    public static Geometry toGeometry(Area area) {
        LinearRing shell = ring(area.shell());
        LinearRing[] holes = area.holes().stream()
                .filter(hole -> hole.size() >= 3)
                .map(Floor::ring)
                .toArray(LinearRing[]::new);
        Polygon polygon = GEOMETRY.createPolygon(shell, holes);
        return polygon.isValid() ? polygon : GeometryFixer.fix(polygon);
    }

    /** The areas of the polygons in a geometry. */
    public static List<Area> toAreas(Geometry geometry) {
        List<Area> areas = new ArrayList<>();
        for (Object each : PolygonExtracter.getPolygons(geometry)) {
            Polygon polygon = (Polygon) each;
            if (polygon.isEmpty()) {
                continue;
            }
            List<List<Point>> holes = new ArrayList<>();
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                holes.add(points(polygon.getInteriorRingN(i)));
            }
            areas.add(new Area(points(polygon.getExteriorRing()), holes));
        }
        return areas;
    }

    private static Geometry union(List<Area> areas) {
        List<Geometry> polygons = areas.stream()
                .filter(area -> area.shell().size() >= 3)
                .map(Floor::toGeometry)
                .toList();
        return polygons.isEmpty() ? GEOMETRY.createPolygon() : UnaryUnionOp.union(polygons);
    }

    private static LinearRing ring(List<Point> points) {
        List<Coordinate> ring = new ArrayList<>(points.size() + 1);
        points.forEach(point -> ring.add(new Coordinate(point.x_m(), point.y_m())));
        if (!ring.getFirst().equals2D(ring.getLast())) {
            ring.add(ring.getFirst().copy());
        }
        while (ring.size() < 4) {
            ring.add(ring.getFirst().copy());
        }
        return GEOMETRY.createLinearRing(ring.toArray(Coordinate[]::new));
    }

    private static List<Point> points(LinearRing ring) {
        List<Point> points = new ArrayList<>(ring.getNumPoints() - 1);
        for (int i = 0; i < ring.getNumPoints() - 1; i++) {
            points.add(new Point(ring.getCoordinateN(i).x, ring.getCoordinateN(i).y));
        }
        return points;
    }

    private static void addEdges(LinearRing ring, List<Segment> edges) {
        for (int i = 1; i < ring.getNumPoints(); i++) {
            Coordinate a = ring.getCoordinateN(i - 1);
            Coordinate b = ring.getCoordinateN(i);
            edges.add(Segment.of(a.x, a.y, b.x, b.y));
        }
    }
}
