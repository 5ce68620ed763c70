// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

/**
 * Measurements of people by Forschungszentrum Juelich (Pedestrian Dynamics Data Archive, CC BY 4.0), as numbers: the flow through
 * bottlenecks of the Hermes experiment (doi 10.34735/ped.2009.6), and the fundamental diagram of straight corridors, computed
 * from the steady samples of doi 10.34735/ped.2009.13, 2009.14 and 2013.6 in classes of 0.5 persons per square metre.
 */
final class JuelichData {

    /** Widths of the bottlenecks, metres. */
    static final double[] WIDTH_M = {2.4, 3.0, 3.6, 4.4, 5.0};
    /** Persons per second, between the passage of a tenth and of nine tenths. */
    static final double[] FLOW_PER_S = {6.06, 7.16, 8.95, 10.89, 13.73};
    /** A gate of 0.5 m before 75 people (CrowdQueue, doi 10.34735/ped.2018.1). */
    static final double GATE_FLOW_PER_S = 1.16;

    /** Mean density of each class, persons per square metre. */
    static final double[] DENSITY_PER_M2 = {0.30, 0.66, 1.23, 1.75, 2.19, 2.64, 3.14, 3.67, 4.16};
    /** Speed along the corridor: the lowest tenth ends here. */
    static final double[] SPEED_P10_MPS = {1.10, 0.96, 0.54, 0.35, 0.16, 0.01, 0.02, 0.00, 0.00};

    static final double[] SPEED_P50_MPS = {1.38, 1.29, 0.95, 0.72, 0.48, 0.31, 0.18, 0.10, 0.02};
    /** The highest tenth begins here. */
    static final double[] SPEED_P90_MPS = {1.60, 1.52, 1.31, 1.04, 0.75, 0.50, 0.33, 0.19, 0.15};

    private JuelichData() {}

    static double low(double density_per_m2) {
        return at(SPEED_P10_MPS, density_per_m2);
    }

    static double high(double density_per_m2) {
        return at(SPEED_P90_MPS, density_per_m2);
    }

    /** Between the classes' means by straight lines, beyond them as at the outermost. */
    private static double at(double[] values, double density) {
        if (density <= DENSITY_PER_M2[0]) {
            return values[0];
        }
        for (int i = 1; i < values.length; i++) {
            if (density <= DENSITY_PER_M2[i]) {
                double part = (density - DENSITY_PER_M2[i - 1]) / (DENSITY_PER_M2[i] - DENSITY_PER_M2[i - 1]);
                return values[i - 1] + part * (values[i] - values[i - 1]);
            }
        }
        return values[values.length - 1];
    }
}
