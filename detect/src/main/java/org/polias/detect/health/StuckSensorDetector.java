// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.observation.Observation;

/**
 * A sensor of a continuous quantity repeats one value: {@code times} readings in a row and for at least {@code lasting} they
 * differ from the first of them by less than the scale's step. Ends with the first that differs. The value at the bottom of the
 * scale (zero, or the lower end of the plausible range) does not count: calm and clean air stay there for long.
 *
 * <p><b>What it weighs.</b> A working sensor repeats its value with the probability {@code repeat}, independently: p =
 * repeat^(times - 1). LR = ln(0.95 / ((1 - e) p + e)), where e = 0.02 is the probability that the world itself stood still.
 *
 * @param bottom the end of the scale, at or below which values do not count
 */
public record StuckSensorDetector(
        Watched watched, String unit, double resolution, double bottom, int times, Duration lasting, double repeat)
        implements Detector<StuckSensorDetector.State> {

    public static final String NAME = "sensor-stuck";

    private static final double HIT_RATE = 0.95;
    private static final double CONTAMINATION = 0.02;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "A sensor of a continuous quantity repeats one value again and again.",
            List.of(
                    Parameter.whole("times", 60, 2, 1_000_000, "How many equal readings in a row are too many."),
                    Parameter.duration("lasting", "1h", "How long they must last as well."),
                    Parameter.number(
                            "repeat", "0.9", 0.01, 0.9999, "The probability that a working sensor repeats its value.")),
            site -> site.listDatastreamSubjects(d -> d.resultKind() == ResultKind.QUANTITY),
            StuckSensorDetector::assemble);

    /**
     * @param readings how many readings it has seen; 0: the rest means nothing
     * @param last the phenomenon time of the newest
     * @param value the first value of the present run
     * @param since the phenomenon time of the first of the run
     * @param run how many readings the run has
     * @param stuck whether it is reported
     */
    public record State(long readings, Instant last, double value, Instant since, long run, boolean stuck) {}

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        return Optional.of(new Wiring(
                new StuckSensorDetector(
                        site.watch(datastream),
                        datastream.unit(),
                        datastream.resolution(),
                        datastream.plausible().map(range -> range.low()).orElse(Double.NEGATIVE_INFINITY),
                        parameters.whole("times"),
                        parameters.duration("lasting"),
                        parameters.number("repeat")),
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
        return new State(0, Instant.EPOCH, 0, Instant.EPOCH, 0, false);
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading reading -> read(state, reading.knownAt(), reading.observation());
            case Signal.Tick ignored -> Step.silent(state);
        };
    }

    private Step<State, Detection> read(State state, Instant knownAt, Observation observation) {
        double value = Measured.valueOf(observation);
        Instant at = observation.phenomenonTime();
        if (Double.isNaN(value) || state.readings > 0 && !at.isAfter(state.last)) {
            return Step.silent(state);
        }
        if (state.readings == 0 || !isSame(state.value, value)) {
            State moved = new State(state.readings + 1, at, value, at, 1, false);
            return state.stuck
                    ? new Step<>(moved, List.of(moving(state, observation, knownAt, value)))
                    : Step.silent(moved);
        }
        long run = state.run + 1;
        boolean begins = !state.stuck
                && run >= times
                && Measured.seconds(state.since, at) * 1000 >= lasting.toMillis()
                && !isBottom(value);
        State next = new State(state.readings + 1, at, state.value, state.since, run, state.stuck || begins);
        return begins ? new Step<>(next, List.of(standing(next, observation, knownAt))) : Step.silent(next);
    }

    private boolean isSame(double a, double b) {
        return a == b || Math.abs(a - b) < resolution;
    }

    private boolean isBottom(double value) {
        return Math.abs(value) <= resolution / 2 || value <= bottom + resolution / 2;
    }

    private Detection standing(State state, Observation observation, Instant knownAt) {
        double p = StrictMath.pow(repeat, state.run - 1.0);
        double lasted_s = Measured.seconds(state.since, state.last);
        return Claim.on(observation, knownAt, NAME, watched, DetectionType.SENSOR_STUCK, Phase.BEGIN)
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, p, CONTAMINATION))
                .measuring("value", state.value)
                .measuring("repeats", state.run)
                .measuring("lasted_s", lasted_s)
                .saying(
                        "%s has reported %s %d times over %.0f s without a change.",
                        watched.name(), Measured.text(state.value, unit), state.run, lasted_s);
    }

    private Detection moving(State state, Observation observation, Instant knownAt, double value) {
        return Claim.on(observation, knownAt, NAME, watched, DetectionType.SENSOR_STUCK, Phase.END)
                .measuring("value", value)
                .measuring("repeats", state.run)
                .saying("%s moves again: %s.", watched.name(), Measured.text(value, unit));
    }
}
