// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.polias.fuse.language.Phrases;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;

/**
 * The lines of an incident's ledger: each a function of what is known, so that any of them can be taken away or computed anew.
 */
public final class Ledger {

    /** The key of the line of prior odds. */
    public static final String PRIOR = "prior";
    /** The key of the line for the kind of place. */
    public static final String SITE_CLASS = "context/site-class";

    private static final IncidentType[] HYPOTHESES = IncidentType.values();
    /** Begins the key of a line of evidence; what follows is the source's key. */
    public static final String EVIDENCE = "evidence/";

    private static final String SENSOR = "common-cause/sensor/";
    private static final String SENSOR_HEALTH = "common-cause/sensor-health/";
    private static final String GATEWAY = "common-cause/gateway/";
    private static final String GATEWAY_HEALTH = "common-cause/gateway-health/";
    private static final LedgerEntry PRIOR_AT_EPOCH = priorAtEpoch();

    private Ledger() {}

    /** All lines for {@code sources}, in the order in which a new incident lists them. */
    public static List<LedgerEntry> all(Instant startedAt, SiteClass siteClass, List<Source> sources) {
        List<LedgerEntry> lines = new ArrayList<>(sources.size() + 4);
        lines.add(prior(startedAt));
        context(siteClass, startedAt).ifPresent(lines::add);
        for (Source source : sources) {
            lines.add(evidence(source));
        }
        if (sources.size() > 1) {
            Map<String, List<Source>> causes = new LinkedHashMap<>();
            for (Source source : sources) {
                sensorCause(source).ifPresent(cause -> causes.computeIfAbsent(cause, c -> new ArrayList<>())
                        .add(source));
            }
            for (Source source : sources) {
                gatewayCause(source).ifPresent(cause -> causes.computeIfAbsent(cause, c -> new ArrayList<>())
                        .add(source));
            }
            causes.forEach((cause, members) -> commonCause(cause, members).ifPresent(lines::add));
        }
        return lines;
    }

    /** The lines among {@link #all} that depend on {@code touched}, one of {@code sources}. */
    public static List<LedgerEntry> touchedBy(Source touched, List<Source> sources) {
        List<LedgerEntry> lines = new ArrayList<>(3);
        lines.add(evidence(touched));
        if (sources.size() > 1) {
            sensorCause(touched)
                    .flatMap(cause -> commonCause(cause, sharing(touched, sources, Source::sensor)))
                    .ifPresent(lines::add);
            gatewayCause(touched)
                    .flatMap(cause -> commonCause(cause, sharing(touched, sources, Source::gateway)))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    /** The lines among {@link #all} that differ from {@code ledger} because some of {@code sources} claimed more since. */
    public static List<LedgerEntry> since(List<LedgerEntry> ledger, List<Source> sources) {
        Map<String, Integer> counted = new HashMap<>();
        for (LedgerEntry line : ledger) {
            if (line.kind() == LedgerKind.EVIDENCE) {
                counted.put(line.key(), line.count());
            }
        }
        Map<String, LedgerEntry> lines = new LinkedHashMap<>();
        for (Source source : sources) {
            Integer count = counted.get(EVIDENCE + source.key());
            if (count == null || count != source.count()) {
                for (LedgerEntry line : touchedBy(source, sources)) {
                    lines.put(line.key(), line);
                }
                if (source.tellsApart()) {
                    // What it says more of one kind of sound is less of another.
                    for (Source other : sources) {
                        if (other.tellsApart() && other.sensor().equals(source.sensor())) {
                            lines.put(EVIDENCE + other.key(), evidence(other));
                        }
                    }
                }
            }
        }
        return List.copyOf(lines.values());
    }

    /** The ledger {@code before} with {@code removed} taken away and {@code changed} in their places or at the end. */
    public static List<LedgerEntry> after(List<LedgerEntry> before, List<LedgerEntry> changed, List<String> removed) {
        List<LedgerEntry> after = new ArrayList<>(before.size() + changed.size());
        after.addAll(before);
        if (!removed.isEmpty()) {
            after.removeIf(line -> removed.contains(line.key()));
        }
        for (LedgerEntry line : changed) {
            int index = after.size() - 1;
            while (index >= 0 && !after.get(index).key().equals(line.key())) {
                index--;
            }
            if (index >= 0) {
                after.set(index, line);
            } else {
                after.add(line);
            }
        }
        return after;
    }

    static LedgerEntry evidence(Source source) {
        double effective = source.effective();
        EnumMap<IncidentType, Double> weights = new EnumMap<>(IncidentType.class);
        for (IncidentType hypothesis : HYPOTHESES) {
            double weight = Likelihoods.weight(source.type(), hypothesis, effective);
            if (weight != 0) {
                weights.put(hypothesis, weight);
            }
        }
        return new LedgerEntry(
                EVIDENCE + source.key(),
                LedgerKind.EVIDENCE,
                LedgerEntry.weights(weights),
                sentence(source, effective),
                source.last(),
                source.count(),
                source.detections(),
                source.evidence());
    }

    private static String sentence(Source source, double effective) {
        if (source.overflow()) {
            return "%s more claims of this type by further sources; they are counted, not weighed."
                    .formatted(Phrases.whole(source.count()));
        }
        StringBuilder sentence = new StringBuilder(source.summary());
        if (source.count() > 1 && source.strongest() > 0) {
            String ratio = Phrases.number(effective / source.strongest());
            sentence.append(" (")
                    .append(Phrases.whole(source.count()))
                    .append(" reports by one source: together they weigh ")
                    .append(ratio.equals("1") ? "no more than the strongest.)" : ratio + " times the strongest.)");
        }
        if (source.share() < 0.995) {
            sentence.append(" (This is what it took ")
                    .append(Phrases.percent(source.share()))
                    .append(" of the bangs for that it heard meanwhile.)");
        }
        if (source.lies() > 0) {
            sentence.append(" (Others contradict this sensor: it is believed to lie with ")
                    .append(Phrases.percent(source.lies()))
                    .append(", and weighs the less.)");
        }
        source.endedAt().ifPresent(at -> sentence.append(" It ended at ")
                .append(Phrases.time(at))
                .append('.'));
        return sentence.toString();
    }

    private static LedgerEntry prior(Instant at) {
        return new LedgerEntry(
                PRIOR,
                LedgerKind.PRIOR,
                PRIOR_AT_EPOCH.weights(),
                PRIOR_AT_EPOCH.sentence(),
                at,
                0,
                List.of(),
                List.of());
    }

    private static LedgerEntry priorAtEpoch() {
        EnumMap<IncidentType, Double> weights = new EnumMap<>(IncidentType.class);
        for (IncidentType hypothesis : HYPOTHESES) {
            weights.put(hypothesis, Priors.logOdds(hypothesis));
        }
        LedgerEntry line = new LedgerEntry(
                PRIOR, LedgerKind.PRIOR, LedgerEntry.weights(weights), "", Instant.EPOCH, 0, List.of(), List.of());
        Belief belief = Belief.of(List.of(line));
        StringBuilder sentence = new StringBuilder("Before any evidence: ");
        belief.hypotheses().stream().limit(3).forEach(hypothesis -> sentence.append(
                        Phrases.hypothesis(hypothesis.type()))
                .append(' ')
                .append(Phrases.percent(hypothesis.probability()))
                .append(", "));
        double rest = 1;
        for (IncidentType hypothesis : HYPOTHESES) {
            rest -= belief.probability(hypothesis);
        }
        sentence.append("nothing that matters ").append(Phrases.percent(rest)).append('.');
        return new LedgerEntry(
                PRIOR, LedgerKind.PRIOR, line.weights(), sentence.toString(), Instant.EPOCH, 0, List.of(), List.of());
    }

    private static Optional<LedgerEntry> context(SiteClass siteClass, Instant at) {
        Map<IncidentType, Double> weights = Priors.context(siteClass);
        if (weights.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder sentence = new StringBuilder("This is ")
                .append(Phrases.siteClass(siteClass))
                .append(", where more is expected than on a street of: ");
        boolean first = true;
        for (Map.Entry<IncidentType, Double> weight : weights.entrySet()) {
            sentence.append(first ? "" : ", ")
                    .append(Phrases.hypothesis(weight.getKey()))
                    .append(' ')
                    .append(Phrases.signed(weight.getValue()));
            first = false;
        }
        return Optional.of(new LedgerEntry(
                SITE_CLASS,
                LedgerKind.CONTEXT,
                LedgerEntry.weights(weights),
                sentence.append('.').toString(),
                at,
                0,
                List.of(),
                List.of()));
    }

    /** The sources that share {@code cause} with {@code one} and speak, like it, of the world or of the sensors' health. */
    private static List<Source> sharing(Source one, List<Source> sources, Function<Source, Optional<String>> cause) {
        Optional<String> shared = cause.apply(one);
        boolean health = isHealth(one);
        List<Source> sharing = new ArrayList<>();
        for (Source source : sources) {
            if (isHealth(source) == health
                    && !source.overflow()
                    && cause.apply(source).equals(shared)) {
                sharing.add(source);
            }
        }
        return sharing;
    }

    private static Optional<String> sensorCause(Source source) {
        return source.overflow()
                ? Optional.empty()
                : source.sensor().map(sensor -> (isHealth(source) ? SENSOR_HEALTH : SENSOR) + sensor);
    }

    private static Optional<String> gatewayCause(Source source) {
        return source.overflow()
                ? Optional.empty()
                : source.gateway().map(gateway -> (isHealth(source) ? GATEWAY_HEALTH : GATEWAY) + gateway);
    }

    private static boolean isHealth(Source source) {
        return source.type().domain() == DetectionDomain.HEALTH;
    }

    /**
     * What is taken off because {@code members} share {@code cause}: behind one sensor its sources weigh together as {@link
     * CommonCause} says; behind one gateway its sensors do, each with what its sources weigh together.
     */
    private static Optional<LedgerEntry> commonCause(String cause, List<Source> members) {
        boolean health = cause.startsWith(GATEWAY_HEALTH);
        boolean gateway = health || cause.startsWith(GATEWAY);
        List<double[]> units = gateway ? sensorsWeights(members) : sourcesWeights(members);
        if (units.size() < 2) {
            return Optional.empty();
        }
        double correlation =
                health ? CommonCause.SAME_GATEWAY_HEALTH : gateway ? CommonCause.SAME_GATEWAY : CommonCause.SAME_SENSOR;
        double[] together = together(units, correlation);
        EnumMap<IncidentType, Double> weights = new EnumMap<>(IncidentType.class);
        for (IncidentType hypothesis : HYPOTHESES) {
            double sum = 0;
            for (double[] unit : units) {
                sum += unit[hypothesis.ordinal()];
            }
            double correction = together[hypothesis.ordinal()] - sum;
            if (correction != 0) {
                weights.put(hypothesis, correction);
            }
        }
        String name = cause.substring(cause.indexOf('/', cause.indexOf('/') + 1) + 1);
        double counted = units.size() / (1 + (units.size() - 1) * correlation);
        boolean array = !gateway && name.startsWith(Source.ARRAY);
        String sentence = gateway
                ? "%d sensors behind gateway %s can be wrong together: they count as %s independent ones at most."
                : array
                        ? "%d claims of %s come of what the same sensors report together: they count as %s independent ones at most."
                        : "%d claims rest on sensor %s and share its errors: they count as %s independent ones at most.";
        return Optional.of(new LedgerEntry(
                cause,
                LedgerKind.COMMON_CAUSE,
                LedgerEntry.weights(weights),
                sentence.formatted(
                        units.size(), array ? name.substring(Source.ARRAY.length()) : name, Phrases.number(counted)),
                members.stream()
                        .map(Source::last)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                (int) Math.min(
                        Integer.MAX_VALUE,
                        members.stream().mapToLong(Source::count).sum()),
                List.of(),
                List.of()));
    }

    private static List<double[]> sourcesWeights(List<Source> sources) {
        List<double[]> weights = new ArrayList<>(sources.size());
        for (Source source : sources) {
            double effective = source.effective();
            double[] each = new double[HYPOTHESES.length];
            for (IncidentType hypothesis : HYPOTHESES) {
                each[hypothesis.ordinal()] = Likelihoods.weight(source.type(), hypothesis, effective);
            }
            weights.add(each);
        }
        return weights;
    }

    private static List<double[]> sensorsWeights(List<Source> sources) {
        Map<String, List<Source>> bySensor = new LinkedHashMap<>();
        for (Source source : sources) {
            bySensor.computeIfAbsent(source.sensor().orElse(source.key()), sensor -> new ArrayList<>())
                    .add(source);
        }
        List<double[]> weights = new ArrayList<>(bySensor.size());
        for (List<Source> ofOne : bySensor.values()) {
            weights.add(together(sourcesWeights(ofOne), CommonCause.SAME_SENSOR));
        }
        return weights;
    }

    /** What correlated units weigh together, what speaks for and what speaks against each hypothesis taken apart. */
    private static double[] together(List<double[]> units, double correlation) {
        double[] together = new double[HYPOTHESES.length];
        for (int h = 0; h < together.length; h++) {
            double sumFor = 0;
            double strongestFor = 0;
            double sumAgainst = 0;
            double strongestAgainst = 0;
            for (double[] unit : units) {
                double weight = unit[h];
                if (weight > 0) {
                    sumFor += weight;
                    strongestFor = Math.max(strongestFor, weight);
                } else {
                    sumAgainst -= weight;
                    strongestAgainst = Math.max(strongestAgainst, -weight);
                }
            }
            together[h] = CommonCause.effective(sumFor, strongestFor, correlation)
                    - CommonCause.effective(sumAgainst, strongestAgainst, correlation);
        }
        return together;
    }
}
