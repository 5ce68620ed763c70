// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
import org.polias.model.acoustics.Listening;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.place.Place;

/**
 * A bang: a sound level L that rises out of its background further and faster than everyday sounds do.
 *
 * <p><b>Background</b> b and spread s, in O(1) and robust: the recursive M-estimator of location with Huber's clipped score
 * (Robbins and Monro 1951; Huber 1964), b += a clip(L - b, +-c), and the same for the mean absolute deviation, with
 * a = dt / (tau + dt) and c = 6 dB. A bang of any height thus lifts the background by less than 0.1 dB, while a crowd that grows
 * loud is the background after some minutes.
 *
 * <p><b>A bang</b> is a reading with L at least {@code absolute}, L - b at least {@code margin} and {@code spreads} s, and a rise
 * of at least {@code rise} over the reading before (or, where readings come less than half a second apart, over the lower of
 * the two before: the sound level meter's fast time weighting, 125 ms, spreads an onset over two of them). Readings within
 * {@code refractory} of a bang belong to it; a later one that rises again is a new bang.
 *
 * <p>Levels that come of a sound that is listened to are left out: a bang in them is a sound event as well, and would count twice.
 *
 * <p><b>What it weighs.</b> Everyday bangs (doors, crates, backfires, fireworks far away) come {@code everyday_per_h} times an
 * hour above the margin and the rarer the louder: exponentially in the excess, by 1/e for each {@code scale} decibels. With p
 * the probability of one as loud within the reference minute, LR = ln(0.9 / ((1 - e) p + e)), e = 0.001. The 0.9 is the part of
 * gunshots and explosions within the range that rise so far; which of them it is, or fireworks, this detector does not claim.
 */
public record ImpulseNoiseDetector(
        Watched watched,
        double margin_dB,
        double spreads,
        double absolute_dB,
        double rise_dB,
        Duration refractory,
        Duration adaptation,
        int warmUp,
        double everyday_per_h,
        double scale_dB,
        double source_dB)
        implements Detector<ImpulseNoiseDetector.State> {

    public static final String NAME = "impulse-noise";

    private static final double HIT_RATE = 0.9;
    private static final double CONTAMINATION = 0.001;
    private static final double CLIP_DB = 6;
    /** The standard deviation of a Gaussian over its mean absolute deviation. */
    private static final double SIGMA_PER_DEVIATION = 1.2533;
    /** Onsets are spread over several readings when these come closer than this. */
    private static final double ONSET_S = 0.5;
    /** The deviation that is assumed before any is known. */
    private static final double FIRST_DEVIATION_DB = 2;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "A sound that rises out of its background faster and further than everyday sounds do.",
            List.of(
                    Parameter.number("margin", "20", 3, 100, "The least excess over the background, dB."),
                    Parameter.number(
                            "spreads", "5", 0, 100, "The least excess, in standard deviations of the background."),
                    Parameter.number("absolute", "75", 0, 200, "The least sound level, dB(A)."),
                    Parameter.number("rise", "12", 0, 100, "The least rise over the reading before, dB."),
                    Parameter.duration("refractory", "1s", "How long what follows belongs to the same bang."),
                    Parameter.duration("adaptation", "60s", "The time constant of the background."),
                    Parameter.whole("warmUp", 5, 1, 1000, "How many readings it takes to know the background."),
                    Parameter.number("everyday", "2", 0.001, 3600, "How many everyday bangs an hour reach the margin."),
                    Parameter.number(
                            "scale", "8", 1, 100, "By how many dB more an everyday bang becomes rarer by 1/e."),
                    Parameter.number(
                            "source",
                            "140",
                            60,
                            220,
                            "The level that a shot has at 1 m, dB(A) with fast weighting: how far off one as loud may be.")),
            ImpulseNoiseDetector::listSubjects,
            ImpulseNoiseDetector::assemble);

    /**
     * @param readings how many readings it has seen; 0: the rest means nothing
     * @param last the phenomenon time of the newest
     * @param level_dB the newest level
     * @param before the phenomenon time of the one before
     * @param levelBefore_dB its level
     * @param background_dB b
     * @param deviation_dB the mean absolute deviation from b
     * @param bangs how many bangs it has reported; 0: {@code lastBang} means nothing
     */
    public record State(
            long readings,
            Instant last,
            double level_dB,
            Instant before,
            double levelBefore_dB,
            double background_dB,
            double deviation_dB,
            long bangs,
            Instant lastBang) {}

    private static List<Subject> listSubjects(SiteIndex site) {
        Set<DatastreamId> listenedTo = site.listDatastreams(d -> true).stream()
                .flatMap(d -> Listening.findLevels(d).stream())
                .collect(Collectors.toSet());
        return site.listDatastreamSubjects(d -> d.property().equals(ObservedProperty.SOUND_LEVEL)
                && d.resultKind() == ResultKind.QUANTITY
                && !listenedTo.contains(d.id()));
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        return Optional.of(new Wiring(
                new ImpulseNoiseDetector(
                        site.watch(datastream),
                        parameters.number("margin"),
                        parameters.number("spreads"),
                        parameters.number("absolute"),
                        parameters.number("rise"),
                        parameters.duration("refractory"),
                        parameters.duration("adaptation"),
                        parameters.whole("warmUp"),
                        parameters.number("everyday"),
                        parameters.number("scale"),
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
        return new State(0, Instant.EPOCH, 0, Instant.EPOCH, 0, 0, FIRST_DEVIATION_DB, 0, Instant.EPOCH);
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading reading -> read(state, reading.knownAt(), reading.observation());
            case Signal.Tick ignored -> Step.silent(state);
        };
    }

    private Step<State, Detection> read(State state, Instant knownAt, Observation observation) {
        double level_dB = Measured.valueOf(observation);
        Instant at = observation.phenomenonTime();
        if (Double.isNaN(level_dB)) {
            return Step.silent(state);
        }
        if (state.readings == 0) {
            return Step.silent(new State(
                    1, at, level_dB, at, level_dB, level_dB, state.deviation_dB, state.bangs, state.lastBang));
        }
        double passed_s = Measured.seconds(state.last, at);
        if (passed_s <= 0) {
            return Step.silent(state);
        }
        double excess_dB = level_dB - state.background_dB;
        if (isBang(state, level_dB, excess_dB, at)) {
            double rise_dB = level_dB - levelBefore_dB(state, at);
            State next = learn(state, at, level_dB, passed_s, state.bangs + 1, at);
            return new Step<>(next, List.of(bang(level_dB, excess_dB, rise_dB, state, observation, knownAt)));
        }
        return Step.silent(learn(state, at, level_dB, passed_s, state.bangs, state.lastBang));
    }

    private boolean isBang(State state, double level_dB, double excess_dB, Instant at) {
        return level_dB >= absolute_dB
                && excess_dB >= margin_dB
                && excess_dB >= spreads * SIGMA_PER_DEVIATION * state.deviation_dB
                && state.readings >= warmUp
                && level_dB - levelBefore_dB(state, at) >= rise_dB
                && (state.bangs == 0 || Measured.seconds(state.lastBang, at) * 1000 >= refractory.toMillis());
    }

    private static double levelBefore_dB(State state, Instant at) {
        return Measured.seconds(state.before, at) <= ONSET_S
                ? Math.min(state.level_dB, state.levelBefore_dB)
                : state.level_dB;
    }

    private State learn(State state, Instant at, double level_dB, double passed_s, long bangs, Instant lastBang) {
        double tau_s = adaptation.toMillis() / 1000.0;
        // A pause teaches no more than one time constant; the first readings are averaged.
        double passing_s = Math.min(passed_s, tau_s);
        double weight =
                Math.max(passing_s / (tau_s + passing_s), state.readings < warmUp ? 1.0 / (state.readings + 1) : 0);
        double excess_dB = level_dB - state.background_dB;
        double clipped_dB = Math.clamp(excess_dB, -CLIP_DB, CLIP_DB);
        double background_dB = state.background_dB + weight * clipped_dB;
        double deviation_dB = state.deviation_dB + weight * (Math.abs(clipped_dB) - state.deviation_dB);
        return new State(
                state.readings + 1,
                at,
                level_dB,
                state.last,
                state.level_dB,
                background_dB,
                deviation_dB,
                bangs,
                lastBang);
    }

    private Detection bang(
            double level_dB, double excess_dB, double rise_dB, State state, Observation observation, Instant knownAt) {
        double asLoud_per_h = everyday_per_h * StrictMath.exp(-(excess_dB - margin_dB) / scale_dB);
        double p = LikelihoodRatio.falseAlarmProbability(asLoud_per_h);
        Place place = watched.placeOf(observation);
        return Claim.on(observation, knownAt, NAME, watched, DetectionType.IMPULSE_NOISE, Phase.MOMENT)
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, p, CONTAMINATION))
                .in(Place.within(place.position(), Math.max(sigma_m(place), distance_m(level_dB))))
                .measuring("level_dB", level_dB)
                .measuring("background_dB", state.background_dB)
                .measuring("excess_dB", excess_dB)
                .measuring("rise_dB", rise_dB)
                .saying(
                        "%s rose in a bang to %.1f dB(A), %.1f dB over its background of %.1f dB(A).",
                        watched.name(), level_dB, excess_dB, state.background_dB);
    }

    /** How far away a shot is that is heard as loud: spherical spreading, 20 lg r. */
    private double distance_m(double level_dB) {
        return StrictMath.pow(10, (source_dB - level_dB) / 20);
    }

    private static double sigma_m(Place place) {
        return StrictMath.sqrt(
                Math.max(place.covariance().ee_m2(), place.covariance().nn_m2()));
    }
}
