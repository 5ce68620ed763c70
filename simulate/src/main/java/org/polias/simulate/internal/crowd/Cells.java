// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.Arrays;
import java.util.List;

import org.polias.simulate.internal.ground.Surface;

/**
 * The plane of each surface in square cells, and who is in which: people are sorted by cell, so that those of neighbouring cells
 * of a row follow each other in memory.
 */
final class Cells {

    /** Half of how far people see: neighbours are within two cells. */
    static final float SIZE_M = 0.8f;
    /** Cells without people around each surface, so that nobody's neighbourhood leaves the grid. */
    static final int MARGIN = 3;

    private final float[] minX;
    private final float[] minY;
    private final int[] columns;
    private final int[] rows;
    private final int[] base;
    /** For each cell the slot of the first person in it; one more at the end. */
    final int[] start;

    Cells(List<Surface> surfaces) {
        int number = surfaces.size();
        minX = new float[number];
        minY = new float[number];
        columns = new int[number];
        rows = new int[number];
        base = new int[number + 1];
        for (Surface surface : surfaces) {
            int s = surface.index();
            var box = surface.shape().getEnvelopeInternal();
            if (!box.isNull()) {
                minX[s] = (float) box.getMinX() - MARGIN * SIZE_M;
                minY[s] = (float) box.getMinY() - MARGIN * SIZE_M;
                columns[s] = (int) Math.ceil(box.getWidth() / SIZE_M) + 2 * MARGIN;
                rows[s] = (int) Math.ceil(box.getHeight() / SIZE_M) + 2 * MARGIN;
            } else {
                columns[s] = 2 * MARGIN + 1;
                rows[s] = 2 * MARGIN + 1;
            }
            base[s + 1] = base[s] + columns[s] * rows[s];
        }
        start = new int[base[number] + 2];
    }

    int cell(int surface, float x, float y) {
        int column = Math.clamp((int) ((x - minX[surface]) * (1 / SIZE_M)), MARGIN - 1, columns[surface] - MARGIN);
        int row = Math.clamp((int) ((y - minY[surface]) * (1 / SIZE_M)), MARGIN - 1, rows[surface] - MARGIN);
        return base[surface] + row * columns[surface] + column;
    }

    float minX(int surface) {
        return minX[surface];
    }

    float minY(int surface) {
        return minY[surface];
    }

    /** How far into its cell a place is along an axis, in cells: from 0 to 1. */
    float within(float min, float place) {
        float inCells = (place - min) * (1 / SIZE_M);
        return inCells - (int) inCells;
    }

    int columns(int surface) {
        return columns[surface];
    }

    /** The number of cells; whoever is not on the ground is in a cell of this number. */
    int count() {
        return start.length - 2;
    }

    /**
     * Orders people by cell, and people of a cell by their slot.
     *
     * @param cellOf for each slot its cell
     * @param order takes for each new slot the old one
     */
    void sort(int[] cellOf, int number, int[] order) {
        int[] s = start;
        Arrays.fill(s, 0);
        for (int i = 0; i < number; i++) {
            s[cellOf[i] + 1]++;
        }
        int sum = 0;
        for (int cell = 0; cell < s.length; cell++) {
            sum += s[cell];
            s[cell] = sum;
        }
        // Backwards, so that what was a cell's end becomes its begin.
        for (int i = number - 1; i >= 0; i--) {
            order[--s[cellOf[i] + 1]] = i;
        }
        System.arraycopy(s, 1, s, 0, s.length - 1);
        s[s.length - 1] = number;
    }
}
