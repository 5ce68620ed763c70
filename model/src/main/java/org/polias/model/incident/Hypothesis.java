// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/**
 * One thing that may be happening.
 *
 * @param logOdds ln of P(type) / P(nothing that matters): exactly the sum of the ledger's weights for it, in the ledger's order
 * @param probability its share among all hypotheses and "nothing that matters"
 */
public record Hypothesis(IncidentType type, double logOdds, double probability) {}
