// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;

/**
 * What a ledger adds up to: s(h), the sum of its weights for each hypothesis in the ledger's order, and
 *
 * <pre>
 *   P(h) = exp s(h) / (1 + sum over k of exp s(k)),      P(nothing that matters) = 1 / (1 + ...)
 * </pre>
 *
 * Beside it the same for the lines of prior and context alone: what was thought before any evidence.
 */
public final class Belief {

    private static final IncidentType[] HYPOTHESES = IncidentType.values();

    private final double[] scores;
    private final double[] probabilities;
    private final double[] before;
    private final List<Hypothesis> hypotheses;

    private Belief(double[] scores, double[] scoresBefore) {
        this.scores = scores;
        probabilities = softmaxWithNothing(scores);
        before = softmaxWithNothing(scoresBefore);
        List<Hypothesis> all = new ArrayList<>(HYPOTHESES.length);
        for (IncidentType type : HYPOTHESES) {
            all.add(new Hypothesis(type, logOdds(type), probability(type)));
        }
        all.sort(Comparator.comparingDouble(Hypothesis::logOdds).reversed());
        hypotheses = List.copyOf(all);
    }

    /** What {@code ledger} adds up to. */
    public static Belief of(List<LedgerEntry> ledger) {
        double[] scores = new double[HYPOTHESES.length];
        double[] scoresBefore = new double[HYPOTHESES.length];
        for (LedgerEntry line : ledger) {
            add(line, scores);
            if (line.kind() == LedgerKind.PRIOR || line.kind() == LedgerKind.CONTEXT) {
                add(line, scoresBefore);
            }
        }
        return new Belief(scores, scoresBefore);
    }

    /** ln of P(hypothesis) / P(nothing that matters). */
    public double logOdds(IncidentType hypothesis) {
        return scores[hypothesis.ordinal()];
    }

    public double probability(IncidentType hypothesis) {
        return probabilities[hypothesis.ordinal()];
    }

    /** What was thought before any evidence. */
    public double probabilityBefore(IncidentType hypothesis) {
        return before[hypothesis.ordinal()];
    }

    /** The probability that the evidence has added; 0 where it took some away. */
    public double gained(IncidentType hypothesis) {
        return Math.max(0, probability(hypothesis) - probabilityBefore(hypothesis));
    }

    /**
     * Which hypotheses the evidence speaks for: the probability that it added to each, as shares that add up to 1, in the order
     * of {@link IncidentType}; equal shares where it added to none.
     */
    public List<Double> support() {
        double sum = 0;
        for (IncidentType hypothesis : HYPOTHESES) {
            sum += gained(hypothesis);
        }
        List<Double> shares = new ArrayList<>(HYPOTHESES.length);
        for (IncidentType hypothesis : HYPOTHESES) {
            shares.add(sum > 0 ? gained(hypothesis) / sum : 1.0 / HYPOTHESES.length);
        }
        return shares;
    }

    /** The probability of anything that matters: every hypothesis but harmless noise. */
    public double probabilityThatItMatters() {
        double sum = 0;
        for (IncidentType hypothesis : HYPOTHESES) {
            if (Opening.matters(hypothesis)) {
                sum += probability(hypothesis);
            }
        }
        return Math.min(1, sum);
    }

    /** All hypotheses, the most probable first. */
    public List<Hypothesis> hypotheses() {
        return hypotheses;
    }

    private static void add(LedgerEntry line, double[] scores) {
        for (Map.Entry<IncidentType, Double> weight : line.weights().entrySet()) {
            scores[weight.getKey().ordinal()] += weight.getValue();
        }
    }

    /** Probabilities of the hypotheses beside one of score 0; shifted by the largest score so that nothing overflows. */
    private static double[] softmaxWithNothing(double[] scores) {
        double largest = 0;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = StrictMath.exp(-largest);
        double[] result = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            result[i] = StrictMath.exp(scores[i] - largest);
            sum += result[i];
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= sum;
        }
        return result;
    }
}
