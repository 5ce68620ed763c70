// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * The ground's nodes: the centres of square cells that can be walked on, over all surfaces, each joined to its four neighbours
 * where no wall is between. All surfaces share one grid, so that ways across a portal join nodes as anywhere else.
 */
public final class Lattice {

    /** To the east, north, west, south: the opposite of d is (d + 2) mod 4. */
    static final int[] STEP_X = {1, 0, -1, 0};

    static final int[] STEP_Y = {0, 1, 0, -1};

    /** Within this distance of a wall ways cost more, so that they keep clear of it. */
    private static final double CLEARANCE_M = 0.5;
    /** By how much more they cost at the wall. */
    private static final double CLEARANCE_COST = 0.5;

    /** Within this distance of a corner around which one can walk ways cost more, so that they fan out. */
    private static final double CORNER_M = 6;
    /**
     * By how much more they cost at a corner with room to fan out: with 0.6 all of 500 people who go around a corner of a way of 20 m
     * (RiMEA 15) press around its point and take half as long again, with 1.5 to 3 they do not.
     */
    private static final double CORNER_COST = 2;
    /** The same where there is no room to fan out, as at a door's jamb: enough to lead to its middle. */
    private static final double NARROW_COST = 0.6;

    private static final int NONE = -1;

    private final double cell_m;
    private final float perCell;
    private final double originX;
    private final double originY;
    private final int[] column0;
    private final int[] row0;
    private final int[] columns;
    private final int[] rows;
    private final int[] base;
    /** For each cell its node, or -1: there is none near, or -2 - n: there is none, but n is beside it. */
    private final int[] nodeAt;
    /** Whether a wall or a gate leads through a cell: then it is not the same node for all places in it. */
    private final boolean[] isCut;

    private final List<Line> cuts;
    private final Bins cutBins;

    private final int count;
    private final int[] surfaceOf;
    private final float[] xOf;
    private final float[] yOf;
    /** For node n and direction d at 4 n + d: the neighbour; -1: none; -2 - k: through the crossing k. */
    private final int[] neighbours;

    private final int[] crossingFrom;
    private final int[] crossingNode;
    private final int[] crossingGate;
    private final byte[] crossingSense;
    private final float[] slowness;
    private final List<Gate> gates;

    private Lattice(Builder builder) {
        cell_m = builder.h;
        perCell = (float) (1 / builder.h);
        originX = builder.originX;
        originY = builder.originY;
        column0 = builder.column0;
        row0 = builder.row0;
        columns = builder.columns;
        rows = builder.rows;
        base = builder.base;
        nodeAt = builder.nodeAt;
        isCut = builder.isCut;
        cuts = builder.cuts;
        cutBins = builder.cutBins;
        count = builder.count;
        surfaceOf = builder.surfaceOf;
        xOf = builder.xOf;
        yOf = builder.yOf;
        neighbours = builder.neighbours;
        crossingFrom = Arrays.copyOf(builder.crossingFrom, builder.crossings);
        crossingNode = Arrays.copyOf(builder.crossingNode, builder.crossings);
        crossingGate = Arrays.copyOf(builder.crossingGate, builder.crossings);
        crossingSense = Arrays.copyOf(builder.crossingSense, builder.crossings);
        slowness = builder.slowness;
        gates = builder.gates;
    }

    /** Lays nodes {@code cell_m} apart over the surfaces of {@code terrain}. */
    public static Lattice over(Terrain terrain, List<Gate> gates, double cell_m) {
        return new Lattice(new Builder(terrain, gates, cell_m));
    }

    /** How many cells the grids would have. */
    public static double cells(Terrain terrain, double cell_m) {
        double cells = 0;
        for (Surface surface : terrain.surfaces()) {
            Envelope box = surface.shape().getEnvelopeInternal();
            cells += (box.getWidth() / cell_m + 3) * (box.getHeight() / cell_m + 3);
        }
        return cells;
    }

    public double cell_m() {
        return cell_m;
    }

    public int count() {
        return count;
    }

    public List<Gate> gates() {
        return gates;
    }

    public int surfaceOf(int node) {
        return surfaceOf[node];
    }

    public float x(int node) {
        return xOf[node];
    }

    public float y(int node) {
        return yOf[node];
    }

    /** The nodes on both sides of a gate. */
    public int[] beside(int gate) {
        int[] found = new int[crossingFrom.length];
        int number = 0;
        for (int i = 0; i < crossingFrom.length; i++) {
            if (crossingGate[i] == gate) {
                found[number++] = crossingFrom[i];
            }
        }
        return Arrays.stream(found, 0, number).distinct().toArray();
    }

    float[] slowness() {
        return slowness;
    }

    /** The node of the cell in which a place is, or one beside it; -1: there is none. */
    public int node(int surface, double x, double y) {
        int column = (int) Math.floor((x - originX) / cell_m) - column0[surface];
        int row = (int) Math.floor((y - originY) / cell_m) - row0[surface];
        if (column < 0 || row < 0 || column >= columns[surface] || row >= rows[surface]) {
            return NONE;
        }
        int cell = base[surface] + row * columns[surface] + column;
        int node = nodeAt[cell];
        node = node >= NONE ? node : -2 - node;
        return isCut[cell] ? onSameSide(surface, column, row, node, x, y) : node;
    }

    /**
     * The nearest node that no wall or gate hides from a place: the field of the other side would lead into the wall, and whoever
     * stands against it would stand there for good.
     *
     * @param node what there is if every node around is hidden
     */
    private int onSameSide(int surface, int column, int row, int node, double x, double y) {
        int bin = cutBins.bin(surface, x, y);
        if (node != NONE && !isHidden(bin, node, x, y)) {
            return node;
        }
        int found = node;
        double least = Double.POSITIVE_INFINITY;
        for (int r = Math.max(0, row - 1); r <= Math.min(rows[surface] - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(columns[surface] - 1, column + 1); c++) {
                int other = nodeAt[base[surface] + r * columns[surface] + c];
                if (other >= 0) {
                    double dx = xOf[other] - x;
                    double dy = yOf[other] - y;
                    double d2 = dx * dx + dy * dy;
                    if (d2 < least && !isHidden(bin, other, x, y)) {
                        least = d2;
                        found = other;
                    }
                }
            }
        }
        return found;
    }

    private boolean isHidden(int bin, int node, double x, double y) {
        for (int w = cutBins.start(bin); w < cutBins.end(bin); w++) {
            if (cuts.get(cutBins.item(w)).crossing(x, y, xOf[node], yOf[node]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The neighbour of a node in a direction as far as it can be gone to through gates that are open; -1: it cannot. */
    int reachable(int node, int direction, boolean[] open) {
        int next = neighbours[4 * node + direction];
        if (next >= NONE) {
            return next;
        }
        int crossing = -2 - next;
        int gate = crossingGate[crossing];
        return open[gate] && gates.get(gate).allows(crossingSense[crossing]) ? crossingNode[crossing] : NONE;
    }

    /** The neighbour of a node in a direction, whatever gates are between; -1: there is none. */
    int beside(int node, int direction) {
        int next = neighbours[4 * node + direction];
        return next >= NONE ? next : crossingNode[-2 - next];
    }

    /** The neighbour where nothing that could be closed is between; -1: there is none. */
    int plainly(int node, int direction) {
        return Math.max(NONE, neighbours[4 * node + direction]);
    }

    /**
     * Looks up a field at a place: direction and distance, smooth between nodes, never through a wall.
     *
     * @param out takes the unit vector at 0 and 1, zero if there is no way, and the distance at 2
     * @return the node of the place, as {@link #node} has it; -1: there is none, and nothing was looked up
     */
    public int look(Field field, int surface, float x, float y, float[] out) {
        float inX = (float) (x - originX) * perCell - column0[surface];
        float inY = (float) (y - originY) * perCell - row0[surface];
        int column = (int) inX;
        int row = (int) inY;
        if (inX < 0 || inY < 0 || column >= columns[surface] || row >= rows[surface]) {
            return NONE;
        }
        int cell = base[surface] + row * columns[surface] + column;
        int node = nodeAt[cell];
        float dx = inX - column - 0.5f;
        float dy = inY - row - 0.5f;
        if (isCut[cell]) {
            node = onSameSide(surface, column, row, node >= NONE ? node : -2 - node, x, y);
            if (node == NONE) {
                return NONE;
            }
            dx = (x - xOf[node]) * perCell;
            dy = (y - yOf[node]) * perCell;
        } else if (node < 0) {
            if (node == NONE) {
                return NONE;
            }
            node = -2 - node;
            dx = (x - xOf[node]) * perCell;
            dy = (y - yOf[node]) * perCell;
        }
        float wx = Math.min(1, Math.abs(dx));
        float wy = Math.min(1, Math.abs(dy));
        int byX = dx >= 0 ? 0 : 2;
        int byY = dy >= 0 ? 1 : 3;
        int besideX = plainly(node, byX);
        int besideY = plainly(node, byY);
        int across = besideX >= 0 ? plainly(besideX, byY) : besideY >= 0 ? plainly(besideY, byX) : NONE;
        short[] directions = field.direction();
        short here = directions[node];
        float weight = (1 - wx) * (1 - wy);
        float ux = weight * Field.unpackX(here);
        float uy = weight * Field.unpackY(here);
        if (besideX >= 0) {
            short there = directions[besideX];
            weight = wx * (1 - wy);
            ux += weight * Field.unpackX(there);
            uy += weight * Field.unpackY(there);
        }
        if (besideY >= 0) {
            short there = directions[besideY];
            weight = (1 - wx) * wy;
            ux += weight * Field.unpackX(there);
            uy += weight * Field.unpackY(there);
        }
        if (across >= 0) {
            short there = directions[across];
            weight = wx * wy;
            ux += weight * Field.unpackX(there);
            uy += weight * Field.unpackY(there);
        }
        float square = ux * ux + uy * uy;
        if (square < 1) {
            ux = Field.unpackX(here);
            uy = Field.unpackY(here);
            square = ux * ux + uy * uy;
        }
        float scale = square > 0 ? 1 / (float) Math.sqrt(square) : 0;
        out[0] = ux * scale;
        out[1] = uy * scale;
        out[2] = field.distance()[node] - (float) cell_m * (dx * out[0] + dy * out[1]);
        return node;
    }

    private static final class Builder {
        final double h;
        final double originX;
        final double originY;
        final int[] column0;
        final int[] row0;
        final int[] columns;
        final int[] rows;
        final int[] base;
        final int[] nodeAt;
        final boolean[] isCut;
        final List<Line> cuts = new ArrayList<>();
        /** How many of the cuts are walls; the others are gates. */
        final int walls;

        final Bins cutBins;
        final int count;
        final int[] surfaceOf;
        final float[] xOf;
        final float[] yOf;
        final int[] neighbours;
        final float[] slowness;
        final List<Gate> gates;
        int crossings;
        int[] crossingFrom = new int[16];
        int[] crossingNode = new int[16];
        int[] crossingGate = new int[16];
        byte[] crossingSense = new byte[16];

        Builder(Terrain terrain, List<Gate> gates, double h) {
            this.h = h;
            this.gates = List.copyOf(gates);
            List<Surface> surfaces = terrain.surfaces();
            Envelope all = new Envelope();
            surfaces.forEach(each -> all.expandToInclude(each.shape().getEnvelopeInternal()));
            originX = Math.floor(all.getMinX() / h) * h;
            originY = Math.floor(all.getMinY() / h) * h;
            int number = surfaces.size();
            column0 = new int[number];
            row0 = new int[number];
            columns = new int[number];
            rows = new int[number];
            base = new int[number];
            int cells = 0;
            for (Surface surface : surfaces) {
                int s = surface.index();
                Envelope box = surface.shape().getEnvelopeInternal();
                base[s] = cells;
                if (box.isNull()) {
                    continue;
                }
                // A cell of margin all around, so that whoever stands at the very edge is within.
                column0[s] = (int) Math.floor((box.getMinX() - originX) / h) - 1;
                row0[s] = (int) Math.floor((box.getMinY() - originY) / h) - 1;
                columns[s] = (int) Math.floor((box.getMaxX() - originX) / h) + 2 - column0[s];
                rows[s] = (int) Math.floor((box.getMaxY() - originY) / h) + 2 - row0[s];
                cells += columns[s] * rows[s];
            }
            nodeAt = new int[cells];
            Arrays.fill(nodeAt, NONE);
            isCut = new boolean[cells];
            List<int[]> cutSurfaces = new ArrayList<>();
            for (Surface surface : surfaces) {
                terrain.walls(surface.index()).forEach(wall -> cut(surface.index(), wall, cutSurfaces));
            }
            walls = cuts.size();
            gates.forEach(gate -> cut(gate.surface(), gate.line(), cutSurfaces));
            // As far as a node beside a cell's farthest corner.
            cutBins = new Bins(surfaces, cuts, cutSurfaces, 1.5 * Math.sqrt(2) * h);
            int nodes = 0;
            for (Surface surface : surfaces) {
                nodes = fill(surface, nodes);
            }
            count = nodes;
            surfaceOf = new int[nodes];
            xOf = new float[nodes];
            yOf = new float[nodes];
            neighbours = new int[4 * nodes];
            Arrays.fill(neighbours, NONE);
            for (Surface surface : surfaces) {
                join(surface.index());
            }
            for (Surface surface : surfaces) {
                int s = surface.index();
                for (Line wall : terrain.walls(s)) {
                    eachEdge(wall, (column, row, direction) -> sever(s, column, row, direction));
                }
            }
            for (Portal portal : terrain.portals()) {
                eachEdge(portal.line(), (column, row, direction) -> {
                    link(portal, portal.left(), portal.right(), column, row, direction);
                    link(portal, portal.right(), portal.left(), column, row, direction);
                });
            }
            for (int g = 0; g < gates.size(); g++) {
                int gate = g;
                Gate it = gates.get(g);
                eachEdge(it.line(), (column, row, direction) -> {
                    bar(gate, it, column, row, direction);
                    bar(gate, it, column + STEP_X[direction], row + STEP_Y[direction], (direction + 2) % 4);
                });
            }
            for (Surface surface : surfaces) {
                neighbourly(surface.index(), terrain.walls(surface.index()));
            }
            slowness = clearance();
            for (Surface surface : surfaces) {
                int s = surface.index();
                List<Coordinate> corners = new ArrayList<>(terrain.corners(s));
                corners.sort(null);
                for (int i = 0; i < corners.size(); i++) {
                    keepOff(s, corners.get(i), roomAt(s, i, corners));
                }
            }
        }

        /**
         * How far ways can fan out at a corner: {@link #CORNER_M}, or where another corner faces it, as at a door, half-way to that.
         *
         * @param corners by x
         */
        private double roomAt(int s, int index, List<Coordinate> corners) {
            Coordinate corner = corners.get(index);
            double room = CORNER_M;
            for (int step = -1; step <= 1; step += 2) {
                for (int i = index + step; i >= 0 && i < corners.size(); i += step) {
                    Coordinate other = corners.get(i);
                    if (Math.abs(other.x - corner.x) >= 2 * room) {
                        break;
                    }
                    double half = corner.distance(other) / 2;
                    if (half < room && isOpen(s, (corner.x + other.x) / 2, (corner.y + other.y) / 2, half)) {
                        room = half;
                    }
                }
            }
            return room;
        }

        /** Whether there is ground at a place, and no wall near. */
        private boolean isOpen(int s, double x, double y, double near) {
            if (nodeOf(s, (int) Math.floor((x - originX) / h), (int) Math.floor((y - originY) / h)) < 0) {
                return false;
            }
            int bin = cutBins.bin(s, x, y);
            for (int w = cutBins.start(bin); w < cutBins.end(bin); w++) {
                int item = cutBins.item(w);
                if (item < walls && cuts.get(item).distance(x, y) < near / 2) {
                    return false;
                }
            }
            return true;
        }

        private void cut(int s, Line line, List<int[]> cutSurfaces) {
            cuts.add(line);
            cutSurfaces.add(new int[] {s});
            int fromColumn = (int) Math.floor((Math.min(line.ax(), line.bx()) - originX) / h) - 1;
            int toColumn = (int) Math.floor((Math.max(line.ax(), line.bx()) - originX) / h) + 1;
            int fromRow = (int) Math.floor((Math.min(line.ay(), line.by()) - originY) / h) - 1;
            int toRow = (int) Math.floor((Math.max(line.ay(), line.by()) - originY) / h) + 1;
            for (int row = fromRow; row <= toRow; row++) {
                for (int column = fromColumn; column <= toColumn; column++) {
                    int cell = cell(s, column, row);
                    if (cell != NONE && line.distance(centreX(column), centreY(row)) <= h * Math.sqrt(0.5)) {
                        isCut[cell] = true;
                    }
                }
            }
        }

        /** Makes ways past a corner cost more, and the more so the more room there is, so that they fan out instead of meeting at its point. */
        private void keepOff(int s, Coordinate corner, double room) {
            double cost = Math.max(NARROW_COST, CORNER_COST * room / CORNER_M);
            int reach = (int) Math.ceil(CORNER_M / h);
            int column0 = (int) Math.floor((corner.x - originX) / h);
            int row0 = (int) Math.floor((corner.y - originY) / h);
            for (int row = row0 - reach; row <= row0 + reach; row++) {
                for (int column = column0 - reach; column <= column0 + reach; column++) {
                    int node = nodeOf(s, column, row);
                    if (node >= 0) {
                        double distance = Math.hypot(centreX(column) - corner.x, centreY(row) - corner.y);
                        double near = Math.max(0, 1 - distance / CORNER_M);
                        slowness[node] = (float) Math.max(slowness[node], 1 + cost * near * near);
                    }
                }
            }
        }

        private double centreX(int column) {
            return originX + (column + 0.5) * h;
        }

        private double centreY(int row) {
            return originY + (row + 0.5) * h;
        }

        /** Numbers the cells whose centre lies in the shape: row by row, between the edges that cross the row's centre line. */
        private int fill(Surface surface, int firstNode) {
            int s = surface.index();
            if (columns[s] == 0) {
                return firstNode;
            }
            int[] crossingsInRow = new int[rows[s]];
            Geometry shape = surface.shape();
            double[][] crossingsOfRow = new double[rows[s]][];
            eachRing(shape, corners -> {
                for (int i = 0; i + 1 < corners.length; i++) {
                    eachRowCrossed(corners[i], corners[i + 1], s, (row, x) -> crossingsInRow[row]++);
                }
            });
            for (int row = 0; row < rows[s]; row++) {
                crossingsOfRow[row] = new double[crossingsInRow[row]];
            }
            Arrays.fill(crossingsInRow, 0);
            eachRing(shape, corners -> {
                for (int i = 0; i + 1 < corners.length; i++) {
                    eachRowCrossed(
                            corners[i], corners[i + 1], s, (row, x) -> crossingsOfRow[row][crossingsInRow[row]++] = x);
                }
            });
            int node = firstNode;
            for (int row = 0; row < rows[s]; row++) {
                double[] xs = crossingsOfRow[row];
                Arrays.sort(xs);
                for (int i = 0; i + 1 < xs.length; i += 2) {
                    int from = (int) Math.ceil((xs[i] - originX) / h - 0.5);
                    int to = (int) Math.ceil((xs[i + 1] - originX) / h - 0.5);
                    for (int column = from; column < to; column++) {
                        int cell = base[s] + row * columns[s] + column - column0[s];
                        if (nodeAt[cell] == NONE) {
                            nodeAt[cell] = node++;
                        }
                    }
                }
            }
            return node;
        }

        private interface RowCrossing {
            void at(int row, double x);
        }

        private void eachRowCrossed(Coordinate a, Coordinate b, int s, RowCrossing crossing) {
            if (a.y == b.y) {
                return;
            }
            double low = Math.min(a.y, b.y);
            double high = Math.max(a.y, b.y);
            int from = (int) Math.ceil((low - originY) / h - 0.5);
            int to = (int) Math.ceil((high - originY) / h - 0.5);
            for (int row = from; row < to; row++) {
                double x = a.x + (centreY(row) - a.y) / (b.y - a.y) * (b.x - a.x);
                crossing.at(row - row0[s], x);
            }
        }

        private static void eachRing(Geometry shape, java.util.function.Consumer<Coordinate[]> ring) {
            for (int i = 0; i < shape.getNumGeometries(); i++) {
                if (shape.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
                    ring.accept(polygon.getExteriorRing().getCoordinates());
                    for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                        LinearRing inner = polygon.getInteriorRingN(hole);
                        ring.accept(inner.getCoordinates());
                    }
                }
            }
        }

        /** The cell of a surface; -1: outside its grid. */
        private int cell(int s, int column, int row) {
            int c = column - column0[s];
            int r = row - row0[s];
            return c < 0 || r < 0 || c >= columns[s] || r >= rows[s] ? NONE : base[s] + r * columns[s] + c;
        }

        private int nodeOf(int s, int column, int row) {
            int cell = cell(s, column, row);
            return cell == NONE ? NONE : Math.max(NONE, nodeAt[cell]);
        }

        private void join(int s) {
            for (int r = 0; r < rows[s]; r++) {
                for (int c = 0; c < columns[s]; c++) {
                    int node = nodeAt[base[s] + r * columns[s] + c];
                    if (node < 0) {
                        continue;
                    }
                    surfaceOf[node] = s;
                    xOf[node] = (float) centreX(c + column0[s]);
                    yOf[node] = (float) centreY(r + row0[s]);
                    for (int d = 0; d < 4; d++) {
                        neighbours[4 * node + d] = nodeOf(s, c + column0[s] + STEP_X[d], r + row0[s] + STEP_Y[d]);
                    }
                }
            }
        }

        private interface Edge {
            /** The edge from the centre of a cell to that of its neighbour to the east or north. */
            void at(int column, int row, int direction);
        }

        /** Every edge between neighbouring centres that the line crosses. */
        private void eachEdge(Line line, Edge edge) {
            if (line.ay() != line.by()) {
                int from = (int) Math.ceil((Math.min(line.ay(), line.by()) - originY) / h - 0.5);
                int to = (int) Math.ceil((Math.max(line.ay(), line.by()) - originY) / h - 0.5);
                for (int row = from; row < to; row++) {
                    double x =
                            line.ax() + (centreY(row) - line.ay()) / (line.by() - line.ay()) * (line.bx() - line.ax());
                    edge.at((int) Math.ceil((x - originX) / h - 0.5) - 1, row, 0);
                }
            }
            if (line.ax() != line.bx()) {
                int from = (int) Math.ceil((Math.min(line.ax(), line.bx()) - originX) / h - 0.5);
                int to = (int) Math.ceil((Math.max(line.ax(), line.bx()) - originX) / h - 0.5);
                for (int column = from; column < to; column++) {
                    double y = line.ay()
                            + (centreX(column) - line.ax()) / (line.bx() - line.ax()) * (line.by() - line.ay());
                    edge.at(column, (int) Math.ceil((y - originY) / h - 0.5) - 1, 1);
                }
            }
        }

        private void sever(int s, int column, int row, int direction) {
            int a = nodeOf(s, column, row);
            int b = nodeOf(s, column + STEP_X[direction], row + STEP_Y[direction]);
            if (a >= 0) {
                neighbours[4 * a + direction] = NONE;
            }
            if (b >= 0) {
                neighbours[4 * b + (direction + 2) % 4] = NONE;
            }
        }

        private void link(Portal portal, int near, int far, int column, int row, int direction) {
            int a = nodeOf(near, column, row);
            int b = nodeOf(far, column + STEP_X[direction], row + STEP_Y[direction]);
            boolean aIsLeft = portal.line().side(centreX(column), centreY(row)) > 0;
            if (a >= 0 && b >= 0 && aIsLeft == (near == portal.left())) {
                neighbours[4 * a + direction] = b;
                neighbours[4 * b + (direction + 2) % 4] = a;
            }
        }

        private void bar(int gate, Gate it, int column, int row, int direction) {
            int a = nodeOf(it.surface(), column, row);
            int next = a < 0 ? NONE : neighbours[4 * a + direction];
            if (next < 0) {
                return;
            }
            double x = centreX(column);
            double y = centreY(row);
            boolean fromLeft = it.line().side(x, y) >= 0;
            if (crossings == crossingNode.length) {
                crossingFrom = Arrays.copyOf(crossingFrom, 2 * crossings);
                crossingNode = Arrays.copyOf(crossingNode, 2 * crossings);
                crossingGate = Arrays.copyOf(crossingGate, 2 * crossings);
                crossingSense = Arrays.copyOf(crossingSense, 2 * crossings);
            }
            crossingFrom[crossings] = a;
            crossingNode[crossings] = next;
            crossingGate[crossings] = gate;
            crossingSense[crossings] = (byte) (fromLeft ? 1 : -1);
            neighbours[4 * a + direction] = -2 - crossings;
            crossings++;
        }

        /** Gives cells without a node, whose centre is off the ground though a corner of them is not, a node beside them. */
        private void neighbourly(int s, List<Line> walls) {
            int[] found = new int[columns[s] * rows[s]];
            for (int r = 0; r < rows[s]; r++) {
                for (int c = 0; c < columns[s]; c++) {
                    int cell = r * columns[s] + c;
                    found[cell] = nodeAt[base[s] + cell];
                    if (found[cell] == NONE) {
                        double best = Double.POSITIVE_INFINITY;
                        for (int dr = -1; dr <= 1; dr++) {
                            for (int dc = -1; dc <= 1; dc++) {
                                int node = nodeOf(s, c + column0[s] + dc, r + row0[s] + dr);
                                double distance = dr * dr + dc * dc;
                                if (node >= 0 && distance < best) {
                                    best = distance;
                                    found[cell] = -2 - node;
                                }
                            }
                        }
                    }
                }
            }
            System.arraycopy(found, 0, nodeAt, base[s], found.length);
        }

        /** What a way costs at each node: more beside walls. */
        private float[] clearance() {
            float[] distance = new float[count];
            Arrays.fill(distance, Float.POSITIVE_INFINITY);
            int[] queue = new int[count];
            int tail = 0;
            for (int node = 0; node < count; node++) {
                for (int d = 0; d < 4; d++) {
                    if (neighbours[4 * node + d] == NONE && distance[node] > h / 2) {
                        distance[node] = (float) (h / 2);
                        queue[tail++] = node;
                    }
                }
            }
            for (int head = 0; head < tail; head++) {
                int node = queue[head];
                float next = (float) (distance[node] + h);
                if (next >= CLEARANCE_M) {
                    continue;
                }
                for (int d = 0; d < 4; d++) {
                    int other = neighbours[4 * node + d];
                    other = other <= -2 ? crossingNode[-2 - other] : other;
                    if (other >= 0 && distance[other] > next) {
                        distance[other] = next;
                        queue[tail++] = other;
                    }
                }
            }
            float[] cost = new float[count];
            for (int node = 0; node < count; node++) {
                double near = Math.max(0, 1 - distance[node] / CLEARANCE_M);
                cost[node] = (float) (1 + CLEARANCE_COST * near * near);
            }
            return cost;
        }
    }
}
