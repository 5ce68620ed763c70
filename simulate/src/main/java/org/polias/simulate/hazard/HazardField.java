// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import java.util.List;

import org.polias.simulate.api.Hazards;

/**
 * Several hazards as the crowd meets them: what is breathed in adds up, and a place that is no-go for one is avoided. They act on
 * every level.
 *
 * @param interval_s how often they are looked at anew
 */
public record HazardField(List<Hazard> hazards, double interval_s) implements Hazards {

    public HazardField {
        hazards = List.copyOf(hazards);
        if (!(interval_s > 0)) {
            throw new IllegalArgumentException("Hazards cannot be looked at every %s s.".formatted(interval_s));
        }
    }

    /** Looked at every 5 seconds: a cloud in a moderate wind moves by a street's width. */
    public static HazardField of(List<Hazard> hazards) {
        return new HazardField(hazards, 5);
    }

    @Override
    public boolean isNone() {
        return hazards.isEmpty();
    }

    @Override
    public double doseRate_per_s(String level, double x_m, double y_m, double time_s) {
        double rate = 0;
        for (Hazard each : hazards) {
            rate += each.incapacitationRate(x_m, y_m, time_s);
        }
        return rate;
    }

    @Override
    public double avoidance(String level, double x_m, double y_m, double time_s) {
        return isNoGo(x_m, y_m, time_s) ? 1 : 0;
    }

    /** Whether one of them forbids the place. */
    public boolean isNoGo(double x_m, double y_m, double time_s) {
        for (Hazard each : hazards) {
            if (each.isNoGo(x_m, y_m, time_s)) {
                return true;
            }
        }
        return false;
    }

    /** The exposure gathered in a second, summed over the hazards: 1 is serious harm by one of them. */
    public double exposureRate(double x_m, double y_m, double time_s) {
        double rate = 0;
        for (Hazard each : hazards) {
            rate += each.exposureRate(x_m, y_m, time_s);
        }
        return rate;
    }
}
