// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import org.locationtech.jts.geom.Envelope;
import org.polias.simulate.api.Point;
import org.polias.simulate.hazard.HazardField;

/** The hazards' exposure rate and no-go areas on a coarse grid over place and time: looked up millions of times. */
final class ExposureMap {

    private static final double SLICE_S = 10;
    private static final double MAX_CELLS = 10_000;
    private static final double MIN_CELL_M = 4;

    private final double minX;
    private final double minY;
    private final double cell;
    private final int columns;
    private final int rows;
    private final float[][] rate;

    private ExposureMap(Envelope bounds, int slices) {
        this.minX = bounds.getMinX();
        this.minY = bounds.getMinY();
        this.cell = Math.max(MIN_CELL_M, Math.sqrt(bounds.getArea() / MAX_CELLS));
        this.columns = (int) Math.ceil(bounds.getWidth() / cell) + 1;
        this.rows = (int) Math.ceil(bounds.getHeight() / cell) + 1;
        this.rate = new float[slices][columns * rows];
    }

    /** The map of a field; times after {@code until_s} are as then. */
    static ExposureMap of(HazardField field, Envelope bounds, double until_s) {
        ExposureMap map = new ExposureMap(bounds, (int) Math.ceil(until_s / SLICE_S) + 1);
        for (int s = 0; s < map.rate.length; s++) {
            for (int i = 0; i < map.columns * map.rows; i++) {
                map.rate[s][i] = (float) field.exposureRate(
                        map.minX + (i % map.columns) * map.cell, map.minY + (i / map.columns) * map.cell, s * SLICE_S);
            }
        }
        return map;
    }

    /** The exposure gathered on a straight way between two moments. */
    double along(Point from, Point to, double from_s, double to_s) {
        double duration = to_s - from_s;
        if (!(duration > 0)) {
            return 0;
        }
        int steps = (int) Math.ceil(duration / (SLICE_S / 2));
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double part = (i + 0.5) / steps;
            sum += at(
                    from.x_m() + part * (to.x_m() - from.x_m()),
                    from.y_m() + part * (to.y_m() - from.y_m()),
                    from_s + part * duration);
        }
        return sum * duration / steps;
    }

    private double at(double x, double y, double t_s) {
        int s = Math.min(rate.length - 1, (int) Math.round(t_s / SLICE_S));
        int c = (int) Math.round((x - minX) / cell);
        int r = (int) Math.round((y - minY) / cell);
        return c < 0 || c >= columns || r < 0 || r >= rows || s < 0 ? 0 : rate[s][r * columns + c];
    }
}
