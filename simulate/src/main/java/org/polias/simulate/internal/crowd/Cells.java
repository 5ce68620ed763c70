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
    /** So many cells are sorted together. */
    private static final int BLOCK = 256;

    private final float[] minX;
    private final float[] minY;
    private final int[] columns;
    private final int[] rows;
    private final int[] base;
    private final int count;
    /** For each cell the slot of the first person in it; one more at the end, and what fills the last block. */
    final int[] start;
    /** For each block how many people are in it. */
    private final int[] peopleIn;

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
        count = base[number];
        peopleIn = new int[(count + 2) / BLOCK + 1];
        start = new int[peopleIn.length * BLOCK];
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
        return count;
    }

    /**
     * Orders people by cell, and people of a cell by their slot. Runs of {@link #BLOCK} cells without people are only filled, which takes
     * a tenth of the time that summing them up takes; most of a city is empty.
     *
     * @param cellOf for each slot its cell
     * @param order takes for each new slot the old one
     */
    void sort(int[] cellOf, int number, int[] order) {
        // Counted two cells on: then what is a cell's begin while it is filled has become its end, the next one's
        // begin, in the end.
        int[] s = start;
        Arrays.fill(peopleIn, 0);
        for (int i = 0; i < number; i++) {
            int to = cellOf[i] + 2;
            int block = to / BLOCK;
            if (peopleIn[block]++ == 0) {
                Arrays.fill(s, block * BLOCK, (block + 1) * BLOCK, 0);
            }
            s[to]++;
        }
        int sum = 0;
        for (int block = 0; block < peopleIn.length; block++) {
            int from = block * BLOCK;
            if (peopleIn[block] == 0) {
                Arrays.fill(s, from, from + BLOCK, sum);
                continue;
            }
            for (int cell = from; cell < from + BLOCK; cell++) {
                sum += s[cell];
                s[cell] = sum;
            }
        }
        for (int i = 0; i < number; i++) {
            order[s[cellOf[i] + 1]++] = i;
        }
    }
}
