// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.polias.model.detection.Detection;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;

/**
 * Compares what fusion made of a stream with what was true. Definitions: docs/fusion-evaluation.md.
 *
 * <p>Harmless noise is true, but does not matter: nobody need open an incident for it, and one that leads with it is right.
 */
public final class FusionScore {

    /** Bins of equal width over probabilities. */
    static final int BINS = 15;
    /** Probabilities below this are not judged. */
    private static final double LEAST_JUDGED = 0.01;
    /** Ages at which an incident's probabilities are judged, besides the end. */
    private static final List<Duration> AGES = List.of(Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** Something that happened. */
    public record Truth(String id, IncidentType type, List<DetectionId> detections) {
        public Truth {
            detections = List.copyOf(detections);
        }
    }

    private final List<Truth> truths = new ArrayList<>();
    private final Map<DetectionId, Integer> truthOf = new HashMap<>();
    private final Map<Integer, Instant> firstReport = new HashMap<>();
    private final Map<Integer, Instant> firstRight = new HashMap<>();
    private final Map<IncidentId, Seen> incidents = new LinkedHashMap<>();
    private long detections;

    /** What was seen of an incident. */
    private static final class Seen {
        Incident now;
        Instant opened = Instant.MIN;
        final Map<Integer, Integer> parts = new TreeMap<>();
        int joined;
        int merges;
        boolean wasCritical;
        final List<List<Hypothesis>> samples = new ArrayList<>();

        Seen(Incident now) {
            this.now = now;
        }

        /** The number of the truth that most of its detections are of; -1 for none. */
        int majority() {
            return parts.entrySet().stream()
                    .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(e -> e.getKey() >= 0))
                    .map(Map.Entry::getKey)
                    .orElse(-1);
        }
    }

    /** One happening and which detections came of it. */
    public void add(Truth truth) {
        for (DetectionId id : truth.detections()) {
            truthOf.put(id, truths.size());
        }
        truths.add(truth);
    }

    /** Fusion is told of a detection. */
    public void claimed(Detection detection, Instant at) {
        detections++;
        Integer truth = truthOf.get(detection.id());
        if (truth != null) {
            firstReport.putIfAbsent(truth, detection.time());
        }
    }

    /** A detection is part of an incident. */
    public void joined(DetectionId detection, IncidentId incident, Instant at) {
        Seen seen = incidents.get(incident);
        if (seen != null) {
            seen.joined++;
            seen.parts.merge(truthOf.getOrDefault(detection, -1), 1, Integer::sum);
        }
    }

    /** An incident is about to change by this event: what it was is judged at the ages that have passed. */
    public void changed(IncidentEvent event, Incident after) {
        Seen seen = incidents.computeIfAbsent(event.incident(), ignored -> new Seen(after));
        if (event instanceof IncidentEvent.Opened) {
            seen.opened = event.at();
        }
        while (seen.samples.size() < AGES.size()
                && event.at().isAfter(seen.opened.plus(AGES.get(seen.samples.size())))) {
            seen.samples.add(seen.now.hypotheses());
        }
        if (event instanceof IncidentEvent.Absorbed absorbed) {
            seen.merges++;
            Seen source = incidents.get(absorbed.source());
            source.parts.forEach((truth, count) -> seen.parts.merge(truth, count, Integer::sum));
            seen.joined += source.joined;
            source.parts.clear();
            source.joined = 0;
        }
        seen.now = after;
        seen.wasCritical |= after.criticality()
                .filter(one -> one.level() == CriticalityLevel.CRITICAL)
                .isPresent();
        after.findLeadingHypothesis().ifPresent(leading -> {
            for (int truth : seen.parts.keySet()) {
                if (truth >= 0 && truths.get(truth).type() == leading.type()) {
                    firstRight.putIfAbsent(truth, event.at());
                }
            }
        });
    }

    /** The figures, by their published names. */
    public Map<String, Object> figures(double hours, int operators) {
        int matter = 0;
        int found = 0;
        int foundWithType = 0;
        long splits = 0;
        List<Double> times = new ArrayList<>();
        Map<String, int[]> byType = new TreeMap<>();
        Map<Integer, Set<IncidentId>> holding = new HashMap<>();
        incidents.forEach((id, seen) -> seen.parts.keySet().forEach(truth -> holding.computeIfAbsent(
                        truth, ignored -> new LinkedHashSet<>())
                .add(id)));
        long trueDetections = 0;
        long heldTrue = 0;
        for (int i = 0; i < truths.size(); i++) {
            Truth truth = truths.get(i);
            if (truth.type() == IncidentType.HARMLESS_NOISE || !firstReport.containsKey(i)) {
                continue;
            }
            int number = i;
            matter++;
            List<Seen> theirs = holding.getOrDefault(i, Set.of()).stream()
                    .map(incidents::get)
                    .filter(seen -> seen.majority() == number)
                    .toList();
            boolean isTyped = theirs.stream().anyMatch(seen -> seen.now.findLeadingHypothesis().stream()
                    .anyMatch(one -> one.type() == truth.type()));
            found += theirs.isEmpty() ? 0 : 1;
            foundWithType += isTyped ? 1 : 0;
            splits += Math.max(0, theirs.size() - 1);
            trueDetections += truth.detections().size();
            heldTrue += theirs.stream()
                    .mapToLong(seen -> seen.parts.getOrDefault(number, 0))
                    .sum();
            int[] counts = byType.computeIfAbsent(truth.type().code(), ignored -> new int[4]);
            counts[0]++;
            counts[1] += theirs.isEmpty() ? 0 : 1;
            counts[2] += isTyped ? 1 : 0;
            counts[3] += Math.max(0, theirs.size() - 1);
            // One that was never told rightly is as late as can be: it stays in the quantiles.
            times.add(
                    firstRight.containsKey(i)
                            ? Math.max(
                                    0,
                                    Duration.between(firstReport.get(i), firstRight.get(i))
                                                    .toMillis()
                                            / 1000.0)
                            : Double.POSITIVE_INFINITY);
        }
        long joined = 0;
        long pure = 0;
        long merges = 0;
        int falseOnes = 0;
        int mixed = 0;
        int falseCritical = 0;
        Map<String, Integer> falseByType = new TreeMap<>();
        List<double[]> judged = new ArrayList<>();
        for (Seen seen : incidents.values()) {
            joined += seen.joined;
            pure += seen.parts.values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
            merges += seen.merges;
            int majority = seen.majority();
            mixed += seen.parts.keySet().stream().filter(truth -> truth >= 0).count() > 1 ? 1 : 0;
            if (majority < 0 && seen.joined > 0) {
                falseOnes++;
                falseByType.merge(
                        seen.now
                                .findLeadingHypothesis()
                                .map(one -> one.type().code())
                                .orElse("none"),
                        1,
                        Integer::sum);
                falseCritical += seen.wasCritical ? 1 : 0;
            }
            List<List<Hypothesis>> samples = new ArrayList<>(seen.samples);
            samples.add(seen.now.hypotheses());
            for (List<Hypothesis> sample : samples) {
                for (int h = 0; h < sample.size(); h++) {
                    Hypothesis one = sample.get(h);
                    if (h == 0 || one.probability() >= LEAST_JUDGED) {
                        boolean isTrue = majority >= 0 && truths.get(majority).type() == one.type();
                        judged.add(new double[] {one.probability(), isTrue ? 1 : 0});
                    }
                }
            }
        }
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("detections", detections);
        figures.put("incidents", incidents.size());
        figures.put("reduction", ratio(detections, incidents.size()));
        figures.put("true_incidents", matter);
        figures.put("completeness", ratio(foundWithType, matter));
        figures.put("completeness_any_type", ratio(found, matter));
        figures.put("detection_completeness", ratio(heldTrue, trueDetections));
        figures.put("purity", ratio(pure, joined));
        figures.put("time_to_incident_p50_s", quantile(sorted, 0.5));
        figures.put("time_to_incident_p95_s", quantile(sorted, 0.95));
        Calibration calibration = new Calibration(judged);
        figures.put("ece", calibration.ece());
        figures.put("brier", calibration.brier());
        figures.put("log_loss", calibration.logLoss());
        figures.put("probabilities", judged.size());
        figures.put("bins", calibration.bins());
        figures.put("alarms_per_operator_10min", incidents.size() / (hours * 6) / operators);
        figures.put("splits_per_incident", ratio(splits, matter));
        figures.put("merges_per_incident", ratio(merges, incidents.size()));
        figures.put("mixed_incidents", mixed);
        figures.put("false_incidents", falseOnes);
        figures.put("false_critical", falseCritical);
        figures.put("false_by_leading_type", falseByType);
        Map<String, Object> types = new LinkedHashMap<>();
        byType.forEach((type, c) ->
                types.put(type, Map.of("true", c[0], "found", c[1], "found_with_type", c[2], "splits", c[3])));
        figures.put("by_type", types);
        return figures;
    }

    /** The quantile by rank; of nothing, or of what never came, null as JSON has no infinity. */
    private static Object quantile(double[] sorted, double q) {
        if (sorted.length == 0) {
            return "none";
        }
        double value = sorted[Math.min(sorted.length - 1, (int) Math.ceil(q * sorted.length) - 1)];
        return Double.isInfinite(value) ? "never" : value;
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** How well probabilities agree with what was true. */
    record Calibration(List<double[]> judged) {

        double brier() {
            return judged.stream()
                    .mapToDouble(one -> (one[0] - one[1]) * (one[0] - one[1]))
                    .average()
                    .orElse(0);
        }

        double logLoss() {
            return judged.stream()
                    .mapToDouble(one -> -Math.log(Math.max(1e-12, one[1] == 1 ? one[0] : 1 - one[0])))
                    .average()
                    .orElse(0);
        }

        double ece() {
            double sum = 0;
            for (double[] bin : sums()) {
                sum += Math.abs(bin[1] - bin[2]);
            }
            return judged.isEmpty() ? 0 : sum / judged.size();
        }

        /** Of each bin that is not empty: how many, mean probability, share that was true. */
        List<List<Double>> bins() {
            return Arrays.stream(sums())
                    .filter(bin -> bin[0] > 0)
                    .map(bin -> List.of(bin[0], bin[1] / bin[0], bin[2] / bin[0]))
                    .toList();
        }

        private double[][] sums() {
            double[][] bins = new double[BINS][3];
            for (double[] one : judged) {
                double[] bin = bins[Math.min(BINS - 1, (int) (one[0] * BINS))];
                bin[0]++;
                bin[1] += one[0];
                bin[2] += one[1];
            }
            return bins;
        }
    }
}
