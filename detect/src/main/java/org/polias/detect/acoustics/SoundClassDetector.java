// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
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
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.observation.Observation;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.place.Place;

/**
 * Screams and breaking glass, as one microphone's edge told them apart from other sounds.
 *
 * <p><b>What it weighs.</b> The classifier's likelihood ratio L, of this class against the others, with both sides contaminated by
 * e: a sound that the classifier never learned may be taken for any class. So LR = ((1 - e) L + e) / (e L + 1 - e), at most
 * (1 - e) / e. That there was a sound at all tells nothing: something is always heard.
 *
 * <p>Reports within {@code refractory} of one belong to it, unless they weigh notably more.
 */
public record SoundClassDetector(
        Watched watched, double least, double contamination, double snr_dB, Duration refractory, double source_dB)
        implements Detector<SoundClassDetector.State> {

    public static final String NAME = "sound-class";

    /** By how much more a repeated report must weigh to be news, in nats. */
    private static final double NOTABLY = 1;
    /** Where levels are not calibrated, a scream or breaking glass is heard within this. */
    private static final double HEARD_WITHIN_M = 60;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "A scream or breaking glass, as a microphone's edge told it from other sounds.",
            List.of(
                    Parameter.number("least", "2", 0, 7, "The least weight that is reported, in nats."),
                    Parameter.number(
                            "contamination",
                            "0.02",
                            0.001,
                            0.5,
                            "The probability that a sound which the classifier does not know is taken for the class."),
                    Parameter.number("snr", "6", 0, 100, "The least signal-to-noise ratio, dB."),
                    Parameter.duration("refractory", "5s", "How long further reports belong to the same."),
                    Parameter.number(
                            "source",
                            "105",
                            60,
                            220,
                            "The level that it has at 1 m, dB with fast weighting: how far off one as loud may be.")),
            site -> site.listDatastreamSubjects(SoundClassDetector::isHeard),
            SoundClassDetector::assemble);

    /** When each class was last reported, and with what weight, by the class's code. */
    public record State(SortedMap<String, Report> last) {
        public State {
            last = Sorted.copyOf(last);
        }
    }

    /** A claim that was made. */
    public record Report(Instant at, double weight) {}

    static boolean isHeard(Datastream datastream) {
        return datastream.property().equals(ObservedProperty.SOUND_EVENT)
                && datastream.resultKind() == ResultKind.EVENT;
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        return Optional.of(new Wiring(
                new SoundClassDetector(
                        site.watchAsThing(datastream),
                        parameters.number("least"),
                        parameters.number("contamination"),
                        parameters.number("snr"),
                        parameters.duration("refractory"),
                        parameters.number("source")),
                List.of(datastream.id())));
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
        return new State(new TreeMap<>());
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading(Instant knownAt, Observation observation) ->
                observation.quality() != Quality.BAD && observation.result() instanceof Result.EventRecord record
                        ? SoundEvent.find(record)
                                .map(event -> heard(state, knownAt, observation, event))
                                .orElseGet(() -> Step.silent(state))
                        : Step.silent(state);
            case Signal.Tick ignored -> Step.silent(state);
        };
    }

    private Step<State, Detection> heard(State state, Instant knownAt, Observation observation, SoundEvent event) {
        if (event.snr_dB() < snr_dB) {
            return Step.silent(state);
        }
        TreeMap<String, Report> last = new TreeMap<>(state.last);
        List<Detection> claims = new ArrayList<>();
        for (SoundClass each : List.of(SoundClass.SCREAM, SoundClass.GLASS)) {
            double weight = LikelihoodRatio.bounded(
                    LikelihoodRatio.contaminated(event.logLikelihoodRatio(each), contamination));
            if (weight >= least && isNews(last.get(each.code()), observation.phenomenonTime(), weight)) {
                last.put(each.code(), new Report(observation.phenomenonTime(), weight));
                claims.add(claim(each, weight, knownAt, observation, event));
            }
        }
        return claims.isEmpty() ? Step.silent(state) : new Step<>(new State(last), claims);
    }

    private boolean isNews(@Nullable Report before, Instant at, double weight) {
        return before == null
                || Math.abs(Measured.seconds(before.at, at)) * 1000 >= refractory.toMillis()
                || weight > before.weight + NOTABLY;
    }

    private Detection claim(
            SoundClass soundClass, double weight, Instant knownAt, Observation observation, SoundEvent event) {
        boolean scream = soundClass == SoundClass.SCREAM;
        Place place = watched.placeOf(observation);
        double range_m = event.calibrated() ? StrictMath.pow(10, (source_dB - event.level_dB()) / 20) : HEARD_WITHIN_M;
        double sensor_m = Math.sqrt(
                Math.max(place.covariance().ee_m2(), place.covariance().nn_m2()));
        double probability = event.probabilities().getOrDefault(soundClass, 0.0);
        return Claim.on(
                        observation,
                        knownAt,
                        NAME,
                        watched,
                        scream ? DetectionType.SCREAM : DetectionType.GLASS_BREAK,
                        Phase.MOMENT)
                .weighing(weight)
                .in(Place.within(place.position(), Math.max(sensor_m, range_m)))
                .measuring("probability", probability)
                .measuring("level_dB", event.level_dB())
                .measuring("snr_dB", event.snr_dB())
                .saying(
                        "The microphone at %s heard %s, by its classifier with probability %.2f, %.0f dB over the background.",
                        watched.name(), scream ? "a scream" : "breaking glass", probability, event.snr_dB());
    }
}
