// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.detect.Claim;
import org.polias.detect.Measured;
import org.polias.detect.Signal;
import org.polias.detect.TimeDriven;
import org.polias.detect.Watched;
import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameter;
import org.polias.detect.settings.Parameters;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Subject;
import org.polias.detect.settings.Wiring;
import org.polias.model.city.Datastream;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;

/**
 * A sensor that should report at an interval does not: nothing has arrived for {@code patience}, which is {@code missed}
 * intervals and at least {@code atLeast}. Ends when it is heard again.
 *
 * <p>What counts is the arrival, not the phenomenon time. Any observation that is newer than the last is a sign of life, also one
 * of bad quality: the sensor speaks. One with an older phenomenon time is not: it says what was, perhaps replayed by someone. A
 * sensor that was never heard is not silent but unheard. Times in which the platform itself did not listen do not count.
 *
 * <p><b>What it weighs.</b> A healthy sensor's report gets lost with the probability {@code loss}, independently: all of the
 * missed ones with p = loss^missed. LR = ln(0.99 / ((1 - e) p + e)), where e = 0.02 is the probability of a harmless
 * interruption of its link of that length.
 *
 * @param missed how many intervals the patience is
 */
public record SilentSensorDetector(
        Watched watched, DatastreamId datastream, Duration interval, Duration patience, double missed, double loss)
        implements TimeDriven<SilentSensorDetector.State> {

    public static final String NAME = "sensor-silent";

    private static final double HIT_RATE = 0.99;
    private static final double CONTAMINATION = 0.02;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "A sensor that should report at an interval does not.",
            List.of(
                    Parameter.number("missed", "3", 1, 10_000, "How many intervals without a report are too many."),
                    Parameter.duration("atLeast", "10s", "The least patience, whatever the interval."),
                    Parameter.number(
                            "loss", "0.05", 0.0001, 0.9, "The probability that a report gets lost on its way.")),
            site -> site.listDatastreamSubjects(d -> d.interval().isPresent()),
            SilentSensorDetector::assemble);

    /**
     * @param heard whether it was ever heard; if not, the rest means nothing
     * @param phenomenonTime of the newest observation
     * @param observation its id
     * @param since when it arrived, or when the platform began to listen again
     * @param silent whether its silence is reported
     */
    public record State(boolean heard, Instant phenomenonTime, long observation, Instant since, boolean silent) {}

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        Duration interval = datastream.interval().orElseThrow();
        return Optional.of(new Wiring(
                new SilentSensorDetector(
                        site.watch(datastream),
                        datastream.id(),
                        interval,
                        patience(interval, parameters.number("missed"), parameters.duration("atLeast")),
                        parameters.number("missed"),
                        parameters.number("loss")),
                List.of(datastream.id())));
    }

    static Duration patience(Duration interval, double missed, Duration atLeast) {
        Duration patience = Duration.ofMillis(Math.round(interval.toMillis() * missed));
        return patience.compareTo(atLeast) < 0 ? atLeast : patience;
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
        return new State(false, Instant.EPOCH, 0, Instant.EPOCH, false);
    }

    @Override
    public Instant dueAt(State state) {
        return state.heard && !state.silent ? state.since.plus(patience) : NEVER;
    }

    @Override
    public State resumed(State state, Instant deafSince, Instant knownAt) {
        return state.heard && !state.silent
                ? new State(true, state.phenomenonTime, state.observation, knownAt, false)
                : state;
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading reading -> read(state, reading.knownAt(), reading.observation());
            case Signal.Tick tick -> tick(state, tick.knownAt());
        };
    }

    private Step<State, Detection> read(State state, Instant knownAt, Observation observation) {
        Instant at = observation.phenomenonTime();
        if (state.heard && !at.isAfter(state.phenomenonTime)) {
            return Step.silent(state);
        }
        State next = new State(true, at, observation.id().value(), knownAt, false);
        if (!state.silent) {
            return Step.silent(next);
        }
        double silence_s = Measured.seconds(state.since, knownAt);
        return new Step<>(
                next,
                List.of(Claim.on(observation, knownAt, NAME, watched, DetectionType.SENSOR_SILENT, Phase.END)
                        .measuring("silence_s", silence_s)
                        .saying("Reports from %s come again, after %.0f s.", watched.name(), silence_s)));
    }

    private Step<State, Detection> tick(State state, Instant knownAt) {
        if (!state.heard || state.silent || knownAt.isBefore(state.since.plus(patience))) {
            return Step.silent(state);
        }
        double silence_s = Measured.seconds(state.since, knownAt);
        double p = StrictMath.pow(loss, missed);
        Detection detection = Claim.at(
                        state.since.plus(interval), knownAt, NAME, watched, DetectionType.SENSOR_SILENT, Phase.BEGIN)
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, p, CONTAMINATION))
                .restingOn(new Evidence(datastream, new ObservationId(state.observation), state.phenomenonTime))
                .measuring("silence_s", silence_s)
                .measuring("interval_s", interval.toMillis() / 1000.0)
                .saying(
                        "No reports from %s for %.0f s; one should come every %s s.",
                        watched.name(), silence_s, Measured.text(interval.toMillis() / 1000.0, 3));
        return new Step<>(
                new State(true, state.phenomenonTime, state.observation, state.since, true), List.of(detection));
    }
}
