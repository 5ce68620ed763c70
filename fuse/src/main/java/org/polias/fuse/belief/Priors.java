// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import java.util.EnumMap;
import java.util.Map;

import org.polias.model.city.SiteClass;
import org.polias.model.incident.IncidentType;

/**
 * What is thought before any evidence, as ln of P(hypothesis) / P(nothing that matters), given that some detector claimed
 * something somewhere. Engineering judgement on the safe side, until operators' verdicts calibrate it.
 */
public final class Priors {

    private Priors() {}

    /** ln prior odds of {@code hypothesis} against "nothing that matters", on an ordinary street. */
    public static double logOdds(IncidentType hypothesis) {
        return switch (hypothesis) {
            case ARMED_ATTACK -> -5.4;
            case HARMLESS_NOISE -> -3.5;
            case CROWD_CRUSH -> -4.0;
            case TOXIC_RELEASE -> -4.0;
            case INTRUSION -> -3.7;
            case CYBER_ATTACK -> -3.4;
            case SABOTAGE -> -3.9;
            case TECHNICAL_FAULT -> -3.8;
        };
    }

    /** What the kind of place adds to the prior: only hypotheses for which it matters. Nothing for a street. */
    public static Map<IncidentType, Double> context(SiteClass siteClass) {
        EnumMap<IncidentType, Double> weights = new EnumMap<>(IncidentType.class);
        switch (siteClass) {
            case STADIUM -> {
                weights.put(IncidentType.CROWD_CRUSH, 0.7);
                weights.put(IncidentType.ARMED_ATTACK, 0.3);
                weights.put(IncidentType.HARMLESS_NOISE, 0.3);
            }
            case OPEN_AIR_EVENT -> {
                weights.put(IncidentType.CROWD_CRUSH, 0.9);
                weights.put(IncidentType.ARMED_ATTACK, 0.3);
                weights.put(IncidentType.HARMLESS_NOISE, 0.7);
            }
            case SQUARE -> {
                weights.put(IncidentType.CROWD_CRUSH, 0.3);
                weights.put(IncidentType.ARMED_ATTACK, 0.2);
            }
            case PARK -> weights.put(IncidentType.HARMLESS_NOISE, 0.3);
            case STATION -> {
                weights.put(IncidentType.CROWD_CRUSH, 0.5);
                weights.put(IncidentType.ARMED_ATTACK, 0.3);
                weights.put(IncidentType.SABOTAGE, 0.2);
            }
            case TRANSPORT_LINE -> {
                weights.put(IncidentType.TECHNICAL_FAULT, 0.4);
                weights.put(IncidentType.SABOTAGE, 0.3);
            }
            case PUBLIC_BUILDING -> {
                weights.put(IncidentType.INTRUSION, 0.3);
                weights.put(IncidentType.CYBER_ATTACK, 0.3);
            }
            case SCHOOL -> {
                weights.put(IncidentType.ARMED_ATTACK, 0.2);
                weights.put(IncidentType.INTRUSION, 0.2);
            }
            case HOSPITAL -> weights.put(IncidentType.CYBER_ATTACK, 0.4);
            case WORSHIP -> weights.put(IncidentType.ARMED_ATTACK, 0.3);
            case SHOPPING -> {
                weights.put(IncidentType.CROWD_CRUSH, 0.2);
                weights.put(IncidentType.INTRUSION, 0.2);
            }
            case INDUSTRY -> {
                weights.put(IncidentType.TOXIC_RELEASE, 0.8);
                weights.put(IncidentType.TECHNICAL_FAULT, 0.5);
            }
            case UTILITY -> {
                weights.put(IncidentType.CYBER_ATTACK, 0.5);
                weights.put(IncidentType.SABOTAGE, 0.5);
                weights.put(IncidentType.TECHNICAL_FAULT, 0.3);
            }
            case STREET -> {}
        }
        return weights;
    }
}
