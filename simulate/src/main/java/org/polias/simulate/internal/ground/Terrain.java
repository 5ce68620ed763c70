// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Problem.Kind;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Stair;
import org.polias.simulate.api.UnusableInput;

/**
 * A scene's shapes, mended and put together: what can be walked on, the walls around it, and where surfaces meet. A stair is taken
 * out of the levels that it joins, so that one comes upon it only over its landings.
 */
public final class Terrain {

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();
    /** Lines that are to lie on each other may be this far apart. */
    private static final double TOLERANCE_M = 0.05;
    /** A wall that turns by more than this makes a corner. */
    private static final double SHARP = Math.toRadians(30);
    /** What a person needs to pass. */
    private static final double NARROWEST_M = 0.45;
    /** Beyond it a coordinate is a slip: degrees times something, or another frame. */
    private static final double FARTHEST_M = 100_000;

    private final Scene scene;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Surface> surfaces = new ArrayList<>();
    private final List<List<Line>> walls = new ArrayList<>();
    private final List<Portal> portals = new ArrayList<>();
    private final Map<String, Integer> levelIndex = new HashMap<>();

    private Terrain(Scene scene) {
        this.scene = scene;
    }

    /**
     * @throws UnusableInput if something is wrong with the scene that cannot be mended
     */
    public static Terrain of(Scene scene) {
        Terrain terrain = new Terrain(scene);
        terrain.checkNumbers();
        terrain.failIfFatal();
        terrain.build();
        terrain.failIfFatal();
        terrain.checkPlaces();
        terrain.failIfFatal();
        return terrain;
    }

    public Scene scene() {
        return scene;
    }

    public List<Problem> problems() {
        return problems;
    }

    public List<Surface> surfaces() {
        return surfaces;
    }

    /** The walls of a surface, by its index. */
    public List<Line> walls(int surface) {
        return walls.get(surface);
    }

    /** The corners of a surface around which one can walk: where a wall turns away from the ground, or ends. */
    public List<Coordinate> corners(int surface) {
        List<Coordinate> found = new ArrayList<>();
        Geometry shape = surfaces.get(surface).shape();
        for (int i = 0; i < shape.getNumGeometries(); i++) {
            if (shape.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
                addCorners(polygon.getExteriorRing(), false, found);
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                    addCorners(polygon.getInteriorRingN(hole), true, found);
                }
            }
        }
        if (surfaces.get(surface).isLevel()) {
            List<Line> thin = new ArrayList<>();
            for (Segment wall : scene.levels().get(surface).walls()) {
                thin.add(Line.of(wall));
            }
            for (Line wall : thin) {
                addFreeEnd(wall.ax(), wall.ay(), wall, thin, found);
                addFreeEnd(wall.bx(), wall.by(), wall, thin, found);
            }
        }
        return found;
    }

    private static void addCorners(LinearRing ring, boolean isHole, List<Coordinate> to) {
        Coordinate[] c = ring.getCoordinates();
        // Where the ground is on the left hand, a turn to the right leads around a corner.
        double outward = Orientation.isCCW(c) != isHole ? -1 : 1;
        int corners = c.length - 1;
        for (int i = 0; i < corners; i++) {
            Coordinate before = c[(i + corners - 1) % corners];
            Coordinate after = c[(i + 1) % corners];
            double ax = c[i].x - before.x;
            double ay = c[i].y - before.y;
            double bx = after.x - c[i].x;
            double by = after.y - c[i].y;
            double turn = Math.atan2(ax * by - ay * bx, ax * bx + ay * by) * outward;
            if (turn > SHARP) {
                to.add(c[i]);
            }
        }
    }

    private static void addFreeEnd(double x, double y, Line wall, List<Line> others, List<Coordinate> to) {
        for (Line other : others) {
            if (other != wall && other.distance(x, y) < TOLERANCE_M) {
                return;
            }
        }
        to.add(new Coordinate(x, y));
    }

    public List<Portal> portals() {
        return portals;
    }

    /** The index of a level. */
    public int level(String id) {
        return levelIndex.get(id);
    }

    /** The surface of a level; a level's index is that of its surface. */
    public boolean isKnownLevel(String id) {
        return levelIndex.containsKey(id);
    }

    /** An area as a valid geometry; empty where nothing can be made of it. */
    public static Geometry geometry(Area area) {
        LinearRing shell = ring(area.shell());
        LinearRing[] holes = area.holes().stream()
                .filter(hole -> hole.size() >= 3)
                .map(Terrain::ring)
                .toArray(LinearRing[]::new);
        Polygon polygon = GEOMETRIES.createPolygon(shell, holes);
        return polygon.isValid() ? polygon : GeometryFixer.fix(polygon);
    }

    private static LinearRing ring(List<Point> points) {
        if (points.size() < 3) {
            return GEOMETRIES.createLinearRing();
        }
        List<Coordinate> coordinates = new ArrayList<>();
        points.forEach(point -> coordinates.add(new Coordinate(point.x_m(), point.y_m())));
        if (!coordinates.getFirst().equals2D(coordinates.getLast())) {
            coordinates.add(coordinates.getFirst().copy());
        }
        if (coordinates.size() < 4) {
            return GEOMETRIES.createLinearRing();
        }
        return GEOMETRIES.createLinearRing(coordinates.toArray(Coordinate[]::new));
    }

    private void failIfFatal() {
        List<Problem> fatal =
                problems.stream().filter(each -> each.kind().isFatal()).toList();
        if (!fatal.isEmpty()) {
            throw new UnusableInput(fatal);
        }
    }

    private void problem(Kind kind, String subject, String text, Object... values) {
        problems.add(new Problem(kind, subject, text.formatted(values)));
    }

    private void checkNumbers() {
        Set<String> levels = new HashSet<>();
        for (Level level : scene.levels()) {
            if (!levels.add(level.id())) {
                problem(Kind.DUPLICATE_ID, level.id(), "There are two levels of this name.");
            }
            if (!Double.isFinite(level.elevation_m())) {
                problem(Kind.BAD_NUMBER, level.id(), "Its height is %s.", level.elevation_m());
            }
            level.walkable().forEach(area -> checkArea(level.id(), area));
            level.obstacles().forEach(area -> checkArea(level.id(), area));
            level.walls().forEach(wall -> checkSegment(level.id(), wall, false));
        }
        Set<String> ids = new HashSet<>();
        for (Door door : scene.doors()) {
            checkId(ids, door.id());
            checkLevel(levels, door.id(), door.level());
            checkSegment(door.id(), door.line(), true);
            if (door.limit_per_s().isPresent() && !(door.limit_per_s().getAsDouble() > 0)) {
                problem(
                        Kind.BAD_NUMBER,
                        door.id(),
                        "It lets %s persons a second through.%nMaybe close it instead.",
                        door.limit_per_s().getAsDouble());
            }
        }
        for (Stair stair : scene.stairs()) {
            checkId(ids, stair.id());
            for (Stair.Landing landing : List.of(stair.foot(), stair.head())) {
                checkLevel(levels, stair.id(), landing.level());
                checkSegment(stair.id(), landing.line(), true);
            }
            if (stair.slopeLength_m().isPresent() && !(stair.slopeLength_m().getAsDouble() > 0)) {
                problem(
                        Kind.BAD_NUMBER,
                        stair.id(),
                        "It is %s m long.",
                        stair.slopeLength_m().getAsDouble());
            }
        }
        for (Exit exit : scene.exits()) {
            checkId(ids, exit.id());
            checkLevel(levels, exit.id(), exit.level());
            switch (exit.place()) {
                case Exit.Place.Line line -> checkSegment(exit.id(), line.segment(), true);
                case Exit.Place.Zone zone -> checkArea(exit.id(), zone.area());
            }
            switch (exit.service()) {
                case Exit.Service.Unlimited ignored -> {}
                case Exit.Service.Limit limit -> {
                    if (!(limit.persons_per_s() > 0)) {
                        problem(
                                Kind.BAD_NUMBER,
                                exit.id(),
                                "It takes %s persons a second.%nMaybe close it instead.",
                                limit.persons_per_s());
                    }
                }
                case Exit.Service.Vehicles vehicles -> {
                    if (vehicles.seats() <= 0 || !(vehicles.headway_s() > 0) || !Double.isFinite(vehicles.first_s())) {
                        problem(
                                Kind.BAD_NUMBER,
                                exit.id(),
                                "Its vehicles have %d seats and come every %s s from %s s on.",
                                vehicles.seats(),
                                vehicles.headway_s(),
                                vehicles.first_s());
                    }
                }
            }
        }
        if (scene.exits().isEmpty()) {
            problem(
                    Kind.NO_EXIT,
                    scene.name(),
                    "There is no exit.%nMaybe name where people are safe: a line to cross or an area to reach.");
        }
    }

    private void checkId(Set<String> ids, String id) {
        if (!ids.add(id)) {
            problem(Kind.DUPLICATE_ID, id, "Two doors, stairs or exits have this name.");
        }
    }

    private void checkLevel(Set<String> levels, String id, String level) {
        if (!levels.contains(level)) {
            problem(
                    Kind.UNKNOWN_ID,
                    id,
                    "It is on the level '%s', which is not there.%nMaybe one of %s.",
                    level,
                    levels);
        }
    }

    private void checkSegment(String id, Segment segment, boolean isPassage) {
        if (!isPlace(segment.from()) || !isPlace(segment.to())) {
            problem(
                    Kind.BAD_NUMBER,
                    id,
                    "Its line from %s to %s is not within %.0f km of the origin.",
                    segment.from(),
                    segment.to(),
                    FARTHEST_M / 1000);
        } else if (isPassage && segment.length_m() < 0.01) {
            problem(Kind.NO_WIDTH, id, "It is %.3f m wide.", segment.length_m());
        } else if (isPassage && segment.length_m() < NARROWEST_M) {
            problem(Kind.TOO_NARROW, id, "It is %.2f m wide; a person needs %.2f m.", segment.length_m(), NARROWEST_M);
        }
    }

    private void checkArea(String id, Area area) {
        for (Point point : area.shell()) {
            if (!isPlace(point)) {
                problem(
                        Kind.BAD_NUMBER,
                        id,
                        "Its corner %s is not within %.0f km of the origin.",
                        point,
                        FARTHEST_M / 1000);
                return;
            }
        }
        for (List<Point> hole : area.holes()) {
            for (Point point : hole) {
                if (!isPlace(point)) {
                    problem(Kind.BAD_NUMBER, id, "The corner %s of a hole is not a place.", point);
                    return;
                }
            }
        }
    }

    private static boolean isPlace(Point point) {
        return Math.abs(point.x_m()) <= FARTHEST_M && Math.abs(point.y_m()) <= FARTHEST_M;
    }

    private void build() {
        List<Geometry> shapes = new ArrayList<>();
        for (Level level : scene.levels()) {
            levelIndex.put(level.id(), shapes.size());
            shapes.add(difference(
                    union(level.id(), "walkable area", level.walkable()),
                    union(level.id(), "obstacle", level.obstacles())));
        }
        List<Polygon> flights = new ArrayList<>();
        for (Stair stair : scene.stairs()) {
            Polygon flight = flight(stair);
            flights.add(flight);
            for (Stair.Landing landing : List.of(stair.foot(), stair.head())) {
                int level = levelIndex.get(landing.level());
                shapes.set(level, difference(shapes.get(level), flight));
            }
        }
        if (shapes.stream().allMatch(Geometry::isEmpty)) {
            problem(
                    Kind.NOTHING_WALKABLE,
                    scene.name(),
                    "No walkable ground is left.%nMaybe an obstacle covers all of it.");
            return;
        }
        for (int i = 0; i < shapes.size(); i++) {
            surfaces.add(new Surface(i, i, -1, shapes.get(i), 1, 0, 0, false));
        }
        for (int i = 0; i < scene.stairs().size(); i++) {
            addStair(i, flights.get(i));
        }
        for (Surface surface : surfaces) {
            walls.add(wallsOf(surface));
        }
    }

    private void addStair(int index, Polygon flight) {
        Stair stair = scene.stairs().get(index);
        int foot = levelIndex.get(stair.foot().level());
        int head = levelIndex.get(stair.head().level());
        Point from = stair.foot().line().middle();
        Point to = stair.head().line().middle();
        double plan = Math.max(0.1, from.distance_m(to));
        double rise = scene.levels().get(head).elevation_m()
                - scene.levels().get(foot).elevation_m();
        double slope = Math.max(plan, stair.slopeLength_m().orElse(Math.hypot(plan, rise)));
        double sense = rise < 0 ? -1 : 1;
        int surface = surfaces.size();
        surfaces.add(new Surface(
                surface,
                foot,
                index,
                flight,
                plan / slope,
                sense * (to.x_m() - from.x_m()) / plan,
                sense * (to.y_m() - from.y_m()) / plan,
                stair.kind() == Stair.Kind.STAIR));
        addPortal(stair.foot().line(), surface, foot, to);
        addPortal(stair.head().line(), surface, head, from);
    }

    private void addPortal(Segment landing, int stair, int level, Point onStair) {
        Line line = Line.of(landing);
        portals.add(
                line.side(onStair.x_m(), onStair.y_m()) > 0
                        ? new Portal(line, stair, level)
                        : new Portal(line, level, stair));
    }

    private static Polygon flight(Stair stair) {
        Segment foot = stair.foot().line();
        Segment head = stair.head().line();
        Polygon straight = GEOMETRIES.createPolygon(ring(List.of(foot.from(), foot.to(), head.to(), head.from())));
        return straight.isValid()
                ? straight
                : GEOMETRIES.createPolygon(ring(List.of(foot.from(), foot.to(), head.from(), head.to())));
    }

    private Geometry union(String level, String what, List<Area> areas) {
        List<Geometry> geometries = new ArrayList<>();
        for (Area area : areas) {
            LinearRing shell = ring(area.shell());
            boolean sound = !shell.isEmpty() && GEOMETRIES.createPolygon(shell).isValid();
            Geometry geometry = geometry(area);
            if (geometry.isEmpty() || geometry.getArea() < 1e-6) {
                problem(
                        Kind.MENDED,
                        level,
                        "A %s of %d points has no area, and was left out.",
                        what,
                        area.shell().size());
                continue;
            }
            if (!sound) {
                problem(
                        Kind.MENDED,
                        level,
                        "A %s near (%.1f, %.1f) crosses itself; it was mended to %.1f m2.",
                        what,
                        area.shell().getFirst().x_m(),
                        area.shell().getFirst().y_m(),
                        geometry.getArea());
            }
            geometries.add(geometry);
        }
        return geometries.isEmpty() ? GEOMETRIES.createPolygon() : polygonal(OverlayNGRobust.union(geometries));
    }

    private static Geometry difference(Geometry a, Geometry b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a;
        }
        return polygonal(OverlayNGRobust.overlay(a, b, OverlayNG.DIFFERENCE));
    }

    @SuppressWarnings("unchecked")
    private static Geometry polygonal(Geometry geometry) {
        List<Polygon> polygons = PolygonExtracter.getPolygons(geometry);
        polygons.removeIf(each -> each.getArea() < 1e-6);
        return GEOMETRIES.buildGeometry(polygons);
    }

    private List<Line> wallsOf(Surface surface) {
        List<Line> openings = new ArrayList<>();
        for (Portal portal : portals) {
            if (portal.joins(surface.index())) {
                openings.add(portal.line());
            }
        }
        List<Line> found = new ArrayList<>();
        for (int i = 0; i < surface.shape().getNumGeometries(); i++) {
            Geometry part = surface.shape().getGeometryN(i);
            if (part instanceof Polygon polygon) {
                addRing(polygon.getExteriorRing(), openings, found);
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                    addRing(polygon.getInteriorRingN(hole), openings, found);
                }
            }
        }
        if (surface.isLevel()) {
            Level level = scene.levels().get(surface.level());
            for (Door door : scene.doors()) {
                if (door.level().equals(level.id())) {
                    openings.add(Line.of(door.line()));
                }
            }
            level.walls().forEach(wall -> addCut(Line.of(wall), openings, found));
        }
        return found;
    }

    private static void addRing(LinearRing ring, List<Line> openings, List<Line> to) {
        Coordinate[] corners = ring.getCoordinates();
        for (int i = 0; i + 1 < corners.length; i++) {
            addCut(new Line(corners[i].x, corners[i].y, corners[i + 1].x, corners[i + 1].y), openings, to);
        }
    }

    /** Adds a wall without the parts of it that lie on openings. */
    private static void addCut(Line wall, List<Line> openings, List<Line> to) {
        List<Line> rest = List.of(wall);
        for (Line opening : openings) {
            List<Line> next = new ArrayList<>();
            for (Line piece : rest) {
                cut(piece, opening, next);
            }
            rest = next;
        }
        for (Line piece : rest) {
            if (piece.length() > 1e-6) {
                to.add(piece);
            }
        }
    }

    private static void cut(Line wall, Line opening, List<Line> to) {
        double length = wall.length();
        double dx = (wall.bx() - wall.ax()) / length;
        double dy = (wall.by() - wall.ay()) / length;
        double offsetA = Math.abs((opening.ax() - wall.ax()) * dy - (opening.ay() - wall.ay()) * dx);
        double offsetB = Math.abs((opening.bx() - wall.ax()) * dy - (opening.by() - wall.ay()) * dx);
        double a = (opening.ax() - wall.ax()) * dx + (opening.ay() - wall.ay()) * dy;
        double b = (opening.bx() - wall.ax()) * dx + (opening.by() - wall.ay()) * dy;
        double begin = Math.max(0, Math.min(a, b));
        double end = Math.min(length, Math.max(a, b));
        if (!(length > 0) || offsetA > TOLERANCE_M || offsetB > TOLERANCE_M || end - begin < 1e-6) {
            to.add(wall);
            return;
        }
        to.add(new Line(wall.ax(), wall.ay(), wall.ax() + begin * dx, wall.ay() + begin * dy));
        to.add(new Line(wall.ax() + end * dx, wall.ay() + end * dy, wall.bx(), wall.by()));
    }

    private void checkPlaces() {
        List<IndexedPointInAreaLocator> locators = new ArrayList<>();
        for (Surface surface : surfaces) {
            locators.add(new IndexedPointInAreaLocator(surface.shape()));
        }
        for (Door door : scene.doors()) {
            if (!touches(locators.get(level(door.level())), door.line())) {
                problem(Kind.NOT_ON_GROUND, door.id(), "Its line lies nowhere on walkable ground.");
            }
        }
        for (Stair stair : scene.stairs()) {
            for (Stair.Landing landing : List.of(stair.foot(), stair.head())) {
                if (!touches(locators.get(level(landing.level())), landing.line())) {
                    problem(
                            Kind.NOT_ON_GROUND,
                            stair.id(),
                            "It does not meet walkable ground of the level '%s'.",
                            landing.level());
                }
            }
        }
        for (Exit exit : scene.exits()) {
            boolean reached =
                    switch (exit.place()) {
                        case Exit.Place.Line line -> touches(locators.get(level(exit.level())), line.segment());
                        case Exit.Place.Zone zone ->
                            surfaces.get(level(exit.level())).shape().intersects(geometry(zone.area()));
                    };
            if (!reached) {
                problem(
                        Kind.EXIT_NOT_ON_GROUND,
                        exit.id(),
                        "It lies nowhere on walkable ground.%nMaybe move it to the edge of the walkable area.");
            }
        }
    }

    /** Whether ground is within reach on either side of the line. */
    private static boolean touches(IndexedPointInAreaLocator locator, Segment segment) {
        Line line = Line.of(segment);
        double length = line.length();
        double nx = -(line.by() - line.ay()) / length * 2 * TOLERANCE_M;
        double ny = (line.bx() - line.ax()) / length * 2 * TOLERANCE_M;
        for (int i = 0; i <= 20; i++) {
            double t = i / 20.0;
            double x = line.ax() + t * (line.bx() - line.ax());
            double y = line.ay() + t * (line.by() - line.ay());
            for (int side = -1; side <= 1; side++) {
                if (locator.locate(new Coordinate(x + side * nx, y + side * ny)) != Location.EXTERIOR) {
                    return true;
                }
            }
        }
        return false;
    }
}
