// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

/**
 * The density and the pressure that each person is in, before a step: with the weights K(d) = 3 / (pi R^2) (1 - d^2 / R^2)^2 of those
 * within R,
 *
 * <pre>
 *   density = sum of K,    pressure = density * variance of the velocities, weighted by K
 * </pre>
 *
 * the latter after Helbing, Johansson and Al-Abideen (2007), with another kernel than theirs that ends where ours does.
 */
final class Crowding {

    private static final float R = 1.2f;
    private static final float NORM = (float) (3 / (Math.PI * R * R));

    /** More than fit within R. */
    private static final int MOST = 256;

    final float[] density;
    final float[] pressure;
    private final Cells cells;

    Crowding(Cells cells, int capacity) {
        this.cells = cells;
        density = new float[capacity];
        pressure = new float[capacity];
    }

    void measure(People p, float step_s, int from, int to) {
        int[] start = cells.start;
        int[] who = new int[MOST + 1];
        float[] weights = new float[MOST + 1];
        for (int i = from; i < to; i++) {
            if (p.state[i] == People.ABSENT) {
                continue;
            }
            float px = p.x[i];
            float py = p.y[i];
            int surface = p.surface[i];
            int columns = cells.columns(surface);
            int cell = cells.cell(surface, px, py);
            float inX = cells.within(cells.minX(surface), px);
            float inY = cells.within(cells.minY(surface), py);
            float reach = R * (1 / Cells.SIZE_M);
            int left = (int) Math.floor(inX - reach);
            int right = (int) Math.floor(inX + reach);
            int down = (int) Math.floor(inY - reach);
            int up = (int) Math.floor(inY + reach);
            // First who is within, without a branch; then what he weighs: half of those in the cells are not.
            int n = 0;
            for (int row = down; row <= up; row++) {
                int base = cell + row * columns;
                int end = Math.min(start[base + right + 1], start[base + left] + MOST - n);
                for (int j = start[base + left]; j < end; j++) {
                    float dx = p.x[j] - px;
                    float dy = p.y[j] - py;
                    float rest = 1 - (dx * dx + dy * dy) * (1 / (R * R));
                    who[n] = j;
                    weights[n] = rest * rest;
                    n += rest > 0 ? 1 : 0;
                }
            }
            float weight = 0;
            float u = 0;
            float v = 0;
            float squares = 0;
            for (int m = 0; m < n; m++) {
                int j = who[m];
                float k = weights[m];
                float uj = p.nextX[j] - p.x[j];
                float vj = p.nextY[j] - p.y[j];
                weight += k;
                u += k * uj;
                v += k * vj;
                squares += k * (uj * uj + vj * vj);
            }
            density[i] = NORM * weight;
            float mean2 = (u * u + v * v) / (weight * weight);
            pressure[i] = NORM * Math.max(0, squares - mean2 * weight) / (step_s * step_s);
        }
    }
}
