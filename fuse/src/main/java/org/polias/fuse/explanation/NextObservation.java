// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

import java.util.List;
import java.util.Optional;

import org.polias.fuse.belief.Ledger;
import org.polias.fuse.belief.Likelihoods;
import org.polias.fuse.language.Phrases;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerKind;

/**
 * Which single observation would change most what is believed of an incident: of all conditions of which its ledger has no evidence yet, the one
 * whose answer, yes or no, moves the probabilities farthest on average.
 *
 * <pre>
 *   change(C) = P(C) TV(P, P(. | C)) + P(not C) TV(P, P(. | not C)),   P(C) = sum over h of P(h) P(C | h)
 * </pre>
 *
 * <p>TV is the total variation distance, half the sum of what each probability moves; "nothing that matters" is one of the h. The answer is taken to be
 * sure, as that of a person who looks. Sensors' own failures are no answer that one could ask for.
 *
 * @param type the condition that somebody should look for
 * @param change how far the probabilities move on average, 0 to 1
 * @param leading what is believed most now
 * @param now its probability
 * @param ifSo what it becomes if the condition holds
 * @param ifNot what it becomes if it does not
 */
public record NextObservation(
        DetectionType type, double change, IncidentType leading, double now, double ifSo, double ifNot) {

    private static final IncidentType[] HYPOTHESES = IncidentType.values();
    /** What moves the probabilities by less is not worth looking for. */
    private static final double WORTH_LOOKING = 0.02;

    /** The one that would change most; empty of an incident that is not assessed yet, or where none would change much. */
    public static Optional<NextObservation> of(Incident incident) {
        if (incident.hypotheses().isEmpty()) {
            return Optional.empty();
        }
        double[] now = probabilities(incident.hypotheses());
        IncidentType leading = incident.hypotheses().getFirst().type();
        NextObservation best = null;
        for (DetectionType type : DetectionType.values()) {
            if (type.domain() != DetectionDomain.HEALTH && !isKnown(incident, type)) {
                double[] ifSo = given(now, type, true);
                double[] ifNot = given(now, type, false);
                double likely = likely(now, type);
                double change = likely * distance(now, ifSo) + (1 - likely) * distance(now, ifNot);
                if (change >= WORTH_LOOKING && (best == null || change > best.change)) {
                    int at = leading.ordinal();
                    best = new NextObservation(type, change, leading, now[at], ifSo[at], ifNot[at]);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** In plain language. */
    public String sentence() {
        return "Whether there is %s would tell most: with it %s goes from %s to %s, without it to %s."
                .formatted(
                        Phrases.condition(type),
                        Phrases.hypothesis(leading),
                        Phrases.percent(now),
                        Phrases.percent(ifSo),
                        Phrases.percent(ifNot));
    }

    private static boolean isKnown(Incident incident, DetectionType type) {
        return incident.ledger().stream()
                .anyMatch(line -> line.kind() == LedgerKind.EVIDENCE
                        && line.key().startsWith(Ledger.EVIDENCE + type.code() + '/'));
    }

    /** In the order of the types, "nothing that matters" last. */
    private static double[] probabilities(List<Hypothesis> hypotheses) {
        double[] probabilities = new double[HYPOTHESES.length + 1];
        double nothing = 1;
        for (Hypothesis hypothesis : hypotheses) {
            probabilities[hypothesis.type().ordinal()] = hypothesis.probability();
            nothing -= hypothesis.probability();
        }
        probabilities[HYPOTHESES.length] = Math.max(0, nothing);
        return probabilities;
    }

    private static double holds(DetectionType type, int hypothesis) {
        return hypothesis == HYPOTHESES.length
                ? Likelihoods.givenNothing(type)
                : Likelihoods.given(type, HYPOTHESES[hypothesis]);
    }

    private static double likely(double[] probabilities, DetectionType type) {
        double sum = 0;
        for (int h = 0; h < probabilities.length; h++) {
            sum += probabilities[h] * holds(type, h);
        }
        return sum;
    }

    private static double[] given(double[] probabilities, DetectionType type, boolean isSo) {
        double[] given = new double[probabilities.length];
        double sum = 0;
        for (int h = 0; h < given.length; h++) {
            double holds = holds(type, h);
            given[h] = probabilities[h] * (isSo ? holds : 1 - holds);
            sum += given[h];
        }
        for (int h = 0; h < given.length; h++) {
            given[h] /= sum;
        }
        return given;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int h = 0; h < a.length; h++) {
            sum += Math.abs(a[h] - b[h]);
        }
        return sum / 2;
    }
}
