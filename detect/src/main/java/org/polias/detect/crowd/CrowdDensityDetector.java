// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.crowd;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.polias.detect.Claim;
import org.polias.detect.Detector;
import org.polias.detect.Measured;
import org.polias.detect.Signal;
import org.polias.detect.Watched;
import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameter;
import org.polias.detect.settings.Parameters;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Subject;
import org.polias.detect.settings.Wiring;
import org.polias.model.Sorted;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.Zone;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;

/**
 * More people in a zone than is safe: density = people / walkable area against the zone's safe density. People are the sum of the
 * latest counts of the datastreams that count in the zone, each in a part of its own; counts older than {@code recent} are
 * left out. Begins at the safe density, ends at {@code clear} of it; an update when the density has changed by the part
 * {@code update} since last reported. A camera that falls silent does not end it: until it is heard again its last count stands.
 *
 * <p><b>What it weighs.</b> A count n has the variance (r n)^2 + n: the relative error r of counting by camera, and the number
 * of people who are hidden or counted twice (Poisson). The sums' variances add. With z = (people - safe people) / sigma, LR = ln of
 * P(the true number is above) / P(it is below) = ln Phi(z) / Phi(-z), with the contamination {@code contamination}, the
 * probability that a count is altogether wrong.
 */
public record CrowdDensityDetector(
        Watched watched,
        double walkable_m2,
        double safeDensity_per_m2,
        double clear,
        double update,
        Duration recent,
        double relativeError,
        double contamination)
        implements Detector<CrowdDensityDetector.State> {

    public static final String NAME = "crowd-density";

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "More people in a zone than is safe.",
            List.of(
                    Parameter.number("clear", "0.85", 0.1, 1, "The part of the safe density at which it ends."),
                    Parameter.number(
                            "update",
                            "0.2",
                            0.01,
                            10,
                            "The part by which the density must change to be reported again."),
                    Parameter.duration("recent", "60s", "How long a count stands."),
                    Parameter.number("relativeError", "0.15", 0, 1, "The relative error of a count, 1 sigma."),
                    Parameter.number(
                            "contamination", "0.01", 0.0001, 0.5, "The probability that a count is altogether wrong.")),
            CrowdDensityDetector::listZones,
            CrowdDensityDetector::assemble);

    /** The newest count of a datastream. */
    public record Latest(Instant at, double people, long observation) {}

    /** @param reported the density last reported; 0: none is */
    public record State(SortedMap<String, Latest> counts, double reported) {
        public State {
            counts = Sorted.copyOf(counts);
        }
    }

    private record Sum(double people, double variance) {
        Sum plus(double count, double relativeError) {
            return new Sum(people + count, variance + relativeError * relativeError * count * count + count);
        }
    }

    private static List<Subject> listZones(SiteIndex site) {
        return site.definition().zones().stream()
                .filter(zone -> zone.safeDensity_per_m2().isPresent())
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .map(zone -> new Subject(
                        zone.id().value(), new TreeSet<>(List.of(zone.id().value()))))
                .toList();
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Zone zone = site.zone(subject.id());
        Predicate<Datastream> counting = datastream -> datastream.property().equals(ObservedProperty.PERSON_COUNT)
                && datastream.zone().filter(zone.id()::equals).isPresent();
        List<DatastreamId> listensTo =
                site.listDatastreams(counting).stream().map(Datastream::id).toList();
        if (listensTo.isEmpty() || !(zone.walkable_m2() > 0)) {
            return Optional.empty();
        }
        return Optional.of(new Wiring(
                new CrowdDensityDetector(
                        site.watch(zone),
                        zone.walkable_m2(),
                        zone.safeDensity_per_m2().orElseThrow(),
                        parameters.number("clear"),
                        parameters.number("update"),
                        parameters.duration("recent"),
                        parameters.number("relativeError"),
                        parameters.number("contamination")),
                listensTo));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return watched.id();
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State initial() {
        return new State(new TreeMap<>(), 0);
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading reading -> read(state, reading.knownAt(), reading.observation());
            case Signal.Tick ignored -> Step.silent(state);
        };
    }

    private Step<State, Detection> read(State state, Instant knownAt, Observation observation) {
        double people = Measured.valueOf(observation);
        String datastream = observation.datastream().value();
        Instant at = observation.phenomenonTime();
        Latest before = state.counts.get(datastream);
        // A negative number of people says nothing; the implausible-value detector tells of it.
        if (!(people >= 0) || before != null && !at.isAfter(before.at)) {
            return Step.silent(state);
        }
        TreeMap<String, Latest> counts = new TreeMap<>(state.counts);
        counts.put(datastream, new Latest(at, people, observation.id().value()));

        Instant now = at;
        for (Latest latest : counts.values()) {
            now = Measured.later(now, latest.at);
        }
        boolean reporting = state.reported > 0;
        Sum sum = new Sum(0, 0);
        Sum recentSum = new Sum(0, 0);
        for (Latest latest : counts.values()) {
            sum = sum.plus(latest.people, relativeError);
            if (Measured.seconds(latest.at, now) * 1000 <= recent.toMillis()) {
                recentSum = recentSum.plus(latest.people, relativeError);
            }
        }
        double density = recentSum.people / walkable_m2;
        if (!reporting) {
            return density >= safeDensity_per_m2
                    ? reporting(Phase.BEGIN, recentSum, counts, observation, knownAt, now)
                    : Step.silent(new State(counts, 0));
        }
        double standing = sum.people / walkable_m2;
        if (standing <= safeDensity_per_m2 * clear) {
            return reporting(Phase.END, sum, counts, observation, knownAt, now);
        }
        return standing >= state.reported * (1 + update) || standing * (1 + update) <= state.reported
                ? reporting(Phase.UPDATE, sum, counts, observation, knownAt, now)
                : Step.silent(new State(counts, state.reported));
    }

    private Step<State, Detection> reporting(
            Phase phase,
            Sum sum,
            SortedMap<String, Latest> counts,
            Observation observation,
            Instant knownAt,
            Instant now) {
        double density = sum.people / walkable_m2;
        double safe = safeDensity_per_m2 * walkable_m2;
        double sigma = Math.sqrt(Math.max(1, sum.variance));
        Claim claim = Claim.at(now, knownAt, NAME, watched, DetectionType.CROWD_DENSITY, phase)
                .weighing(LikelihoodRatio.ofSide((sum.people - safe) / sigma, contamination))
                .measuring("people", sum.people)
                .measuring("peopleError", sigma)
                .measuring("density_per_m2", density)
                .measuring("safeDensity_per_m2", safeDensity_per_m2);
        for (Map.Entry<String, Latest> entry : counts.entrySet()) {
            Latest latest = entry.getValue();
            claim.restingOn(
                    new Evidence(new DatastreamId(entry.getKey()), new ObservationId(latest.observation), latest.at));
        }
        return new Step<>(
                new State(counts, phase == Phase.END ? 0 : density),
                List.of(claim.saying(
                        phase == Phase.END
                                ? "%s: %.0f people, %.1f on a square metre; up to %.1f are safe. It is over."
                                : "%s: %.0f people (±%.0f), %4$.1f on a square metre; up to %5$.1f are safe.",
                        phase == Phase.END
                                ? new Object[] {watched.name(), sum.people, density, safeDensity_per_m2}
                                : new Object[] {watched.name(), sum.people, sigma, density, safeDensity_per_m2})));
    }
}
