// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import org.polias.model.incident.IncidentType;

/**
 * What an incident of a type does to the people around it. Engineering judgement of orders of magnitude; the relation between the
 * types matters more than the figures.
 *
 * @param perPerson the share of the people within reach who come to serious harm
 * @param radius_m how far it reaches
 * @param wholeSite whether it reaches everyone on the site, wherever it happens
 */
public record Harm(double perPerson, double radius_m, boolean wholeSite) {

    /** The harm of incidents of this type. */
    public static Harm of(IncidentType type) {
        return switch (type) {
            case ARMED_ATTACK -> new Harm(0.02, 300, false);
            case HARMLESS_NOISE -> new Harm(0, 0, false);
            case CROWD_CRUSH -> new Harm(0.002, 100, false);
            case TOXIC_RELEASE -> new Harm(0.01, 500, false);
            case INTRUSION -> new Harm(0.001, 100, false);
            case CYBER_ATTACK -> new Harm(0.000_01, 0, true);
            case SABOTAGE -> new Harm(0.000_02, 0, true);
            case TECHNICAL_FAULT -> new Harm(0.000_1, 100, false);
        };
    }
}
