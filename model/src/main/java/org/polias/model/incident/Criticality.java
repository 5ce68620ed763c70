// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How much an incident matters: likelihood and consequence on a matrix, apart from whether it is true.
 *
 * @param probability that something that matters is happening
 * @param exposedPeople how many people are thought to be within its reach
 * @param score how many people are to be expected to come to serious harm: probability x exposed people x vulnerability of the
 *     place x severity of the type x threat
 * @param reasons how the level came about, a sentence each
 * @param severity how badly people are threatened if it is true, as CAP 1.2 has it
 * @param urgency how soon one should act, as CAP 1.2 has it
 * @param certainty how sure it is, as CAP 1.2 has it
 * @param rules the revision of the matrix and rules by which the level was found; empty in what was assessed before there were any
 */
public record Criticality(
        CriticalityLevel level,
        double probability,
        double exposedPeople,
        double score,
        List<String> reasons,
        Severity severity,
        Urgency urgency,
        Certainty certainty,
        String rules) {

    /** What was written down before severity, urgency, certainty and rules were told apart has none: they are unknown. */
    public Criticality(
            CriticalityLevel level,
            double probability,
            double exposedPeople,
            double score,
            List<String> reasons,
            @Nullable Severity severity,
            @Nullable Urgency urgency,
            @Nullable Certainty certainty,
            @Nullable String rules) {
        this.level = level;
        this.probability = probability;
        this.exposedPeople = exposedPeople;
        this.score = score;
        this.reasons = List.copyOf(reasons);
        this.severity = severity == null ? Severity.UNKNOWN : severity;
        this.urgency = urgency == null ? Urgency.UNKNOWN : urgency;
        this.certainty = certainty == null ? Certainty.UNKNOWN : certainty;
        this.rules = rules == null ? "" : rules;
    }
}
