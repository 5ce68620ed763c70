// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * A level under a grid: what was worst in each cell.
 *
 * @param minX_m the west side of the grid
 * @param minY_m the south side of the grid
 * @param columns cells from west to east; the cell of column c and row r is at index r * columns + c
 * @param maxDensity_per_m2 the highest density
 * @param maxPressure_per_s2 the highest crowd pressure: density times the variance of the velocities (Helbing, Johansson and
 *     Al-Abideen 2007)
 * @param crowded_s how long the density was above {@link #CROWDED_PER_M2}
 */
public record DensityMap(
        String level,
        double minX_m,
        double minY_m,
        double cell_m,
        int columns,
        int rows,
        float[] maxDensity_per_m2,
        float[] maxPressure_per_s2,
        float[] crowded_s) {

    /** Above it people no longer move of their own will (Fruin 1993 gives about 5 as the limit of safe crowding, 7 as fluid). */
    public static final double CROWDED_PER_M2 = 5;
}
