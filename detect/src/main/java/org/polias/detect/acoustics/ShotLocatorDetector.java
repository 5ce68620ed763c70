// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.detect.Measured;
import org.polias.detect.Signal;
import org.polias.detect.TimeDriven;
import org.polias.detect.Watched;
import org.polias.detect.acoustics.location.Locator;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameter;
import org.polias.detect.settings.Parameters;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Subject;
import org.polias.detect.settings.Wiring;
import org.polias.model.Sorted;
import org.polias.model.acoustics.SoundEvent;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.detection.Detection;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Polygon;

/**
 * Shots, explosions and fireworks, located from when a site's microphones heard them.
 *
 * <p><b>Which sounds belong together</b>, and where they were made, the {@link Locator} says, with
 * the weather that the site's sensors tell and each microphone's clock as far as it is known. The first onset is claimed at once, with
 * the wide place that one microphone can give; each further onset locates anew.
 *
 * <p><b>What it weighs.</b> For each microphone the mean, over all it heard of the source, of the classifier's log-likelihood ratio
 * of the class against all others, contaminated by {@code contamination} on both sides. Microphones that hear one sound through one
 * classifier share its errors: what speaks for the class and what speaks against it is each added up with the correlation {@code
 * correlation} (Kish's design effect), and the difference taken. Repeated shots add nothing: a classifier that is wrong about one is
 * wrong about the next.
 *
 * <p><b>The calendar</b> makes fireworks or impacts more frequent among the other sounds, which lowers a shot's ratio as far as what
 * was heard is like a firework or an impact, and no further. It raises a firework's weight by its ln odds. Whether a condition is
 * claimed never depends on it.
 *
 * <p><b>Clocks.</b> By how much onsets of well located sounds were late is kept for each microphone, and its clock corrected.
 *
 * @param microphones by their datastreams
 * @param span_s how far apart in time the onsets of one sound can be
 * @param weather the property that each of these datastreams observes
 */
public record ShotLocatorDetector(
        Watched watched,
        LocalFrame frame,
        SortedMap<String, Ear> microphones,
        SortedMap<String, String> weather,
        SortedMap<String, Spot> zones,
        List<Occasion> occasions,
        double span_s,
        double least,
        double contamination,
        double correlation,
        Duration quiet,
        double clockSigma_s,
        double source_dB)
        implements TimeDriven<ShotLocatorDetector.State> {

    public static final String NAME = "shot-locator";

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "Shots, explosions and fireworks, located from when a site's microphones heard them.",
            List.of(
                    Parameter.number("least", "2", 0, 7, "The least weight with which a condition begins, in nats."),
                    Parameter.number(
                            "contamination",
                            "0.01",
                            0.001,
                            0.5,
                            "The probability that a sound which the classifier does not know is taken for the class."),
                    Parameter.number(
                            "correlation",
                            "0.4",
                            0,
                            1,
                            "How much the errors of microphones that hear one sound have in common."),
                    Parameter.duration("quiet", "10s", "After this time without a further sound the condition ends."),
                    Parameter.duration(
                            "clockError", "2ms", "The usual error of a microphone's clock, one standard deviation."),
                    Parameter.number(
                            "source",
                            "140",
                            60,
                            220,
                            "The level that a shot has at 1 m, dB with fast weighting: how far off one as loud may be.")),
            SiteIndex::listSiteSubject,
            ShotLocatorDetector::assemble);

    /** A microphone, and where it stands on the site's plane. */
    public record Ear(Watched watched, Offset place) {}

    /** A zone by its name and shape. */
    public record Spot(String name, Polygon shape) {}

    /**
     * @param recent what was heard within the time in which one sound can arrive, in the order of the onsets
     * @param skipped onsets since it was last located
     * @param episodes what goes on
     * @param clocks of the microphones, by their datastreams
     * @param air the latest weather, by property
     */
    public record State(
            List<Heard> recent,
            int skipped,
            List<Episode> episodes,
            SortedMap<String, ClockTrack> clocks,
            SortedMap<String, Sample> air) {

        public State {
            recent = List.copyOf(recent);
            episodes = List.copyOf(episodes);
            clocks = Sorted.copyOf(clocks);
            air = Sorted.copyOf(air);
        }
    }

    /** A reading of the weather. */
    public record Sample(Instant at, double value) {}

    /**
     * An onset at a microphone.
     *
     * @param east_m of the microphone, on the site's plane
     * @param isLevelKnown whether {@code level_dB} is a sound pressure level
     * @param slot of the episode to which it belongs; -1 while to none
     * @param sound when the sound was made to which it belongs
     * @param isTrusted whether it tells of the microphone's clock
     * @param late_s by how much it came later than it was due by a right clock
     */
    public record Heard(
            String datastream,
            long observation,
            Instant at,
            double east_m,
            double north_m,
            double sigma_s,
            double level_dB,
            boolean isLevelKnown,
            Kinds kinds,
            int slot,
            Instant sound,
            boolean isTrusted,
            double late_s) {

        Heard belongingTo(int nextSlot, Instant nextSound, boolean trusted, double nextLate_s) {
            return new Heard(
                    datastream,
                    observation,
                    at,
                    east_m,
                    north_m,
                    sigma_s,
                    level_dB,
                    isLevelKnown,
                    kinds,
                    nextSlot,
                    nextSound,
                    trusted,
                    nextLate_s);
        }
    }

    public ShotLocatorDetector {
        microphones = Sorted.copyOf(microphones);
        weather = Sorted.copyOf(weather);
        zones = Sorted.copyOf(zones);
        occasions = List.copyOf(occasions);
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        TreeMap<String, Ear> microphones = new TreeMap<>();
        TreeMap<String, String> weather = new TreeMap<>();
        List<DatastreamId> listensTo = new ArrayList<>();
        for (Datastream datastream : site.listDatastreams(SoundClassDetector::isHeard)) {
            Watched watched = site.watchAsThing(datastream);
            microphones.put(
                    datastream.id().value(),
                    new Ear(watched, site.frame().toOffset(watched.place().position())));
            listensTo.add(datastream.id());
        }
        if (microphones.isEmpty()) {
            return Optional.empty();
        }
        for (Datastream datastream : site.listDatastreams(each -> isWeather(each.property()))) {
            weather.put(datastream.id().value(), datastream.property());
            listensTo.add(datastream.id());
        }
        TreeMap<String, Spot> zones = new TreeMap<>();
        site.definition().zones().forEach(zone -> zones.put(zone.id().value(), new Spot(zone.name(), zone.shape())));
        return Optional.of(new Wiring(
                new ShotLocatorDetector(
                        site.watchSite(),
                        site.frame(),
                        microphones,
                        weather,
                        zones,
                        Occasion.listOf(site.definition()),
                        Locator.span_s(
                                microphones.values().stream().map(Ear::place).toList()),
                        parameters.number("least"),
                        parameters.number("contamination"),
                        parameters.number("correlation"),
                        parameters.duration("quiet"),
                        parameters.duration("clockError").toNanos() * 1e-9,
                        parameters.number("source")),
                listensTo));
    }

    private static boolean isWeather(String property) {
        return property.equals(ObservedProperty.AIR_TEMPERATURE)
                || property.equals(ObservedProperty.WIND_SPEED)
                || property.equals(ObservedProperty.WIND_DIRECTION);
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
        return new State(List.of(), 0, List.of(), new TreeMap<>(), new TreeMap<>());
    }

    @Override
    public Instant dueAt(State state) {
        Instant due = NEVER;
        for (Episode episode : state.episodes) {
            Instant ends = episode.lastKnownAt().plus(quiet);
            due = ends.isBefore(due) ? ends : due;
        }
        return due;
    }

    @Override
    public State resumed(State state, Instant deafSince, Instant knownAt) {
        // What was not heard while nobody listened is over anyway.
        return state;
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Tick(Instant knownAt) ->
                knownAt.isBefore(dueAt(state)) ? Step.silent(state) : new ShotStep(this, state, knownAt).end();
            case Signal.Reading(Instant knownAt, Observation observation) -> read(state, knownAt, observation);
        };
    }

    private Step<State, Detection> read(State state, Instant knownAt, Observation observation) {
        String datastream = observation.datastream().value();
        String property = weather.get(datastream);
        if (property != null) {
            return weather(state, observation, property);
        }
        Ear ear = microphones.get(datastream);
        if (ear == null
                || observation.quality() == Quality.BAD
                || !(observation.result() instanceof Result.EventRecord record)) {
            return Step.silent(state);
        }
        Optional<SoundEvent> event = SoundEvent.find(record);
        return event.isPresent()
                ? new ShotStep(this, state, knownAt).hear(observation, ear, event.get())
                : Step.silent(state);
    }

    private static Step<State, Detection> weather(State state, Observation observation, String property) {
        double value = Measured.valueOf(observation);
        Sample known = state.air.get(property);
        if (Double.isNaN(value)
                || known != null && !observation.phenomenonTime().isAfter(known.at)) {
            return Step.silent(state);
        }
        TreeMap<String, Sample> air = new TreeMap<>(state.air);
        air.put(property, new Sample(observation.phenomenonTime(), value));
        return Step.silent(new State(state.recent, state.skipped, state.episodes, state.clocks, air));
    }
}
