// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import org.polias.simulate.api.Exit;
import org.polias.simulate.network.Passage;

/**
 * How many people pass a width in a second: what the microscopic model shows at bottlenecks, so that the network plans with the flows
 * that the crowd will have.
 *
 * @param door_per_m_s through doors, exits and short narrow parts
 * @param up_per_m_s up stairs
 * @param down_per_m_s down stairs
 */
record Capacities(double door_per_m_s, double up_per_m_s, double down_per_m_s) {

    /** Speed on a stair along its slope, as a part of that on the level (Weidmann 1993). */
    static final double STAIR_SPEED = 0.58;

    /** Means. */
    static final Capacities MEAN = new Capacities(1.8, 0.88, 1.1);

    /** What no crowd exceeds for long: the top of what is measured and simulated at bottlenecks. */
    static final Capacities BOUND = new Capacities(2.05, 1.1, 1.4);

    /** Persons a second; infinite for a bus stop, whose buses are counted apart. */
    double rate_per_s(Passage passage, boolean isUp) {
        double byWidth = passage.width_m()
                * switch (passage.kind()) {
                    case DOOR, NARROWING, EXIT, RAMP -> door_per_m_s;
                    case STAIR -> isUp ? up_per_m_s : down_per_m_s;
                };
        double limited = Math.min(byWidth, passage.limit_per_s().orElse(Double.POSITIVE_INFINITY));
        return switch (passage.service()) {
            case Exit.Service.Unlimited _, Exit.Service.Vehicles _ -> limited;
            case Exit.Service.Limit(double persons_per_s) -> Math.min(limited, persons_per_s);
        };
    }

    Capacities times(double factor) {
        return new Capacities(door_per_m_s * factor, up_per_m_s * factor, down_per_m_s * factor);
    }
}
