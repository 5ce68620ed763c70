// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.util.List;

/**
 * How much an incident matters: probability times exposure, apart from whether it is true.
 *
 * @param probability that something that matters is happening
 * @param exposedPeople how many people are thought to be within its reach
 * @param score probability x exposed people x vulnerability of the place x severity of the type
 * @param reasons how the level came about, a sentence each
 */
public record Criticality(
        CriticalityLevel level, double probability, double exposedPeople, double score, List<String> reasons) {

    public Criticality {
        reasons = List.copyOf(reasons);
    }
}
