// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.time.Duration;

import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.IncidentType;

/** How long things stay as they are, by the platform's time (arrival), so that files from years ago live like fresh reports. */
public final class Periods {

    /** The name under which the platform itself ends an incident. */
    public static final String PLATFORM = "polias";

    private Periods() {}

    /** How long an incident of this type stays live after its last evidence arrived and its conditions ended. */
    public static Duration quiet(IncidentType type) {
        return switch (type) {
            case HARMLESS_NOISE, CROWD_CRUSH -> Duration.ofMinutes(5);
            case ARMED_ATTACK, TOXIC_RELEASE, INTRUSION, SABOTAGE, TECHNICAL_FAULT -> Duration.ofMinutes(15);
            case CYBER_ATTACK -> Duration.ofMinutes(30);
        };
    }

    /** How long after a dismissal the same sources' evidence of the same strength stays with the dismissed incident. */
    public static Duration dismissed(DismissalReason reason) {
        return switch (reason) {
            case FALSE_ALARM, DUPLICATE -> Duration.ofMinutes(30);
            case HARMLESS_CAUSE, EXERCISE -> Duration.ofHours(1);
            case PLANNED_ACTIVITY -> Duration.ofHours(4);
            case SENSOR_FAULT -> Duration.ofHours(12);
        };
    }

    /** Whether the platform may end {@code incident} by itself: not one of consequence that nobody has seen. */
    public static boolean mayEndByItself(Incident incident) {
        boolean grave = incident.criticality()
                .map(criticality -> criticality.level().compareTo(CriticalityLevel.HIGH) >= 0)
                .orElse(false);
        return !(grave && incident.status() == IncidentStatus.OPEN);
    }
}
