// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import org.polias.model.city.ZoneKind;

/**
 * The day of a football match as one cycle: people arrive, watch, leave, and the district falls quiet before it begins again. The
 * cycle can pass faster than real time; what sensors report keeps its own rhythm.
 *
 * @param speed how many times faster than real time the day passes
 * @param startedAt_s when the world began, seconds since the epoch
 */
record MatchDay(double speed, double startedAt_s) {

    /** From the first fans to a quiet district. */
    private static final double CYCLE_H = 4;
    /** A world begins with fans on their way. */
    private static final double BEGINNING_H = 0.9;

    /** The hours at which the tables below have their values, linear in between; kick-off is at 1.5, half-time about 2.25. */
    private static final double[] HOURS = {0, 0.5, 1.2, 1.5, 2.2, 2.3, 2.5, 3.25, 3.6, 4.0};

    private static final double[] STAND = {0.03, 0.10, 0.72, 0.97, 0.96, 0.86, 0.97, 0.95, 0.15, 0.03};
    private static final double[] CONCOURSE = {0.08, 0.35, 0.80, 0.25, 0.25, 0.75, 0.25, 0.35, 0.45, 0.08};
    private static final double[] GATE = {0.10, 0.55, 0.95, 0.30, 0.12, 0.14, 0.12, 0.30, 0.75, 0.10};
    private static final double[] SQUARE = {0.15, 0.65, 0.80, 0.30, 0.20, 0.22, 0.20, 0.30, 0.80, 0.15};
    private static final double[] STOP = {0.25, 0.80, 0.60, 0.20, 0.15, 0.15, 0.15, 0.30, 0.95, 0.25};
    private static final double[] PARK = {0.40, 0.60, 0.55, 0.35, 0.30, 0.32, 0.30, 0.40, 0.65, 0.40};
    private static final double[] STEADY = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
    private static final double[] EXCITEMENT = {0, 0, 0.15, 0.7, 1.0, 0.3, 1.0, 1.0, 0.1, 0};

    /** The share of a zone's usual crowd that is there. */
    double occupancy(ZoneKind kind, double t_s) {
        double[] table =
                switch (kind) {
                    case STAND -> STAND;
                    case CONCOURSE -> CONCOURSE;
                    case GATE_AREA -> GATE;
                    case SQUARE -> SQUARE;
                    case STOP, RAIL, ROAD -> STOP;
                    case PARK -> PARK;
                    case PITCH, BUILDING, INDUSTRIAL, WATER, RESTRICTED, OTHER -> STEADY;
                };
        return at(table, t_s);
    }

    /** How loud the stands are between a murmur (0) and play (1). */
    double excitement(double t_s) {
        return at(EXCITEMENT, t_s);
    }

    private double at(double[] table, double t_s) {
        double hour = (BEGINNING_H + (t_s - startedAt_s) * speed / 3600) % CYCLE_H;
        int i = 1;
        while (HOURS[i] < hour) {
            i++;
        }
        double f = (hour - HOURS[i - 1]) / (HOURS[i] - HOURS[i - 1]);
        return table[i - 1] + f * (table[i] - table[i - 1]);
    }
}
