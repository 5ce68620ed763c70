// SPDX-License-Identifier: Apache-2.0
import type { Hypothesis, IncidentType, LedgerLine } from '../api/types';

export interface WeighedLine {
  readonly line: LedgerLine;
  /** What it adds to the hypothesis; 0 where it says nothing of it. */
  readonly weight: number;
  /** The sum up to and including this line. */
  readonly sum: number;
}

export interface Weighing {
  readonly lines: readonly WeighedLine[];
  /** The hypothesis's log-odds: the sum of all weights, in the ledger's order. */
  readonly sum: number;
  /** The largest of all weights and sums without their signs: half the width of an axis that holds everything. */
  readonly reach: number;
}

/** The ledger as it speaks of {@code hypothesis}, in its own order. */
export function weigh(ledger: readonly LedgerLine[], hypothesis: IncidentType): Weighing {
  let sum = 0;
  let reach = 1;
  const lines = ledger.map((line) => {
    const weight = line.weights[hypothesis] ?? 0;
    sum += weight;
    reach = Math.max(reach, Math.abs(weight), Math.abs(sum));
    return { line, weight, sum };
  });
  return { lines, sum, reach };
}

/** The probability that is left for "nothing that matters" beside the hypotheses; never quite 0, which only rounding makes of it. */
export function probabilityOfNothing(hypotheses: readonly Hypothesis[]): number {
  const all = hypotheses.reduce((total, hypothesis) => total + hypothesis.probability, 0);
  return Math.min(1, Math.max(Number.EPSILON, 1 - all));
}
