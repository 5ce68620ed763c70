// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.learning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.polias.fuse.belief.Opening;
import org.polias.fuse.language.Phrases;
import org.polias.model.detection.DetectionType;
import org.polias.model.event.Step;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.learning.CalibrationChange;
import org.polias.model.learning.CalibrationChange.Cause;

/**
 * Calibration of detectors by operators' verdicts at a site: a pure fold. Of the incidents that a detector's claims of one type
 * carried, with shares s, predictions p and truth y,
 *
 * <pre>
 *   p'  = sum s p / sum s                                   what was predicted
 *   q   = (sum s y + m p') / (sum s + m)                    mean of the Beta posterior with the prior Beta(m p', m (1 - p'))
 *   c   = logit q - logit p', within [-1.5, 1.5];  0 below 8 verdicts
 * </pre>
 *
 * is added to the detector's log-likelihood ratios of that type, m = {@value #PRIOR_VERDICTS}. A prediction is what it would have been
 * without the correction then in force, as far as a nat of evidence is a nat of belief, so that a correction does not confirm itself.
 *
 * <p>A dismissal as false alarm, sensor fault or harmless cause refutes; a resolution by a person who wrote what was found confirms.
 * Duplicates, planned activities, exercises, and what ended by itself or without a word teach nothing. A reopened incident's verdict is
 * taken back.
 */
public final class Learning {

    /** A correction is at most this large: it can make a strong claim doubtful, and not silence it. */
    public static final double LARGEST = 1.5;
    /** Fewer verdicts move nothing. */
    public static final int FEWEST_VERDICTS = 8;
    /** Beyond them the oldest is forgotten, aloud. */
    public static final int MOST_VERDICTS = 2000;

    static final double PRIOR_VERDICTS = 10;
    /** What carried less of an incident than this is not judged by it. */
    private static final double LEAST_SHARE = 0.1;

    private static final double SURE = 1e-6;
    private static final String EVIDENCE = "evidence/";
    private static final String PLATFORM = "polias";

    private Learning() {}

    /** What is to be added to the log-likelihood ratios of {@code detector}'s claims of {@code type}, in nats. */
    public static double correction(LearningState state, String detector, DetectionType type) {
        return find(state, detector, type).map(Calibration::correction).orElse(0.0);
    }

    /** What verdicts say of {@code detector}'s claims of {@code type}, once there are any. */
    public static Optional<Calibration> find(LearningState state, String detector, DetectionType type) {
        for (Calibration calibration : state.calibrations()) {
            if (calibration.type() == type && calibration.detector().equals(detector)) {
                return Optional.of(calibration);
            }
        }
        return Optional.empty();
    }

    /** Learns from what became of an incident; {@code incident} as it was before {@code event}. */
    public static Step<LearningState, CalibrationChange> on(
            LearningState state, Incident incident, IncidentEvent event) {
        return switch (event) {
            case IncidentEvent.Dismissed dismissed ->
                refutes(dismissed.reason()) ? judge(state, incident, false, event, dismissed.by()) : Step.silent(state);
            case IncidentEvent.Resolved resolved ->
                !resolved.by().equals(PLATFORM) && !resolved.note().isBlank()
                        ? judge(state, incident, true, event, resolved.by())
                        : Step.silent(state);
            case IncidentEvent.Reopened reopened -> forget(state, incident.id(), reopened.at(), reopened.by());
            case IncidentEvent.Opened ignored -> Step.silent(state);
            case IncidentEvent.Reassessed ignored -> Step.silent(state);
            case IncidentEvent.Advised ignored -> Step.silent(state);
            case IncidentEvent.Acknowledged ignored -> Step.silent(state);
            case IncidentEvent.Assigned ignored -> Step.silent(state);
            case IncidentEvent.Noted ignored -> Step.silent(state);
            case IncidentEvent.MergedInto ignored -> Step.silent(state);
            case IncidentEvent.Absorbed ignored -> Step.silent(state);
            case IncidentEvent.SplitOff ignored -> Step.silent(state);
            case IncidentEvent.SplitFrom ignored -> Step.silent(state);
        };
    }

    /** Learns from a verdict; a later one on the same incident takes the earlier one's place. */
    public static Step<LearningState, CalibrationChange> on(LearningState state, Verdict verdict) {
        List<Verdict> verdicts = new ArrayList<>(state.verdicts());
        List<CalibrationChange> changes = new ArrayList<>();
        verdicts.removeIf(earlier -> earlier.incident().equals(verdict.incident()));
        verdicts.add(verdict);
        LearningState next = state;
        if (verdicts.size() > MOST_VERDICTS) {
            Verdict oldest = verdicts.removeFirst();
            List<Verdict> without = new ArrayList<>(state.verdicts());
            without.remove(oldest);
            Step<LearningState, CalibrationChange> aged =
                    changed(next, without, verdict.at(), Cause.AGED, Optional.of(oldest.incident()), PLATFORM);
            next = aged.state();
            changes.addAll(aged.outputs());
        }
        Step<LearningState, CalibrationChange> last = changed(
                next,
                verdicts,
                verdict.at(),
                verdict.real() ? Cause.CONFIRMED : Cause.REFUTED,
                Optional.of(verdict.incident()),
                verdict.by());
        changes.addAll(last.outputs());
        return new Step<>(last.state(), changes);
    }

    /** Takes back the verdict on {@code incident}, if there is one: all is as it would be without it. */
    public static Step<LearningState, CalibrationChange> forget(
            LearningState state, IncidentId incident, Instant at, String by) {
        return without(
                state, verdict -> verdict.incident().equals(incident), at, Cause.FORGOTTEN, Optional.of(incident), by);
    }

    /** Takes back all that was learned of {@code detector}. */
    public static Step<LearningState, CalibrationChange> reset(
            LearningState state, String detector, Instant at, String by) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Verdict verdict : state.verdicts()) {
            List<Verdict.Witness> others = verdict.witnesses().stream()
                    .filter(witness -> !witness.detector().equals(detector))
                    .toList();
            if (others.size() == verdict.witnesses().size()) {
                verdicts.add(verdict);
            } else if (!others.isEmpty()) {
                verdicts.add(new Verdict(verdict.incident(), verdict.at(), verdict.by(), verdict.real(), others));
            }
        }
        return changed(state, verdicts, at, Cause.RESET, Optional.empty(), by);
    }

    private static boolean refutes(DismissalReason reason) {
        return switch (reason) {
            case FALSE_ALARM, HARMLESS_CAUSE, SENSOR_FAULT -> true;
            // It was there, or it was counted elsewhere, or it was played.
            case PLANNED_ACTIVITY, DUPLICATE, EXERCISE -> false;
        };
    }

    private static Step<LearningState, CalibrationChange> judge(
            LearningState state, Incident incident, boolean real, IncidentEvent event, String by) {
        if (incident.exercise().isPresent()) {
            return Step.silent(state);
        }
        List<Verdict.Witness> witnesses = witnesses(state, incident);
        return witnesses.isEmpty()
                ? Step.silent(state)
                : on(state, new Verdict(incident.id(), event.at(), by, real, witnesses));
    }

    /** Whose claims spoke for the most probable of what matters, each with its share of all that did. */
    private static List<Verdict.Witness> witnesses(LearningState state, Incident incident) {
        Optional<IncidentType> leading = incident.hypotheses().stream()
                .map(Hypothesis::type)
                .filter(Opening::matters)
                .findFirst();
        if (leading.isEmpty() || incident.criticality().isEmpty()) {
            return List.of();
        }
        double probability =
                incident.criticality().map(Criticality::probability).orElseThrow();
        Map<Key, Double> spoke = new LinkedHashMap<>();
        double all = 0;
        for (LedgerEntry line : incident.ledger()) {
            double weight = line.weightFor(leading.get());
            Optional<Key> key = keyOf(line);
            if (weight > 0 && key.isPresent()) {
                spoke.merge(key.get(), weight, Double::sum);
                all += weight;
            }
        }
        List<Verdict.Witness> witnesses = new ArrayList<>();
        for (Map.Entry<Key, Double> one : spoke.entrySet()) {
            double share = one.getValue() / all;
            if (share >= LEAST_SHARE) {
                Key key = one.getKey();
                double uncorrected = logit(probability) - correction(state, key.detector, key.type);
                witnesses.add(new Verdict.Witness(key.detector, key.type, share, logistic(uncorrected)));
            }
        }
        return witnesses;
    }

    /** The detector and type of a line of evidence, whose key is {@code evidence/TYPE/DETECTOR/SUBJECT}. */
    private static Optional<Key> keyOf(LedgerEntry line) {
        if (line.kind() != LedgerKind.EVIDENCE || !line.key().startsWith(EVIDENCE)) {
            return Optional.empty();
        }
        String[] parts = line.key().split("/", 4);
        return parts.length < 4
                ? Optional.empty()
                : DetectionType.find(parts[1]).map(type -> new Key(parts[2], type));
    }

    private static Step<LearningState, CalibrationChange> without(
            LearningState state,
            Predicate<Verdict> forgotten,
            Instant at,
            Cause cause,
            Optional<IncidentId> incident,
            String by) {
        List<Verdict> verdicts = new ArrayList<>(state.verdicts());
        verdicts.removeIf(forgotten);
        return changed(state, verdicts, at, cause, incident, by);
    }

    /** The state with other verdicts, and a change for each calibration that is another than before. */
    private static Step<LearningState, CalibrationChange> changed(
            LearningState state,
            List<Verdict> verdicts,
            Instant at,
            Cause cause,
            Optional<IncidentId> incident,
            String by) {
        if (verdicts.equals(state.verdicts())) {
            return Step.silent(state);
        }
        LearningState next = new LearningState(verdicts, calibrations(verdicts));
        Map<Key, Calibration> before = byKey(state);
        Map<Key, Calibration> after = byKey(next);
        Map<Key, Calibration> either = new TreeMap<>(Key.ORDER);
        either.putAll(before);
        either.putAll(after);
        List<CalibrationChange> changes = new ArrayList<>();
        for (Key key : either.keySet()) {
            Calibration was = before.getOrDefault(key, key.none());
            Calibration is = after.getOrDefault(key, key.none());
            if (!was.equals(is)) {
                changes.add(new CalibrationChange(
                        at,
                        key.detector,
                        key.type,
                        cause,
                        incident,
                        by,
                        was.correction(),
                        is.correction(),
                        is.verdicts(),
                        is.confirmed(),
                        is.expected(),
                        sentence(was, is, cause, incident, by)));
            }
        }
        return new Step<>(next, changes);
    }

    private static String sentence(
            Calibration was, Calibration is, Cause cause, Optional<IncidentId> incident, String by) {
        String name = incident.map(IncidentId::value).orElse("");
        String why =
                switch (cause) {
                    case CONFIRMED -> "%s confirmed incident %s".formatted(by, name);
                    case REFUTED -> "%s found nothing behind incident %s".formatted(by, name);
                    case FORGOTTEN -> "%s took back the verdict on incident %s".formatted(by, name);
                    case RESET -> "%s reset the detector".formatted(by);
                    case AGED -> "The verdict on incident %s gave way to newer ones".formatted(name);
                };
        String now = is.verdicts() == 0
                ? "no verdict is left"
                : "%d verdicts, %s of %s predicted confirmed"
                        .formatted(is.verdicts(), Phrases.number(is.confirmed()), Phrases.number(is.expected()));
        return "%s: claims of %s by %s weigh %s instead of %s (%s%s)."
                .formatted(
                        why,
                        is.type().code(),
                        is.detector(),
                        Phrases.signed(is.correction()),
                        Phrases.signed(was.correction()),
                        now,
                        is.verdicts() > 0 && is.verdicts() < FEWEST_VERDICTS
                                ? "; below %d none counts".formatted(FEWEST_VERDICTS)
                                : "");
    }

    private static Map<Key, Calibration> byKey(LearningState state) {
        Map<Key, Calibration> map = new TreeMap<>(Key.ORDER);
        state.calibrations().forEach(one -> map.put(new Key(one.detector(), one.type()), one));
        return map;
    }

    private static List<Calibration> calibrations(List<Verdict> verdicts) {
        Map<Key, Sum> sums = new TreeMap<>(Key.ORDER);
        for (Verdict verdict : verdicts) {
            for (Verdict.Witness witness : verdict.witnesses()) {
                sums.computeIfAbsent(new Key(witness.detector(), witness.type()), key -> new Sum())
                        .add(witness, verdict.real());
            }
        }
        List<Calibration> calibrations = new ArrayList<>();
        sums.forEach((key, sum) -> calibrations.add(new Calibration(
                key.detector, key.type, sum.verdicts, sum.weight, sum.confirmed, sum.expected, sum.correction())));
        return calibrations;
    }

    private static double logit(double probability) {
        double p = Math.clamp(probability, SURE, 1 - SURE);
        return StrictMath.log(p / (1 - p));
    }

    private static double logistic(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }

    private record Key(String detector, DetectionType type) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::detector).thenComparing(key -> key.type.code());

        Calibration none() {
            return new Calibration(detector, type, 0, 0, 0, 0, 0);
        }
    }

    /** What the verdicts on one detector and type add up to. */
    private static final class Sum {
        private int verdicts;
        private double weight;
        private double confirmed;
        private double expected;

        void add(Verdict.Witness witness, boolean real) {
            verdicts++;
            weight += witness.share();
            confirmed += real ? witness.share() : 0;
            expected += witness.share() * witness.predicted();
        }

        double correction() {
            if (verdicts < FEWEST_VERDICTS) {
                return 0;
            }
            double predicted = expected / weight;
            double posterior = (confirmed + PRIOR_VERDICTS * predicted) / (weight + PRIOR_VERDICTS);
            return Math.clamp(logit(posterior) - logit(predicted), -LARGEST, LARGEST);
        }
    }
}
