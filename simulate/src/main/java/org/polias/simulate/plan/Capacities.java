// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import org.polias.simulate.api.Exit;
import org.polias.simulate.network.Passage;

/**
 * How many people pass a width in a second: what the microscopic model shows, so that the network plans with the flows that the crowd
 * will have.
 *
 * @param door_per_m_s through doors, exits and short narrow parts, to which people come from all sides
 * @param corridor_per_m_s along streets and corridors, where the stream limits itself
 * @param up_per_m_s up stairs
 * @param down_per_m_s down stairs
 */
record Capacities(double door_per_m_s, double corridor_per_m_s, double up_per_m_s, double down_per_m_s) {

    /** Speed on a stair along its slope, as a part of that on the level (Weidmann 1993). */
    static final double STAIR_SPEED = 0.58;

    /** Weidmann 1993 has 1.225 on the level; the walking model 1.25 in streets of 10 m. */
    private static final double CORRIDOR = 1.25;
    /** IMO 1533 (2016), stairs. */
    private static final double UP = 0.88;

    private static final double DOWN = 1.1;
    /** Through the doors of a hall, from first to last, flows are this part of that through a bottleneck with a crowd before it. */
    private static final double DOOR_PART = 0.93;
    /** So much more than was measured no crowd is taken to pass. */
    private static final double MARGIN = 1.05;

    /** As expected. */
    static Capacities mean(Calibration.Flow flow) {
        return new Capacities(DOOR_PART * flow.mean(), CORRIDOR, UP, DOWN);
    }

    /** What no crowd exceeds for long. */
    static Capacities bound(Calibration.Flow flow) {
        return new Capacities(MARGIN * flow.most(), 1.12 * CORRIDOR, 1.25 * UP, 1.25 * DOWN);
    }

    /** Persons a second; infinite for a bus stop, whose buses are counted apart. */
    double rate_per_s(Passage passage, boolean isUp) {
        double byWidth = passage.width_m()
                * switch (passage.kind()) {
                    case DOOR, RAMP -> door_per_m_s;
                    case NARROWING, EXIT -> passage.isCorridor() ? corridor_per_m_s : door_per_m_s;
                    case STAIR -> isUp ? up_per_m_s : down_per_m_s;
                };
        double limited = Math.min(byWidth, passage.limit_per_s().orElse(Double.POSITIVE_INFINITY));
        return switch (passage.service()) {
            case Exit.Service.Unlimited _, Exit.Service.Vehicles _ -> limited;
            case Exit.Service.Limit(double persons_per_s) -> Math.min(limited, persons_per_s);
        };
    }
}
