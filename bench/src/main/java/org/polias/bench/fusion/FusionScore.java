// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.polias.bench.Figures;
import org.polias.model.detection.Detection;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;

/**
 * Judges what fusion made of detections of which the truth is known. It is told of each detection before fusion is, of each outcome, and at the
 * end adds up. The figures are defined in {@code docs/fusion-evaluation.md}.
 */
public final class FusionScore {

    /** How old an incident is when its probabilities are compared with the truth. */
    private static final List<Duration> AGES =
            List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));

    private static final double LEAST_PREDICTION = 0.01;
    private static final double PROMPT_S = 5;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** So many alarms of an operator in ten minutes are a flood (EEMUA 191). */
    private static final int FLOOD = 10;

    private final Map<String, TrueIncident> truths = new TreeMap<>();
    private final Map<String, String> truthOf = new HashMap<>();
    private final Map<String, Instant> firstArrival = new HashMap<>();
    private final Map<IncidentId, Reported> incidents = new LinkedHashMap<>();
    /** Which case a detection was laid to. */
    private final Map<String, IncidentId> caseOf = new HashMap<>();

    private final Map<IncidentId, Map<String, Integer>> members = new HashMap<>();
    private final Map<String, Instant> doubted = new TreeMap<>();
    private final Set<String> liars;
    private final Map<String, Instant> firstLie = new HashMap<>();
    private final Map<Long, Integer> alarmsByWindow = new TreeMap<>();
    private long detections;
    private @Nullable Instant begins;
    private Instant ends = Instant.MIN;

    /** @param liars sensors that lie, as {@code SITE/SENSOR} */
    public FusionScore(List<TrueIncident> truths, Set<String> liars) {
        this.liars = new TreeSet<>(liars);
        for (TrueIncident truth : truths) {
            this.truths.put(truth.id(), truth);
            for (DetectionId detection : truth.detections()) {
                truthOf.put(key(truth.site(), detection), truth.id());
            }
        }
    }

    /** An incident as it was told of. */
    private static final class Reported {
        private final SiteKey site;
        private final Instant openedAt;
        private @Nullable IncidentId mergedInto;
        private @Nullable IncidentType leading;
        private List<Hypothesis> hypotheses = List.of();
        private final List<Instant> changes = new ArrayList<>();
        private final List<IncidentType> leaders = new ArrayList<>();
        private final List<List<Hypothesis>> states = new ArrayList<>();
        private CriticalityLevel highest = CriticalityLevel.NEGLIGIBLE;

        Reported(SiteKey site, Instant openedAt) {
            this.site = site;
            this.openedAt = openedAt;
        }
    }

    /** A detection is about to be fused. */
    public void detected(Detection detection, Instant at) {
        detections++;
        if (begins == null) {
            begins = at;
        }
        ends = at;
        String truth = truthOf.get(key(detection.site(), detection.id()));
        if (truth != null) {
            firstArrival.putIfAbsent(truth, at);
        } else {
            String sensor = detection.site().site().value() + "/" + detection.subject();
            if (liars.contains(sensor)) {
                firstLie.putIfAbsent(sensor, at);
            }
        }
    }

    /** Something came of it. */
    public void on(Instant at, SiteOutcome outcome) {
        switch (outcome) {
            case SiteOutcome.Gathered gathered -> {
                String key = key(gathered.site(), gathered.detection());
                if (caseOf.put(key, gathered.incident()) == null) {
                    members.computeIfAbsent(gathered.incident(), _ -> new TreeMap<>())
                            .merge(truthOf.getOrDefault(key, ""), 1, Integer::sum);
                }
            }
            case SiteOutcome.TrustChanged trust -> {
                if (trust.doubted()) {
                    doubted.putIfAbsent(
                            trust.site().site().value() + "/" + trust.sensor().value(), at);
                }
            }
            case SiteOutcome.IncidentChanged changed -> on(at, changed.site(), changed.event());
            case SiteOutcome.Detected ignored -> {}
            case SiteOutcome.HealthChanged ignored -> {}
            case SiteOutcome.Discarded ignored -> {}
            case SiteOutcome.CommandAnswered ignored -> {}
            case SiteOutcome.CalibrationChanged ignored -> {}
            case SiteOutcome.ExerciseChanged ignored -> {}
        }
    }

    private void on(Instant at, SiteKey site, IncidentEvent event) {
        switch (event) {
            case IncidentEvent.Opened opened -> incidents.put(opened.incident(), new Reported(site, at));
            case IncidentEvent.Reassessed reassessed -> {
                Reported one = reported(reassessed.incident());
                boolean isNew = one.states.isEmpty();
                one.hypotheses = reassessed.hypotheses();
                one.leading = reassessed.hypotheses().getFirst().type();
                one.changes.add(at);
                one.leaders.add(one.leading);
                one.states.add(one.hypotheses);
                CriticalityLevel level = reassessed.criticality().level();
                boolean higher = level.compareTo(one.highest) > 0;
                if (higher) {
                    one.highest = level;
                }
                if (level.compareTo(CriticalityLevel.MEDIUM) >= 0 && (isNew || higher)) {
                    alarmsByWindow.merge(at.getEpochSecond() / WINDOW.toSeconds(), 1, Integer::sum);
                }
            }
            case IncidentEvent.MergedInto merged -> reported(merged.incident()).mergedInto = merged.target();
            case IncidentEvent.Absorbed ignored -> {}
            case IncidentEvent.SplitOff ignored -> {}
            case IncidentEvent.SplitFrom ignored -> {}
            case IncidentEvent.Advised ignored -> {}
            case IncidentEvent.Acknowledged ignored -> {}
            case IncidentEvent.Assigned ignored -> {}
            case IncidentEvent.Noted ignored -> {}
            case IncidentEvent.Resolved ignored -> {}
            case IncidentEvent.Dismissed ignored -> {}
            case IncidentEvent.Reopened ignored -> {}
        }
    }

    private Reported reported(IncidentId id) {
        return Optional.ofNullable(incidents.get(id))
                .orElseThrow(() -> new IllegalStateException("Incident %s was never opened.".formatted(id)));
    }

    /** What it adds up to. */
    public Sums sums(int operators) {
        Sums sums = new Sums();
        sums.detections = detections;
        // Detections of merged incidents count for what these were merged into.
        Map<IncidentId, Map<String, Integer>> parts = new LinkedHashMap<>();
        members.forEach((id, counts) -> {
            IncidentId last = id;
            for (int hops = 0; hops < 1000 && incidents.containsKey(last); hops++) {
                IncidentId next = reported(last).mergedInto;
                if (next == null) {
                    break;
                }
                last = next;
            }
            if (incidents.containsKey(last)) {
                Map<String, Integer> sum = parts.computeIfAbsent(last, _ -> new TreeMap<>());
                counts.forEach((truth, count) -> sum.merge(truth, count, Integer::sum));
            }
        });
        Map<String, Map<IncidentId, Integer>> byTruth = new TreeMap<>();
        Map<IncidentId, String> majority = new HashMap<>();
        parts.forEach((id, counts) -> {
            int total = counts.values().stream().mapToInt(Integer::intValue).sum();
            String most = "";
            int best = -1;
            for (Map.Entry<String, Integer> each : counts.entrySet()) {
                if (each.getValue() > best) {
                    best = each.getValue();
                    most = each.getKey();
                }
                if (!each.getKey().isEmpty()) {
                    byTruth.computeIfAbsent(each.getKey(), _ -> new LinkedHashMap<>())
                            .put(id, each.getValue());
                }
            }
            majority.put(id, most);
            sums.inIncidents += total;
            sums.pure += best;
            sums.incidents++;
        });
        for (TrueIncident truth : truths.values()) {
            judge(truth, byTruth.getOrDefault(truth.id(), Map.of()), majority, sums);
        }
        incidents.forEach((id, one) -> calibrate(one, majority.getOrDefault(id, ""), sums));
        sums.liars = liars.size();
        for (String liar : liars) {
            Instant lied = firstLie.get(liar);
            Instant named = doubted.get(liar);
            if (lied != null) {
                sums.liarsThatSpoke++;
                sums.liarsNamed += named != null ? 1 : 0;
            }
        }
        sums.honestDoubted =
                doubted.keySet().stream().filter(name -> !liars.contains(name)).count();
        long windows =
                begins == null ? 1 : Math.max(1, Duration.between(begins, ends).toSeconds() / WINDOW.toSeconds());
        sums.windows = windows * operators;
        for (int alarms : alarmsByWindow.values()) {
            if (alarms > FLOOD * operators) {
                sums.floodWindows += operators;
            } else {
                sums.alarmsOutsideFloods += alarms;
            }
            sums.alarms += alarms;
        }
        return sums;
    }

    private void judge(
            TrueIncident truth, Map<IncidentId, Integer> parts, Map<IncidentId, String> majority, Sums sums) {
        int claimed = truth.detections().size();
        int most = parts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        sums.trueDetections += claimed;
        sums.mainDetections += most;
        boolean matters = truth.type() != IncidentType.HARMLESS_NOISE;
        if (!matters || claimed == 0) {
            return;
        }
        sums.truths++;
        boolean found = false;
        boolean rightly = false;
        Instant right = Instant.MAX;
        int pieces = 0;
        for (Map.Entry<IncidentId, Integer> part : parts.entrySet()) {
            if (truth.id().equals(majority.get(part.getKey()))) {
                found = true;
                pieces++;
                Reported one = reported(part.getKey());
                rightly |= one.leading == truth.type();
                for (int i = 0; i < one.changes.size(); i++) {
                    if (one.leaders.get(i) == truth.type()) {
                        right = right.isBefore(one.changes.get(i)) ? right : one.changes.get(i);
                        break;
                    }
                }
            }
        }
        sums.found += found ? 1 : 0;
        sums.foundRightly += rightly ? 1 : 0;
        sums.splits += Math.max(0, pieces - 1);
        Map<String, Integer> type = sums.missedByType;
        if (!found) {
            type.merge(truth.type().name(), 1, Integer::sum);
        } else if (!rightly) {
            sums.wrongType.merge(truth.type().name(), 1, Integer::sum);
        }
        Instant first = firstArrival.get(truth.id());
        if (found && right != Instant.MAX && first != null) {
            double took_s = Math.max(0, Duration.between(first, right).toMillis() / 1000.0);
            sums.times_s.add(took_s);
            if (took_s > PROMPT_S) {
                sums.lateByType.merge(truth.type().name(), 1, Integer::sum);
            }
        }
    }

    private void calibrate(Reported one, String truth, Sums sums) {
        Optional<IncidentType> type = Optional.ofNullable(truths.get(truth)).map(TrueIncident::type);
        if (one.highest == CriticalityLevel.CRITICAL
                && type.map(each -> each == IncidentType.HARMLESS_NOISE).orElse(true)) {
            sums.falseCritical++;
        }
        if (truth.isEmpty()) {
            sums.falseIncidents++;
            sums.falseByType.merge(String.valueOf(one.leading), 1, Integer::sum);
        }
        for (Duration age : AGES) {
            Instant then = one.openedAt.plus(age);
            List<Hypothesis> known = List.of();
            for (int i = 0; i < one.changes.size() && !one.changes.get(i).isAfter(then); i++) {
                known = one.states.get(i);
            }
            for (Hypothesis hypothesis : known) {
                if (hypothesis.probability() >= LEAST_PREDICTION) {
                    sums.calibration.add(hypothesis.probability(), type.isPresent() && type.get() == hypothesis.type());
                }
            }
        }
    }

    private static String key(SiteKey site, DetectionId detection) {
        return site.text() + ' ' + detection.value();
    }

    /** Sums over one or several days. */
    public static final class Sums {
        private long detections;
        private long incidents;
        private long inIncidents;
        private long pure;
        private long trueDetections;
        private long mainDetections;
        private long truths;
        private long found;
        private long foundRightly;
        private long splits;
        private long falseIncidents;
        private long falseCritical;
        private long liars;
        private long liarsThatSpoke;
        private long liarsNamed;
        private long honestDoubted;
        private long windows;
        private long floodWindows;
        private long alarms;
        private long alarmsOutsideFloods;
        private final List<Double> times_s = new ArrayList<>();
        private final Map<String, Integer> missedByType = new TreeMap<>();
        private final Map<String, Integer> wrongType = new TreeMap<>();
        private final Map<String, Integer> lateByType = new TreeMap<>();
        private final Map<String, Integer> falseByType = new TreeMap<>();
        private final Calibration calibration = new Calibration();

        /** Adds another day's. */
        public void add(Sums other) {
            detections += other.detections;
            incidents += other.incidents;
            inIncidents += other.inIncidents;
            pure += other.pure;
            trueDetections += other.trueDetections;
            mainDetections += other.mainDetections;
            truths += other.truths;
            found += other.found;
            foundRightly += other.foundRightly;
            splits += other.splits;
            falseIncidents += other.falseIncidents;
            falseCritical += other.falseCritical;
            liars += other.liars;
            liarsThatSpoke += other.liarsThatSpoke;
            liarsNamed += other.liarsNamed;
            honestDoubted += other.honestDoubted;
            windows += other.windows;
            floodWindows += other.floodWindows;
            alarms += other.alarms;
            alarmsOutsideFloods += other.alarmsOutsideFloods;
            times_s.addAll(other.times_s);
            other.missedByType.forEach((type, count) -> missedByType.merge(type, count, Integer::sum));
            other.lateByType.forEach((type, count) -> lateByType.merge(type, count, Integer::sum));
            other.wrongType.forEach((type, count) -> wrongType.merge(type, count, Integer::sum));
            other.falseByType.forEach((type, count) -> falseByType.merge(type, count, Integer::sum));
            calibration.add(other.calibration);
        }

        /** The reliability diagram. */
        public String svg() {
            return calibration.svg();
        }

        /** The figures by their published names. */
        public Figures result() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("detections", detections);
            figures.put("incidents", incidents);
            figures.put("true_incidents", truths);
            figures.put("reduction", ratio(detections, incidents));
            figures.put("completeness", ratio(found, truths));
            figures.put("completeness_with_type", ratio(foundRightly, truths));
            figures.put("detection_completeness", ratio(mainDetections, trueDetections));
            figures.put("purity", ratio(pure, inIncidents));
            figures.put("time_to_incident_p50_s", percentile(0.5));
            figures.put("time_to_incident_p95_s", percentile(0.95));
            figures.put("splits_per_incident", ratio(splits, found));
            figures.put("ece", calibration.expectedError());
            figures.put("brier", calibration.brierScore());
            figures.put("log_loss", calibration.logLoss());
            figures.put("predictions", calibration.total());
            figures.put("alarms_per_operator_10min", ratio(alarmsOutsideFloods, windows - floodWindows));
            figures.put("time_in_flood", ratio(floodWindows, windows));
            figures.put("false_incidents", falseIncidents);
            figures.put("false_critical", falseCritical);
            figures.put("liars", liars);
            figures.put("liars_that_spoke", liarsThatSpoke);
            figures.put("liars_named", liarsNamed);
            figures.put("honest_doubted", honestDoubted);
            figures.put("missed_by_type", missedByType.toString());
            figures.put("wrong_type", wrongType.toString());
            figures.put("later_than_5_s_by_type", lateByType.toString());
            figures.put("false_by_type", falseByType.toString());
            return new Figures(figures);
        }

        private static double ratio(long of, long to) {
            return to == 0 ? Double.NaN : (double) of / to;
        }

        private double percentile(double share) {
            if (times_s.isEmpty()) {
                return Double.NaN;
            }
            double[] sorted = times_s.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
        }
    }
}
