// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** What sort of thing a line of the ledger is. */
public enum LedgerKind {
    /** What was thought before any evidence. */
    PRIOR,
    /** What a detector claimed. */
    EVIDENCE,
    /** That a sensor that should have noticed did not. */
    ABSENCE,
    /** What is taken off because several claims share a cause. */
    COMMON_CAUSE,
    /** Circumstances that make it more or less likely. */
    CONTEXT,
    /** What an operator said. */
    OPERATOR
}
