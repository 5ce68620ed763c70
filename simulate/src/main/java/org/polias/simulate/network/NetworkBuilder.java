// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Stair;
import org.polias.simulate.api.Workers;

/** Makes a network of a scene. */
public final class NetworkBuilder {

    /** Nobody passes where it is narrower. */
    static final double MIN_WIDTH_M = 0.5;

    /** So far before a passage the ground has to be as narrow for a corridor. */
    private static final double CORRIDOR_M = 4;

    private static final double MIN_CELL_M = 0.2;
    private static final double MAX_CELL_M = 1.5;
    private static final double MAX_CELLS = 1.2e6;
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    private final Scene scene;
    private final Workers workers;
    private final List<Level> levels;
    private final List<Raster> rasters = new ArrayList<>();
    private final List<Floor> floors = new ArrayList<>();
    private final List<Edges> edges = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private final List<float[]> clearances = new ArrayList<>();
    private final List<Integer> firstPlace = new ArrayList<>();
    private final List<Passage> passages = new ArrayList<>();
    /** For each passage the cells in front of it, by place. */
    private final List<Map<Integer, List<Integer>>> fronts = new ArrayList<>();

    private final List<String> remarks = new ArrayList<>();
    private int places;

    private NetworkBuilder(Scene scene, Workers workers) {
        this.scene = scene;
        this.levels = scene.levels();
        this.workers = workers;
    }

    /** The network of a scene. What has no part in it, such as a door that leads nowhere, is among its remarks. */
    public static Network build(Scene scene, Workers workers) {
        return new NetworkBuilder(scene, workers).build();
    }

    private Network build() {
        double area = 0;
        for (Level level : levels) {
            Floor floor = Floor.of(level);
            floors.add(floor);
            area += floor.geometry().getEnvelopeInternal().getArea();
        }
        double cell = Math.clamp(Math.sqrt(area / MAX_CELLS), MIN_CELL_M, MAX_CELL_M);
        for (int i = 0; i < levels.size(); i++) {
            layOut(i, cell);
        }
        for (Door door : scene.doors()) {
            addDoor(door);
        }
        for (int i = 0; i < levels.size(); i++) {
            addNarrowings(i);
        }
        for (Stair stair : scene.stairs()) {
            addStair(stair);
        }
        for (int i = 0; i < scene.exits().size(); i++) {
            addExit(i);
        }
        return assemble();
    }

    private void layOut(int level, double cell) {
        Floor floor = floors.get(level);
        Raster raster = Raster.of(floor, cell);
        String id = levels.get(level).id();
        for (Door door : scene.doors()) {
            if (door.level().equals(id)) {
                raster.visit(door.line(), index -> raster.free[index] = false);
            }
        }
        for (Exit exit : scene.exits()) {
            if (exit.level().equals(id)) {
                block(raster, exit.place());
            }
        }
        for (Stair stair : scene.stairs()) {
            if (stair.foot().level().equals(id) || stair.head().level().equals(id)) {
                raster.visit(plan(stair), index -> raster.free[index] = false);
                if (stair.foot().level().equals(id)) {
                    raster.visit(stair.foot().line(), index -> raster.free[index] = false);
                }
                if (stair.head().level().equals(id)) {
                    raster.visit(stair.head().line(), index -> raster.free[index] = false);
                }
            }
        }
        float[] clearance = raster.clearance();
        int[] label = Segmentation.of(raster, clearance);
        int count = Arrays.stream(label).max().orElse(-1) + 1;
        for (int i = 0; i < label.length; i++) {
            if (label[i] >= 0) {
                label[i] += places;
            }
        }
        firstPlace.add(places);
        places += count;
        rasters.add(raster);
        clearances.add(clearance);
        labels.add(label);
        edges.add(new Edges(floor.edges()));
    }

    private static void block(Raster raster, Exit.Place place) {
        switch (place) {
            case Exit.Place.Line(Segment line) -> raster.visit(line, index -> raster.free[index] = false);
            case Exit.Place.Zone(var area) -> raster.visit(Floor.toGeometry(area), index -> raster.free[index] = false);
        }
    }

    private static Geometry plan(Stair stair) {
        Segment foot = stair.foot().line();
        Segment head = stair.head().line();
        Coordinate[] corners = {
            new Coordinate(foot.from().x_m(), foot.from().y_m()),
            new Coordinate(foot.to().x_m(), foot.to().y_m()),
            new Coordinate(head.from().x_m(), head.from().y_m()),
            new Coordinate(head.to().x_m(), head.to().y_m())
        };
        return GEOMETRY.createMultiPointFromCoords(corners).convexHull();
    }

    private void addDoor(Door door) {
        int level = levelOf(door.level());
        if (level < 0) {
            return;
        }
        Map<Integer, List<Integer>> left = front(level, door.line(), 1);
        Map<Integer, List<Integer>> right = front(level, door.line(), -1);
        int from = most(left);
        int to = most(right);
        if (from < 0 || to < 0 || from == to) {
            remarks.add(
                    from < 0 || to < 0
                            ? "The door %s has no ground on one side.".formatted(door.id())
                            : "The door %s can be walked around.".formatted(door.id()));
            return;
        }
        boolean isReversed = door.way() == Door.Way.RIGHT_TO_LEFT;
        passages.add(new Passage(
                door.id(),
                Passage.Kind.DOOR,
                isReversed ? to : from,
                isReversed ? from : to,
                -1,
                door.line().length_m(),
                false,
                0,
                door.line().middle(),
                door.way() != Door.Way.BOTH,
                door.limit_per_s(),
                new Exit.Service.Unlimited(),
                door.opening()));
        fronts.add(Map.of(from, left.get(from), to, right.get(to)));
    }

    private void addStair(Stair stair) {
        int foot = levelOf(stair.foot().level());
        int head = levelOf(stair.head().level());
        if (foot < 0 || head < 0) {
            return;
        }
        Map<Integer, List<Integer>> below = bothSides(foot, stair.foot().line());
        Map<Integer, List<Integer>> above = bothSides(head, stair.head().line());
        int from = most(below);
        int to = most(above);
        if (from < 0 || to < 0 || from == to) {
            remarks.add("The stair %s leads nowhere.".formatted(stair.id()));
            return;
        }
        double rise = levels.get(head).elevation_m() - levels.get(foot).elevation_m();
        double run = stair.foot().line().middle().distance_m(stair.head().line().middle());
        passages.add(new Passage(
                stair.id(),
                stair.kind() == Stair.Kind.STAIR ? Passage.Kind.STAIR : Passage.Kind.RAMP,
                from,
                to,
                -1,
                Math.min(stair.foot().line().length_m(), stair.head().line().length_m()),
                false,
                stair.slopeLength_m().orElse(Math.hypot(rise, run)),
                stair.foot().line().middle(),
                false,
                OptionalDouble.empty(),
                new Exit.Service.Unlimited(),
                Opening.ALWAYS));
        fronts.add(Map.of(from, below.get(from), to, above.get(to)));
    }

    private void addExit(int index) {
        Exit exit = scene.exits().get(index);
        int level = levelOf(exit.level());
        if (level < 0) {
            return;
        }
        Map<Integer, List<Integer>> front;
        double width;
        Point at;
        switch (exit.place()) {
            case Exit.Place.Line(Segment line) -> {
                front = bothSides(level, line);
                width = line.length_m();
                at = line.middle();
            }
            case Exit.Place.Zone(var area) -> {
                Geometry zone = Floor.toGeometry(area);
                front = around(level, zone);
                width = zone.getBoundary()
                        .intersection(floors.get(level).geometry().buffer(-rasters.get(level).cell / 4))
                        .getLength();
                Coordinate middle = zone.getInteriorPoint().getCoordinate();
                at = new Point(middle.x, middle.y);
            }
        }
        if (front.isEmpty()) {
            remarks.add("The exit %s has no ground in front of it.".formatted(exit.id()));
        }
        front.forEach((place, cells) -> {
            passages.add(new Passage(
                    exit.id(),
                    Passage.Kind.EXIT,
                    place,
                    Passage.OUTSIDE,
                    index,
                    width,
                    isCorridor(level, cells, width),
                    0,
                    at,
                    true,
                    OptionalDouble.empty(),
                    exit.service(),
                    exit.opening()));
            fronts.add(Map.of(place, cells));
        });
    }

    /** Where two places of a level meet, each connected stretch a passage. */
    private void addNarrowings(int level) {
        Raster raster = rasters.get(level);
        int[] label = labels.get(level);
        Map<Long, List<int[]>> touching = new LinkedHashMap<>();
        for (int i = 0; i < label.length; i++) {
            if (label[i] < 0) {
                continue;
            }
            for (int step : new int[] {1, raster.columns}) {
                int j = i + step;
                if (j < label.length && label[j] >= 0 && label[j] != label[i]) {
                    int a = Math.min(label[i], label[j]);
                    int b = Math.max(label[i], label[j]);
                    touching.computeIfAbsent((long) a << 32 | b, _ -> new ArrayList<>())
                            .add(label[i] == a ? new int[] {i, j} : new int[] {j, i});
                }
            }
        }
        touching.forEach((key, pairs) -> {
            for (List<int[]> stretch : stretches(pairs, raster.columns)) {
                addNarrowing(level, (int) (key >> 32), (int) (long) key, stretch);
            }
        });
    }

    private void addNarrowing(int level, int a, int b, List<int[]> stretch) {
        float[] clearance = clearances.get(level);
        int widest = stretch.getFirst()[0];
        for (int[] pair : stretch) {
            for (int cell : pair) {
                if (clearance[cell] > clearance[widest]) {
                    widest = cell;
                }
            }
        }
        Point at = rasters.get(level).centre(widest);
        double width = edges.get(level).width_m(at, 2 * clearance[widest] + 2 * rasters.get(level).cell);
        if (width < MIN_WIDTH_M) {
            return;
        }
        passages.add(new Passage(
                "narrow-%d".formatted(passages.size()),
                Passage.Kind.NARROWING,
                a,
                b,
                -1,
                width,
                isCorridor(level, stretch.stream().map(pair -> pair[0]).toList(), width)
                        && isCorridor(
                                level, stretch.stream().map(pair -> pair[1]).toList(), width),
                0,
                at,
                false,
                OptionalDouble.empty(),
                new Exit.Service.Unlimited(),
                Opening.ALWAYS));
        fronts.add(Map.of(
                a, stretch.stream().map(pair -> pair[0]).distinct().toList(),
                b, stretch.stream().map(pair -> pair[1]).distinct().toList()));
    }

    /** Pairs of cells in groups whose cells touch, also at corners. */
    private static List<List<int[]>> stretches(List<int[]> pairs, int columns) {
        Map<Integer, List<Integer>> at = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            at.computeIfAbsent(pairs.get(i)[0], _ -> new ArrayList<>()).add(i);
        }
        boolean[] seen = new boolean[pairs.size()];
        List<List<int[]>> stretches = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (seen[i]) {
                continue;
            }
            List<int[]> stretch = new ArrayList<>();
            List<Integer> open = new ArrayList<>(List.of(i));
            seen[i] = true;
            while (!open.isEmpty()) {
                int next = open.removeLast();
                stretch.add(pairs.get(next));
                int cell = pairs.get(next)[0];
                for (int dr = -2; dr <= 2; dr++) {
                    for (int dc = -2; dc <= 2; dc++) {
                        for (int other : at.getOrDefault(cell + dr * columns + dc, List.of())) {
                            if (!seen[other]) {
                                seen[other] = true;
                                open.add(other);
                            }
                        }
                    }
                }
            }
            stretches.add(stretch);
        }
        return stretches;
    }

    /** The cells of places beside a line, on its left (1) or its right (-1), by place. */
    private Map<Integer, List<Integer>> front(int level, Segment line, int side) {
        Raster raster = rasters.get(level);
        int[] label = labels.get(level);
        double length = line.length_m();
        Map<Integer, List<Integer>> found = new TreeMap<>();
        if (!(length > 0)) {
            return found;
        }
        double ux = (line.to().x_m() - line.from().x_m()) / length;
        double uy = (line.to().y_m() - line.from().y_m()) / length;
        int steps = Math.max(2, (int) Math.ceil(2 * length / raster.cell));
        for (int i = 0; i <= steps; i++) {
            double along = length * i / steps;
            for (double off = 1; off <= 3; off += 0.5) {
                double across = side * off * raster.cell;
                int cell = raster.index(new Point(
                        line.from().x_m() + ux * along - uy * across,
                        line.from().y_m() + uy * along + ux * across));
                if (cell >= 0 && label[cell] >= 0) {
                    List<Integer> cells = found.computeIfAbsent(label[cell], _ -> new ArrayList<>());
                    if (!cells.contains(cell)) {
                        cells.add(cell);
                    }
                    break;
                }
            }
        }
        return found;
    }

    private Map<Integer, List<Integer>> bothSides(int level, Segment line) {
        Map<Integer, List<Integer>> all = front(level, line, 1);
        front(level, line, -1).forEach((place, cells) -> all.computeIfAbsent(place, _ -> new ArrayList<>())
                .addAll(cells));
        return all;
    }

    /** The cells of places around a zone, by place. */
    private Map<Integer, List<Integer>> around(int level, Geometry zone) {
        Raster raster = rasters.get(level);
        int[] label = labels.get(level);
        Map<Integer, List<Integer>> found = new TreeMap<>();
        raster.visit(zone.buffer(2 * raster.cell), cell -> {
            if (label[cell] >= 0) {
                found.computeIfAbsent(label[cell], _ -> new ArrayList<>()).add(cell);
            }
        });
        return found;
    }

    /** Whether the ground within some metres of the cells is nowhere much wider than {@code width}. */
    private boolean isCorridor(int level, List<Integer> cells, double width) {
        Raster raster = rasters.get(level);
        float[] clearance = clearances.get(level);
        int reach = (int) Math.ceil(CORRIDOR_M / raster.cell);
        double widest = 0;
        for (int cell : cells) {
            int c = cell % raster.columns;
            int r = cell / raster.columns;
            for (int dr = -reach; dr <= reach; dr += 2) {
                for (int dc = -reach; dc <= reach; dc += 2) {
                    if (c + dc >= 0 && c + dc < raster.columns && r + dr >= 0 && r + dr < raster.rows) {
                        widest = Math.max(widest, clearance[(r + dr) * raster.columns + c + dc]);
                    }
                }
            }
        }
        return 2 * widest <= 1.5 * width;
    }

    private static int most(Map<Integer, List<Integer>> front) {
        int best = -1;
        int count = 0;
        for (Map.Entry<Integer, List<Integer>> each : front.entrySet()) {
            if (each.getValue().size() > count) {
                best = each.getKey();
                count = each.getValue().size();
            }
        }
        return best;
    }

    private int levelOf(String id) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private Network assemble() {
        List<List<Integer>> around = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            around.add(new ArrayList<>());
        }
        for (int p = 0; p < passages.size(); p++) {
            for (int place : new TreeMap<>(fronts.get(p)).keySet()) {
                around.get(place).add(p);
            }
        }
        Network.Place[] built = new Network.Place[places];
        float[][][] between = new float[places][][];
        Extent[] extents = extents();
        workers.forEach(places, place -> {
            Extent extent = extents[place];
            Raster raster = rasters.get(extent.level);
            int[] label = labels.get(extent.level);
            March march = new March(raster, label);
            List<Integer> own = around.get(place);
            List<March.DistanceField> fields = new ArrayList<>();
            for (int p : own) {
                int[] seeds =
                        fronts.get(p).get(place).stream().mapToInt(each -> each).toArray();
                fields.add(march.from(place, extent.window(), seeds, new float[seeds.length]));
            }
            between[place] = new float[own.size()][own.size()];
            for (int i = 0; i < own.size(); i++) {
                for (int j = 0; j < own.size(); j++) {
                    float best = i == j ? 0 : Float.POSITIVE_INFINITY;
                    for (int cell : fronts.get(own.get(j)).get(place)) {
                        best = Math.min(best, fields.get(i).at(cell, raster.columns));
                    }
                    between[place][i][j] = best;
                }
            }
            built[place] = new Network.Place(
                    extent.level, extent.cells * raster.cell * raster.cell, raster.centre(extent.middle), own, fields);
        });
        List<Network.LevelMap> maps = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            maps.add(new Network.LevelMap(rasters.get(i), labels.get(i)));
        }
        return new Network(scene, List.of(built), passages, maps, between, remarks);
    }

    private Extent[] extents() {
        Extent[] extents = new Extent[places];
        for (int level = 0; level < levels.size(); level++) {
            Raster raster = rasters.get(level);
            int[] label = labels.get(level);
            for (int i = 0; i < label.length; i++) {
                if (label[i] < 0) {
                    continue;
                }
                if (extents[label[i]] == null) {
                    extents[label[i]] = new Extent(level, i);
                }
                extents[label[i]].add(i, raster.columns, clearances.get(level));
            }
        }
        return extents;
    }

    /** Where the cells of a place lie. */
    private static final class Extent {
        final int level;
        int middle;
        int cells;
        int minC = Integer.MAX_VALUE;
        int maxC = -1;
        int minR = Integer.MAX_VALUE;
        int maxR = -1;

        Extent(int level, int first) {
            this.level = level;
            this.middle = first;
        }

        void add(int cell, int columns, float[] clearance) {
            cells++;
            minC = Math.min(minC, cell % columns);
            maxC = Math.max(maxC, cell % columns);
            minR = Math.min(minR, cell / columns);
            maxR = Math.max(maxR, cell / columns);
            if (clearance[cell] > clearance[middle]) {
                middle = cell;
            }
        }

        March.Window window() {
            return new March.Window(minC, minR, maxC - minC + 1, maxR - minR + 1);
        }
    }

    /** The edges of a floor, sorted into squares so that the near ones are found. */
    private static final class Edges {

        private static final double SQUARE_M = 10;

        private final Map<Long, List<Segment>> squares = new LinkedHashMap<>();

        Edges(List<Segment> segments) {
            for (Segment each : segments) {
                Envelope box = new Envelope(
                        each.from().x_m(),
                        each.to().x_m(),
                        each.from().y_m(),
                        each.to().y_m());
                for (int c = square(box.getMinX()); c <= square(box.getMaxX()); c++) {
                    for (int r = square(box.getMinY()); r <= square(box.getMaxY()); r++) {
                        squares.computeIfAbsent((long) c << 32 | r & 0xffffffffL, _ -> new ArrayList<>())
                                .add(each);
                    }
                }
            }
        }

        /**
         * The width of the ground at a point: from the nearest edge through the point to the edge on the other side; at most
         * {@code about_m} times 1.5, which is what is returned where there is no edge near enough.
         */
        double width_m(Point at, double about_m) {
            double reach = 1.5 * about_m;
            Coordinate near = null;
            double best = reach;
            List<Segment> around = around(at, reach);
            for (Segment each : around) {
                Coordinate foot = foot(each, at);
                double d = Math.hypot(foot.x - at.x_m(), foot.y - at.y_m());
                if (d < best) {
                    best = d;
                    near = foot;
                }
            }
            if (near == null || best < 1e-9) {
                return about_m;
            }
            double ux = (at.x_m() - near.x) / best;
            double uy = (at.y_m() - near.y) / best;
            double other = reach;
            for (Segment each : around) {
                // The edge that is met at a slant is not the far side: half the width is at most the distance to it.
                Coordinate foot = foot(each, at);
                double dx = foot.x - at.x_m();
                double dy = foot.y - at.y_m();
                double d = Math.hypot(dx, dy);
                if (d > 1e-9 && (dx * ux + dy * uy) / d > 0.5) {
                    other = Math.min(other, d);
                }
            }
            return Math.min(best + other, reach);
        }

        private List<Segment> around(Point at, double reach) {
            List<Segment> found = new ArrayList<>();
            for (int c = square(at.x_m() - reach); c <= square(at.x_m() + reach); c++) {
                for (int r = square(at.y_m() - reach); r <= square(at.y_m() + reach); r++) {
                    found.addAll(squares.getOrDefault((long) c << 32 | r & 0xffffffffL, List.of()));
                }
            }
            return found;
        }

        private static int square(double metres) {
            return (int) Math.floor(metres / SQUARE_M);
        }

        private static Coordinate foot(Segment segment, Point p) {
            double dx = segment.to().x_m() - segment.from().x_m();
            double dy = segment.to().y_m() - segment.from().y_m();
            double length2 = dx * dx + dy * dy;
            double t = length2 == 0
                    ? 0
                    : Math.clamp(
                            ((p.x_m() - segment.from().x_m()) * dx
                                            + (p.y_m() - segment.from().y_m()) * dy)
                                    / length2,
                            0,
                            1);
            return new Coordinate(segment.from().x_m() + t * dx, segment.from().y_m() + t * dy);
        }
    }
}
