// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.measure;

import org.locationtech.jts.geom.Envelope;
import org.polias.simulate.api.DensityMap;
import org.polias.simulate.internal.ground.Surface;

/** A level under a grid, into which the worst that was seen is written. */
public final class CrowdMap {

    /** The finest grid; larger ground has a coarser one, so that a map stays small. */
    private static final double CELL_M = 1;

    private static final double MOST_CELLS = 250_000;

    private final String level;
    private final double minX;
    private final double minY;
    private final double cell_m;
    private final int columns;
    private final int rows;
    private final float[] density;
    private final float[] pressure;
    private final float[] crowded_s;
    /** The sample in which a cell was last found crowded: counted once a sample. */
    private final int[] lastCrowded;

    public CrowdMap(String level, Surface surface) {
        this.level = level;
        Envelope box = surface.shape().getEnvelopeInternal();
        double width = box.isNull() ? 0 : box.getWidth();
        double height = box.isNull() ? 0 : box.getHeight();
        cell_m = Math.max(CELL_M, Math.ceil(Math.sqrt(width * height / MOST_CELLS)));
        minX = box.isNull() ? 0 : Math.floor(box.getMinX());
        minY = box.isNull() ? 0 : Math.floor(box.getMinY());
        columns = (int) (width / cell_m) + 2;
        rows = (int) (height / cell_m) + 2;
        density = new float[columns * rows];
        pressure = new float[columns * rows];
        crowded_s = new float[columns * rows];
        lastCrowded = new int[columns * rows];
    }

    /**
     * Takes somebody into account.
     *
     * @param sample the number of the sample, from 1
     * @param interval_s how long a sample stands for
     */
    public void add(double x, double y, float density_per_m2, float pressure_per_s2, int sample, double interval_s) {
        int column = Math.clamp((int) ((x - minX) / cell_m), 0, columns - 1);
        int row = Math.clamp((int) ((y - minY) / cell_m), 0, rows - 1);
        int cell = row * columns + column;
        density[cell] = Math.max(density[cell], density_per_m2);
        pressure[cell] = Math.max(pressure[cell], pressure_per_s2);
        if (density_per_m2 > DensityMap.CROWDED_PER_M2 && lastCrowded[cell] != sample) {
            lastCrowded[cell] = sample;
            crowded_s[cell] += (float) interval_s;
        }
    }

    public DensityMap map() {
        return new DensityMap(
                level, minX, minY, cell_m, columns, rows, density.clone(), pressure.clone(), crowded_s.clone());
    }
}
