// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.polias.fuse.belief.CommonCause;
import org.polias.fuse.belief.Likelihoods;
import org.polias.fuse.belief.Source;
import org.polias.fuse.language.Phrases;
import org.polias.fuse.site.SensorSpot;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.Spot;
import org.polias.fuse.trust.Reporter;
import org.polias.fuse.trust.Roster;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.place.Covariance;

/**
 * That sensors which should have noticed did not. Of a sensor with the range r (1 sigma) at the distance d from a place that is uncertain by s
 * it is expected with
 *
 * <pre>
 *   p = 0.9 r2 / (r2 + s2) exp(-d2 / (2 (r2 + s2)))
 * </pre>
 *
 * that it reports a condition C which holds there. Its silence weighs ln((1 - p P(C|h)) / (1 - p P(C|0))) for the hypothesis h. Sensors are
 * silent together where something stands in the way: theirs are correlated with {@value #CORRELATION}.
 *
 * <p>Only what carries to every sensor in range is asked for: bangs. Only of sensors that can tell of it and are healthy. What one detector claims
 * of a whole site rests on all its sensors; it has weighed their silence itself.
 */
public final class Absence {

    /** The key of a line begins with this; the type follows. */
    public static final String KEY = "absence/";

    /** How long after the first claim silence begins to count: sound needs a second for 340 m, and networks as long. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final double DETECTS = 0.9;
    private static final double CORRELATION = 0.3;
    /** Less is expected of no sensor that is asked. */
    private static final double LEAST_EXPECTED = 0.1;
    /** Squared standard deviations at which 0.9 exp(-d2/2) falls below {@link #LEAST_EXPECTED}, and a little more. */
    private static final double BEYOND_2 = 4.5;

    /** A claim of the same field so long before or after counts as having noticed. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10);

    private static final IncidentType[] HYPOTHESES = IncidentType.values();

    /**
     * Who was silent.
     *
     * @param type of what
     * @param expected how many reports were to be expected of them
     * @param sensors how many they are
     * @param line of the ledger
     */
    public record Silent(DetectionType type, double expected, int sensors, LedgerEntry line) {}

    private Absence() {}

    /** Who should have noticed what {@code sources} claim at {@code spot} and did not; empty where nobody is to be expected. */
    public static Optional<Silent> of(
            List<Source> sources, Spot spot, SiteModel site, Roster roster, List<SilentStream> silent) {
        Optional<Source> strongest = strongest(sources);
        if (strongest.isEmpty() || !spot.located()) {
            return Optional.empty();
        }
        Source telling = strongest.get();
        Set<String> noticed = new HashSet<>();
        for (Source source : sources) {
            source.sensor().ifPresent(noticed::add);
        }
        Set<String> unwell = new HashSet<>();
        for (SilentStream stream : silent) {
            unwell.add(stream.datastream());
        }
        List<Double> expected = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (SensorSpot sensor : site.sensors().values()) {
            if (isBeyond(sensor, spot)) {
                continue;
            }
            String name = sensor.sensor().value();
            if (!noticed.contains(name)
                    && !unwell.contains(sensor.datastream().value())
                    && canTell(sensor, telling.type(), roster)
                    && !claimedNear(roster.find(name), telling.last())
                    && asked.add(name)) {
                double p = expected(sensor, spot);
                if (p >= LEAST_EXPECTED) {
                    expected.add(p);
                }
            }
        }
        return expected.isEmpty() ? Optional.empty() : Optional.of(silent(telling, expected));
    }

    private static Silent silent(Source telling, List<Double> expected) {
        EnumMap<IncidentType, Double> weights = new EnumMap<>(IncidentType.class);
        double nothing = Likelihoods.givenNothing(telling.type());
        for (IncidentType hypothesis : HYPOTHESES) {
            double sum = 0;
            double strongest = 0;
            for (double p : expected) {
                double against = StrictMath.log(1 - p * nothing)
                        - StrictMath.log(1 - p * Likelihoods.given(telling.type(), hypothesis));
                sum += against;
                strongest = Math.max(strongest, against);
            }
            double weight = -CommonCause.effective(sum, strongest, CORRELATION);
            if (weight != 0) {
                weights.put(hypothesis, weight);
            }
        }
        double reports = expected.stream().mapToDouble(Double::doubleValue).sum();
        int sensors = expected.size();
        String sentence = sensors == 1
                ? "A healthy sensor near by that should have noticed it did not report it."
                : "%d healthy sensors near by did not report it; about %s of them should have noticed."
                        .formatted(sensors, Phrases.number(reports));
        return new Silent(
                telling.type(),
                reports,
                sensors,
                new LedgerEntry(
                        KEY + telling.type().code(),
                        LedgerKind.ABSENCE,
                        LedgerEntry.weights(weights),
                        sentence,
                        telling.last(),
                        sensors,
                        List.of(),
                        List.of()));
    }

    /** The source that speaks loudest of what carries, of those that rest on one sensor. */
    private static Optional<Source> strongest(List<Source> sources) {
        Optional<Source> strongest = Optional.empty();
        for (Source source : sources) {
            if (source.tellsApart()) {
                if (strongest.isEmpty() || source.effective() > strongest.get().effective()) {
                    strongest = Optional.of(source);
                }
            } else if (source.type().isBang() && !source.restsOnOneSensor()) {
                return Optional.empty();
            }
        }
        return strongest;
    }

    private static boolean canTell(SensorSpot sensor, DetectionType type, Roster roster) {
        return sensor.reports().contains(type.code())
                || roster.find(sensor.sensor().value())
                        .map(reporter -> reporter.types().contains(type.code()))
                        .orElse(false);
    }

    private static boolean claimedNear(Optional<Reporter> reporter, Instant time) {
        return reporter.isPresent()
                && Duration.between(reporter.get().lastClaim(), time).abs().compareTo(NOTICED_WITHIN) <= 0;
    }

    /** Whether a sensor is so far off that nothing is expected of it: most of a site's are. */
    private static boolean isBeyond(SensorSpot sensor, Spot spot) {
        double east = sensor.at().east_m() - spot.offset().east_m();
        double north = sensor.at().north_m() - spot.offset().north_m();
        double range2 = sensor.range_m() * sensor.range_m();
        double widest2 = range2
                + Math.max(spot.covariance().ee_m2(), spot.covariance().nn_m2())
                + Math.abs(spot.covariance().en_m2());
        return east * east + north * north > BEYOND_2 * widest2;
    }

    /** How probable it is that the sensor reports what holds at {@code spot}. */
    static double expected(SensorSpot sensor, Spot spot) {
        double range2 = sensor.range_m() * sensor.range_m();
        Covariance s = spot.covariance().plus(new Covariance(range2, 0, range2));
        double d2 = s.mahalanobisSquared(sensor.at().minus(spot.offset()));
        return DETECTS * range2 / Math.sqrt(s.determinant_m4()) * StrictMath.exp(-d2 / 2);
    }
}
