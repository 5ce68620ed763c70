// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import org.polias.model.incident.IncidentType;

/**
 * When evidence is enough to trouble a person. Opening an incident for h pays when P(h) exceeds the cost of a needless look
 * divided by the cost of a miss: a threshold for each type. Only what evidence added counts, P(h) minus what was thought before,
 * and several possibilities add up:
 *
 * <pre>
 *   open  when  sum over h of (P(h) - P0(h))+ / threshold(h)  >=  1
 * </pre>
 */
public final class Opening {

    private static final IncidentType[] HYPOTHESES = IncidentType.values();

    private Opening() {}

    /** Whether a person would want to know: everything but harmless noise. */
    public static boolean matters(IncidentType hypothesis) {
        return switch (hypothesis) {
            case HARMLESS_NOISE -> false;
            case ARMED_ATTACK, CROWD_CRUSH, TOXIC_RELEASE, INTRUSION, CYBER_ATTACK, SABOTAGE, TECHNICAL_FAULT -> true;
        };
    }

    /** The added probability from which one hypothesis alone opens an incident; infinite where it never does. */
    public static double threshold(IncidentType hypothesis) {
        return switch (hypothesis) {
            case INTRUSION -> 0.08;
            case ARMED_ATTACK -> 0.10;
            case TOXIC_RELEASE, CROWD_CRUSH -> 0.12;
            case SABOTAGE, TECHNICAL_FAULT, CYBER_ATTACK -> 0.20;
            case HARMLESS_NOISE -> Double.POSITIVE_INFINITY;
        };
    }

    /**
     * The same of a cyber attack where a network sensor's rule speaks for it: the rule has been judged by its author, and a cyber incident of
     * low criticality alarms nobody.
     */
    public static final double THRESHOLD_OF_ALERTS = 0.01;

    /**
     * How near {@code belief} is to opening an incident: 1 or more opens it.
     *
     * @param isOfAlerts whether network alerts are among its evidence
     */
    public static double urge(Belief belief, boolean isOfAlerts) {
        double urge = 0;
        for (IncidentType hypothesis : HYPOTHESES) {
            boolean asAlert = isOfAlerts && hypothesis == IncidentType.CYBER_ATTACK;
            urge += belief.gained(hypothesis) / (asAlert ? THRESHOLD_OF_ALERTS : threshold(hypothesis));
        }
        return urge;
    }
}
