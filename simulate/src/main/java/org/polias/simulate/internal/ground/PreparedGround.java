// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Problem.Kind;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Stair;
import org.polias.simulate.api.UnusableInput;
import org.polias.simulate.api.Workers;

/** A scene ready to walk on, without the people: what {@link org.polias.simulate.api.Ground} is made of. */
public final class PreparedGround {

    /** How far people see each other when they choose their way. */
    public static final double SIGHT_M = 1.6;

    private static final double FINEST_M = 0.1;
    private static final double FINE_M = 0.2;
    private static final double COARSEST_M = 0.5;
    /** As many nodes as fields are computed on without anybody waiting for them. */
    private static final double NODES = 250_000;

    private static final double MOST_CELLS = 100e6;
    /** How far a goal's first nodes may lie from it, in cells. */
    private static final double SEED_CELLS = 1.6;

    private final Terrain terrain;
    private final List<Problem> problems;
    private final Lattice lattice;
    private final Walls walls;
    private final List<Gate> gates;
    private final List<Goal> goals;
    private final List<Field> fields;
    private final boolean[] initiallyOpen;
    private final List<PointOnGeometryLocator> locators = new ArrayList<>();
    private final Map<String, Integer> exitIndex = new HashMap<>();
    private final double walkable_m2;

    public PreparedGround(Scene scene, Settings settings, Workers workers) {
        terrain = Terrain.of(scene);
        problems = new ArrayList<>(terrain.problems());
        gates = gates(scene);
        double area = 0;
        for (Surface surface : terrain.surfaces()) {
            locators.add(new IndexedPointInAreaLocator(surface.shape()));
            area += surface.shape().getArea() / surface.planPerSlope();
        }
        walkable_m2 = area;
        double cell_m = settings.cell_m().orElseGet(() -> fittingCell(scene));
        if (Lattice.cells(terrain, cell_m) > MOST_CELLS) {
            throw new UnusableInput(List.of(new Problem(
                    Kind.TOO_LARGE,
                    scene.name(),
                    "The ground is too large for a grid of %.2f m.%nMaybe cut out the part that matters, or take a coarser grid."
                            .formatted(cell_m))));
        }
        lattice = Lattice.over(terrain, gates, cell_m);
        if (lattice.count() == 0) {
            throw new UnusableInput(List.of(new Problem(
                    Kind.NOTHING_WALKABLE,
                    scene.name(),
                    "All walkable ground is narrower than %.2f m.%nMaybe its unit is not the metre."
                            .formatted(cell_m))));
        }
        walls = new Walls(terrain, gates, lattice, SIGHT_M);
        initiallyOpen = openAt(0);
        goals = new ArrayList<>();
        for (int i = 0; i < scene.exits().size(); i++) {
            Exit exit = scene.exits().get(i);
            exitIndex.put(exit.id(), i);
            goals.add(
                    switch (exit.place()) {
                        case Exit.Place.Line line -> goal(terrain.level(exit.level()), Line.of(line.segment()));
                        case Exit.Place.Zone zone -> goal(terrain.level(exit.level()), zone.area());
                    });
        }
        Field[] made = new Field[goals.size()];
        workers.forEach(
                goals.size(),
                i -> made[i] = new FastMarching(lattice, initiallyOpen, lattice.slowness())
                        .march(goals.get(i).nodes(), goals.get(i).distances()));
        fields = List.of(made);
        checkReach();
    }

    private double fittingCell(Scene scene) {
        double narrowest = Double.POSITIVE_INFINITY;
        for (Door door : scene.doors()) {
            narrowest = Math.min(narrowest, door.line().length_m());
        }
        for (Stair stair : scene.stairs()) {
            narrowest = Math.min(narrowest, stair.foot().line().length_m());
            narrowest = Math.min(narrowest, stair.head().line().length_m());
        }
        for (Exit exit : scene.exits()) {
            if (exit.place() instanceof Exit.Place.Line line) {
                narrowest = Math.min(narrowest, line.segment().length_m());
            }
        }
        double byArea = Math.clamp(Math.sqrt(walkable_m2 / NODES), FINE_M, COARSEST_M);
        return Math.max(FINEST_M, Math.min(byArea, narrowest / 4));
    }

    private List<Gate> gates(Scene scene) {
        List<Gate> found = new ArrayList<>();
        for (Door door : scene.doors()) {
            found.add(new Gate(
                    Line.of(door.line()),
                    terrain.level(door.level()),
                    door.way() != Door.Way.RIGHT_TO_LEFT,
                    door.way() != Door.Way.LEFT_TO_RIGHT));
        }
        for (Exit exit : scene.exits()) {
            Line line =
                    switch (exit.place()) {
                        case Exit.Place.Line it -> Line.of(it.segment());
                        // A line without length: it is never crossed.
                        case Exit.Place.Zone zone -> {
                            Point corner = zone.area().shell().getFirst();
                            yield new Line(corner.x_m(), corner.y_m(), corner.x_m(), corner.y_m());
                        }
                    };
            found.add(new Gate(line, terrain.level(exit.level()), true, true));
        }
        return found;
    }

    /** For each gate whether it is open at a time. */
    public boolean[] openAt(double time_s) {
        Scene scene = terrain.scene();
        boolean[] open = new boolean[gates.size()];
        for (int i = 0; i < scene.doors().size(); i++) {
            open[i] = scene.doors().get(i).opening().isOpen(time_s);
        }
        for (int i = 0; i < scene.exits().size(); i++) {
            open[scene.doors().size() + i] = scene.exits().get(i).opening().isOpen(time_s);
        }
        return open;
    }

    /** The goal of reaching a line: the nodes beside it from which no wall is between. */
    public Goal goal(int surface, Line line) {
        double reach = SEED_CELLS * lattice.cell_m();
        Seeds seeds = new Seeds();
        eachNodeNear(surface, line, reach, node -> {
            double x = lattice.x(node);
            double y = lattice.y(node);
            double t = line.nearest(x, y);
            double qx = line.ax() + t * (line.bx() - line.ax());
            double qy = line.ay() + t * (line.by() - line.ay());
            double distance = Math.hypot(qx - x, qy - y);
            // Up to just before the line: it may lie on a wall.
            double part = distance > 0.06 ? (distance - 0.06) / distance : 0;
            if (distance <= reach && isFree(surface, x, y, x + part * (qx - x), y + part * (qy - y))) {
                seeds.add(node, (float) distance);
            }
        });
        return seeds.goal();
    }

    /** The goal of being in an area. */
    public Goal goal(int surface, Area area) {
        Geometry geometry = Terrain.geometry(area);
        PointOnGeometryLocator locator = new IndexedPointInAreaLocator(geometry);
        Seeds seeds = new Seeds();
        for (int node = 0; node < lattice.count(); node++) {
            if (lattice.surfaceOf(node) == surface
                    && locator.locate(new Coordinate(lattice.x(node), lattice.y(node))) != Location.EXTERIOR) {
                seeds.add(node, 0);
            }
        }
        if (seeds.count == 0 && !geometry.isEmpty()) {
            Coordinate middle = geometry.getInteriorPoint().getCoordinate();
            int node = lattice.node(surface, middle.x, middle.y);
            if (node >= 0) {
                seeds.add(node, 0);
            }
        }
        return seeds.goal();
    }

    private void eachNodeNear(int surface, Line line, double reach, java.util.function.IntConsumer consumer) {
        double h = lattice.cell_m();
        double minX = Math.min(line.ax(), line.bx()) - reach;
        double minY = Math.min(line.ay(), line.by()) - reach;
        int columns = (int) Math.ceil((Math.max(line.ax(), line.bx()) + reach - minX) / h);
        int rows = (int) Math.ceil((Math.max(line.ay(), line.by()) + reach - minY) / h);
        int[] seen = new int[(columns + 1) * (rows + 1)];
        int count = 0;
        for (int row = 0; row <= rows; row++) {
            for (int column = 0; column <= columns; column++) {
                int node = lattice.node(surface, minX + column * h, minY + row * h);
                if (node >= 0) {
                    seen[count++] = node;
                }
            }
        }
        Arrays.stream(seen, 0, count).distinct().forEach(consumer);
    }

    /** Whether no wall is between two places that are close to each other. */
    public boolean isFree(int surface, double px, double py, double qx, double qy) {
        Bins near = walls.near();
        int bin = near.bin(surface, px, py);
        for (int i = near.start(bin); i < near.end(bin); i++) {
            int item = near.item(i);
            if (item < walls.count() && walls.crossing(item, px, py, qx, qy) != 0) {
                return false;
            }
        }
        return true;
    }

    private void checkReach() {
        Scene scene = terrain.scene();
        for (int i = 0; i < goals.size(); i++) {
            if (goals.get(i).isEmpty()) {
                problems.add(new Problem(
                        Kind.EXIT_NOT_ON_GROUND,
                        scene.exits().get(i).id(),
                        "Nobody can reach it: it lies behind walls, or on ground narrower than %.2f m."
                                .formatted(lattice.cell_m())));
            }
        }
        int cutOff = 0;
        for (int node = 0; node < lattice.count(); node++) {
            boolean reaches = false;
            for (Field field : fields) {
                reaches |= field.distance()[node] < Float.POSITIVE_INFINITY;
            }
            if (!reaches) {
                cutOff++;
            }
        }
        if (cutOff == lattice.count()) {
            List<Problem> fatal = new ArrayList<>(problems);
            fatal.add(new Problem(
                    Kind.NO_EXIT,
                    scene.name(),
                    "From nowhere can an exit be reached.%nMaybe all of them are closed, or behind walls."
                            .formatted()));
            throw new UnusableInput(
                    fatal.stream().filter(each -> each.kind() != Kind.MENDED).toList());
        }
        if (cutOff > 0) {
            problems.add(new Problem(
                    Kind.CUT_OFF,
                    scene.name(),
                    "From %.0f of %.0f m2 no exit can be reached with the doors as they are at the beginning."
                            .formatted(
                                    cutOff * lattice.cell_m() * lattice.cell_m(),
                                    lattice.count() * lattice.cell_m() * lattice.cell_m())));
        }
    }

    public Terrain terrain() {
        return terrain;
    }

    public Scene scene() {
        return terrain.scene();
    }

    public List<Problem> problems() {
        return problems;
    }

    public Lattice lattice() {
        return lattice;
    }

    public Walls walls() {
        return walls;
    }

    public List<Gate> gates() {
        return gates;
    }

    /** The goals of the exits. */
    public List<Goal> goals() {
        return goals;
    }

    /** The fields of the exits, with the gates as they are at time 0. */
    public List<Field> fields() {
        return fields;
    }

    /** The slowness of the ground without hazards. */
    public float[] slowness() {
        return lattice.slowness();
    }

    public double walkable_m2() {
        return walkable_m2;
    }

    /** The index of an exit; -1: there is none of this name. */
    public int exit(String id) {
        return exitIndex.getOrDefault(id, -1);
    }

    public boolean isWalkable(int surface, double x, double y) {
        return locators.get(surface).locate(new Coordinate(x, y)) != Location.EXTERIOR;
    }

    public double walkable_m2(String level, Area area) {
        Geometry shape = terrain.surfaces().get(terrain.level(level)).shape();
        Geometry asked = Terrain.geometry(area);
        if (shape.isEmpty() || asked.isEmpty()) {
            return 0;
        }
        return OverlayNGRobust.overlay(shape, asked, OverlayNG.INTERSECTION).getArea();
    }

    private static final class Seeds {
        int[] nodes = new int[64];
        float[] distances = new float[64];
        int count;

        void add(int node, float distance) {
            if (count == nodes.length) {
                nodes = Arrays.copyOf(nodes, 2 * count);
                distances = Arrays.copyOf(distances, 2 * count);
            }
            nodes[count] = node;
            distances[count++] = distance;
        }

        Goal goal() {
            return new Goal(Arrays.copyOf(nodes, count), Arrays.copyOf(distances, count));
        }
    }
}
