// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.Arrays;

/**
 * Walking distances within one place, by fast marching (Sethian 1996, first order): the solution of |grad d| = 1 from a set of cells.
 * Too long by some per cent near corners, never by as much as steps along a grid.
 */
final class March {

    private final Raster raster;
    private final int[] label;
    private int[] heap = new int[1024];
    private float[] keys = new float[1024];
    private int size;

    March(Raster raster, int[] label) {
        this.raster = raster;
        this.label = label;
    }

    /**
     * The distance field of a place.
     *
     * @param window the cells that the field covers; outside it the distance is infinite
     * @param seeds cells from which distances count, with their own distance to begin with
     */
    DistanceField from(int place, Window window, int[] seeds, float[] begin) {
        float[] distance = new float[window.size()];
        Arrays.fill(distance, Float.POSITIVE_INFINITY);
        boolean[] done = new boolean[window.size()];
        size = 0;
        for (int i = 0; i < seeds.length; i++) {
            int at = window.local(seeds[i], raster.columns);
            if (at >= 0 && begin[i] < distance[at]) {
                distance[at] = begin[i];
                push(at, begin[i]);
            }
        }
        int w = window.columns();
        while (size > 0) {
            int at = pop();
            if (done[at]) {
                continue;
            }
            done[at] = true;
            int c = at % w;
            int r = at / w;
            for (int k = 0; k < 4; k++) {
                int nc = c + (k == 0 ? -1 : k == 1 ? 1 : 0);
                int nr = r + (k == 2 ? -1 : k == 3 ? 1 : 0);
                if (nc < 0 || nc >= w || nr < 0 || nr >= window.rows()) {
                    continue;
                }
                int next = nr * w + nc;
                if (done[next] || label[window.global(next, raster.columns)] != place) {
                    continue;
                }
                float d = solve(distance, nc, nr, w, window.rows());
                if (d < distance[next]) {
                    distance[next] = d;
                    push(next, d);
                }
            }
        }
        return new DistanceField(window, distance);
    }

    private float solve(float[] distance, int c, int r, int w, int h) {
        float a = Math.min(
                c > 0 ? distance[r * w + c - 1] : Float.POSITIVE_INFINITY,
                c < w - 1 ? distance[r * w + c + 1] : Float.POSITIVE_INFINITY);
        float b = Math.min(
                r > 0 ? distance[(r - 1) * w + c] : Float.POSITIVE_INFINITY,
                r < h - 1 ? distance[(r + 1) * w + c] : Float.POSITIVE_INFINITY);
        float low = Math.min(a, b);
        float high = Math.max(a, b);
        double cell = raster.cell;
        if (high - low >= cell) {
            return (float) (low + cell);
        }
        double difference = high - low;
        return (float) ((low + high + Math.sqrt(2 * cell * cell - difference * difference)) / 2);
    }

    private void push(int at, float key) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
        }
        int i = size++;
        while (i > 0) {
            int up = (i - 1) >> 1;
            if (keys[up] <= key) {
                break;
            }
            heap[i] = heap[up];
            keys[i] = keys[up];
            i = up;
        }
        heap[i] = at;
        keys[i] = key;
    }

    private int pop() {
        int top = heap[0];
        size--;
        int last = heap[size];
        float key = keys[size];
        int i = 0;
        while (true) {
            int down = 2 * i + 1;
            if (down >= size) {
                break;
            }
            if (down + 1 < size && keys[down + 1] < keys[down]) {
                down++;
            }
            if (keys[down] >= key) {
                break;
            }
            heap[i] = heap[down];
            keys[i] = keys[down];
            i = down;
        }
        heap[i] = last;
        keys[i] = key;
        return top;
    }

    /** A rectangle of cells. */
    record Window(int firstColumn, int firstRow, int columns, int rows) {

        int size() {
            return columns * rows;
        }

        int local(int global, int rasterColumns) {
            int c = global % rasterColumns - firstColumn;
            int r = global / rasterColumns - firstRow;
            return c < 0 || c >= columns || r < 0 || r >= rows ? -1 : r * columns + c;
        }

        int global(int local, int rasterColumns) {
            return (firstRow + local / columns) * rasterColumns + firstColumn + local % columns;
        }
    }

    /** Distances in a window; infinite where they are not known. */
    record DistanceField(Window window, float[] distance) {

        float at(int global, int rasterColumns) {
            int local = window.local(global, rasterColumns);
            return local < 0 ? Float.POSITIVE_INFINITY : distance[local];
        }
    }
}
