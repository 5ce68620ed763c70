// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import java.util.List;

/**
 * Which lines are near a place: the plane of each surface in square bins, and for each bin the lines within a reach of any
 * place in it. All bins of one ground are numbered alike.
 */
public final class Bins {

    private static final double BIN_M = 1;

    private final double[] minX;
    private final double[] minY;
    private final int[] columns;
    private final int[] rows;
    private final int[] base;
    private final int[] start;
    private final int[] items;

    /**
     * @param surfaces the surfaces that are covered
     * @param lines the lines; what is listed are their indices
     * @param surfaceOf for each line its surface, or both of a portal
     * @param reach how far a line is near
     */
    public Bins(List<Surface> surfaces, List<Line> lines, List<int[]> surfaceOf, double reach) {
        int number = surfaces.size();
        minX = new double[number];
        minY = new double[number];
        columns = new int[number];
        rows = new int[number];
        base = new int[number + 1];
        for (Surface surface : surfaces) {
            int s = surface.index();
            var box = surface.shape().getEnvelopeInternal();
            if (!box.isNull()) {
                minX[s] = box.getMinX() - BIN_M;
                minY[s] = box.getMinY() - BIN_M;
                columns[s] = (int) Math.ceil((box.getMaxX() - minX[s]) / BIN_M) + 1;
                rows[s] = (int) Math.ceil((box.getMaxY() - minY[s]) / BIN_M) + 1;
            }
            base[s + 1] = base[s] + columns[s] * rows[s];
        }
        start = new int[base[number] + 1];
        for (int i = 0; i < lines.size(); i++) {
            each(lines.get(i), surfaceOf.get(i), reach, bin -> start[bin + 1]++);
        }
        for (int bin = 0; bin < base[number]; bin++) {
            start[bin + 1] += start[bin];
        }
        items = new int[start[base[number]]];
        int[] filled = start.clone();
        for (int i = 0; i < lines.size(); i++) {
            int item = i;
            each(lines.get(i), surfaceOf.get(i), reach, bin -> items[filled[bin]++] = item);
        }
    }

    private void each(Line line, int[] on, double reach, java.util.function.IntConsumer consumer) {
        // To a bin's middle, and half its diagonal.
        double near = reach + BIN_M * Math.sqrt(0.5);
        for (int s : on) {
            int fromColumn = Math.max(0, (int) ((Math.min(line.ax(), line.bx()) - near - minX[s]) / BIN_M));
            int toColumn = Math.min(
                    columns[s] - 1, (int) Math.floor((Math.max(line.ax(), line.bx()) + near - minX[s]) / BIN_M));
            int fromRow = Math.max(0, (int) ((Math.min(line.ay(), line.by()) - near - minY[s]) / BIN_M));
            int toRow =
                    Math.min(rows[s] - 1, (int) Math.floor((Math.max(line.ay(), line.by()) + near - minY[s]) / BIN_M));
            for (int row = fromRow; row <= toRow; row++) {
                for (int column = fromColumn; column <= toColumn; column++) {
                    if (line.distance(minX[s] + (column + 0.5) * BIN_M, minY[s] + (row + 0.5) * BIN_M) <= near) {
                        consumer.accept(base[s] + row * columns[s] + column);
                    }
                }
            }
        }
    }

    /** The bin of a place; places outside count to the nearest bin. */
    public int bin(int surface, double x, double y) {
        int column = Math.clamp((int) ((x - minX[surface]) / BIN_M), 0, columns[surface] - 1);
        int row = Math.clamp((int) ((y - minY[surface]) / BIN_M), 0, rows[surface] - 1);
        return base[surface] + row * columns[surface] + column;
    }

    public int count() {
        return start.length - 1;
    }

    /** Whether any line is near. */
    public boolean isEmpty(int bin) {
        return start[bin] == start[bin + 1];
    }

    /** The lines near are {@link #item} of this to {@link #end}. */
    public int start(int bin) {
        return start[bin];
    }

    public int end(int bin) {
        return start[bin + 1];
    }

    public int item(int index) {
        return items[index];
    }
}
