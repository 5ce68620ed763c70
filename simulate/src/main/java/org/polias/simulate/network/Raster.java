// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.Arrays;
import java.util.function.IntConsumer;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Segment;

/**
 * A level in square cells: each free or not. A cell of column c and row r is at index r * columns + c; around the ground lies a border
 * of cells that are not free.
 */
final class Raster {

    final double minX;
    final double minY;
    final double cell;
    final int columns;
    final int rows;
    final boolean[] free;

    Raster(Envelope bounds, double cell) {
        this.cell = cell;
        this.minX = bounds.getMinX() - 2 * cell;
        this.minY = bounds.getMinY() - 2 * cell;
        this.columns = (int) Math.ceil(bounds.getWidth() / cell) + 4;
        this.rows = (int) Math.ceil(bounds.getHeight() / cell) + 4;
        this.free = new boolean[columns * rows];
    }

    static Raster of(Floor floor, double cell) {
        Raster raster = new Raster(floor.geometry().getEnvelopeInternal(), cell);
        raster.visit(floor.geometry(), index -> raster.free[index] = true);
        for (Segment wall : floor.walls()) {
            raster.visit(wall, index -> raster.free[index] = false);
        }
        return raster;
    }

    int size() {
        return free.length;
    }

    /** The cell of a point; -1 outside. */
    int index(Point point) {
        int c = column(point.x_m());
        int r = row(point.y_m());
        return c < 0 || c >= columns || r < 0 || r >= rows ? -1 : r * columns + c;
    }

    Point centre(int index) {
        return new Point(x(index % columns), y(index / columns));
    }

    double x(int column) {
        return minX + (column + 0.5) * cell;
    }

    double y(int row) {
        return minY + (row + 0.5) * cell;
    }

    private int column(double x) {
        return (int) Math.floor((x - minX) / cell);
    }

    private int row(double y) {
        return (int) Math.floor((y - minY) / cell);
    }

    /** All cells whose centres lie in the polygons. */
    void visit(Geometry polygons, IntConsumer visitor) {
        for (Object each : PolygonExtracter.getPolygons(polygons)) {
            visit((Polygon) each, visitor);
        }
    }

    private void visit(Polygon polygon, IntConsumer visitor) {
        Envelope bounds = polygon.getEnvelopeInternal();
        int from = Math.max(0, row(bounds.getMinY()));
        int to = Math.min(rows - 1, row(bounds.getMaxY()));
        if (from > to) {
            return;
        }
        double[][] crossings = new double[to - from + 1][];
        int[] counts = new int[to - from + 1];
        cross(polygon.getExteriorRing(), from, crossings, counts);
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            cross(polygon.getInteriorRingN(i), from, crossings, counts);
        }
        for (int r = from; r <= to; r++) {
            double[] xs = crossings[r - from];
            int count = counts[r - from];
            if (xs == null) {
                continue;
            }
            Arrays.sort(xs, 0, count);
            for (int i = 0; i + 1 < count; i += 2) {
                int first = Math.max(0, (int) Math.ceil((xs[i] - minX) / cell - 0.5));
                int last = Math.min(columns - 1, (int) Math.floor((xs[i + 1] - minX) / cell - 0.5));
                for (int c = first; c <= last; c++) {
                    visitor.accept(r * columns + c);
                }
            }
        }
    }

    private void cross(LineString ring, int fromRow, double[][] crossings, int[] counts) {
        for (int i = 1; i < ring.getNumPoints(); i++) {
            Coordinate a = ring.getCoordinateN(i - 1);
            Coordinate b = ring.getCoordinateN(i);
            double low = Math.min(a.y, b.y);
            double high = Math.max(a.y, b.y);
            int first = Math.max(fromRow, (int) Math.ceil((low - minY) / cell - 0.5));
            int last = Math.min(fromRow + crossings.length - 1, (int) Math.floor((high - minY) / cell - 0.5));
            for (int r = first; r <= last; r++) {
                double y = y(r);
                // Half open, so that a corner counts once.
                if (!(y >= low && y < high)) {
                    continue;
                }
                int k = r - fromRow;
                if (crossings[k] == null) {
                    crossings[k] = new double[8];
                } else if (counts[k] == crossings[k].length) {
                    crossings[k] = Arrays.copyOf(crossings[k], 2 * counts[k]);
                }
                crossings[k][counts[k]++] = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
            }
        }
    }

    /** All cells that a line touches: a chain in which neighbours share a side, so that no diagonal step crosses it. */
    void visit(Segment line, IntConsumer visitor) {
        double x0 = (line.from().x_m() - minX) / cell;
        double y0 = (line.from().y_m() - minY) / cell;
        double x1 = (line.to().x_m() - minX) / cell;
        double y1 = (line.to().y_m() - minY) / cell;
        int c = (int) Math.floor(x0);
        int r = (int) Math.floor(y0);
        int endC = (int) Math.floor(x1);
        int endR = (int) Math.floor(y1);
        int stepC = x1 > x0 ? 1 : -1;
        int stepR = y1 > y0 ? 1 : -1;
        double dx = Math.abs(x1 - x0);
        double dy = Math.abs(y1 - y0);
        double nextX = dx == 0 ? Double.POSITIVE_INFINITY : ((stepC > 0 ? c + 1 - x0 : x0 - c) / dx);
        double nextY = dy == 0 ? Double.POSITIVE_INFINITY : ((stepR > 0 ? r + 1 - y0 : y0 - r) / dy);
        int steps = Math.abs(endC - c) + Math.abs(endR - r);
        accept(c, r, visitor);
        for (int i = 0; i < steps; i++) {
            if (nextX < nextY) {
                c += stepC;
                nextX += 1 / dx;
            } else {
                r += stepR;
                nextY += 1 / dy;
            }
            accept(c, r, visitor);
        }
    }

    private void accept(int c, int r, IntConsumer visitor) {
        if (c >= 0 && c < columns && r >= 0 && r < rows) {
            visitor.accept(r * columns + c);
        }
    }

    /** The distance of every free cell's centre to the nearest cell that is not free, metres (Felzenszwalb and Huttenlocher 2012). */
    float[] clearance() {
        double[] squared = new double[size()];
        double[] line = new double[Math.max(columns, rows)];
        double[] out = new double[line.length];
        int[] v = new int[line.length];
        double[] z = new double[line.length + 1];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                line[r] = free[r * columns + c] ? 1e12 : 0;
            }
            envelope(line, rows, out, v, z);
            for (int r = 0; r < rows; r++) {
                squared[r * columns + c] = out[r];
            }
        }
        float[] clearance = new float[size()];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(squared, r * columns, line, 0, columns);
            envelope(line, columns, out, v, z);
            for (int c = 0; c < columns; c++) {
                // The edge lies about half a cell before the centre of the first cell that is not free.
                clearance[r * columns + c] = (float) Math.max(0, (Math.sqrt(out[c]) - 0.5) * cell);
            }
        }
        return clearance;
    }

    private static void envelope(double[] f, int n, double[] out, int[] v, double[] z) {
        int k = 0;
        v[0] = 0;
        z[0] = Double.NEGATIVE_INFINITY;
        z[1] = Double.POSITIVE_INFINITY;
        for (int q = 1; q < n; q++) {
            double s = intersection(f, q, v[k]);
            while (s <= z[k]) {
                k--;
                s = intersection(f, q, v[k]);
            }
            k++;
            v[k] = q;
            z[k] = s;
            z[k + 1] = Double.POSITIVE_INFINITY;
        }
        k = 0;
        for (int q = 0; q < n; q++) {
            while (z[k + 1] < q) {
                k++;
            }
            double d = q - v[k];
            out[q] = d * d + f[v[k]];
        }
    }

    private static double intersection(double[] f, int q, int p) {
        return (f[q] + (double) q * q - f[p] - (double) p * p) / (2.0 * q - 2.0 * p);
    }
}
