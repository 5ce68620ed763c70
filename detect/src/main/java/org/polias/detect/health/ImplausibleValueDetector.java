// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.health;

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
import org.polias.model.city.Range;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.observation.Observation;

/**
 * A sensor reports what it cannot truly have: {@code outside} readings in a row lie outside the datastream's plausible range.
 * Ends after {@code good} readings in a row within it.
 *
 * <p><b>What it weighs.</b> P(so many implausible readings | the sensor is broken or lied to) = 0.9 against P(the same | it is
 * sound) = {@code glitch}^{@code outside}, contaminated by e = 0.005, the probability that the plausible range is wrong.
 */
public record ImplausibleValueDetector(
        Watched watched, String unit, Range plausible, int outside, int good, double glitch)
        implements Detector<ImplausibleValueDetector.State> {

    public static final String NAME = "sensor-implausible";

    private static final double HIT_RATE = 0.9;
    private static final double CONTAMINATION = 0.005;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "A sensor reports values outside the plausible range of its datastream.",
            List.of(
                    Parameter.whole("outside", 1, 1, 1000, "How many implausible readings in a row it takes."),
                    Parameter.whole("good", 5, 1, 1000, "How many plausible readings in a row end it."),
                    Parameter.number(
                            "glitch", "0.01", 0.000001, 0.5, "The probability of a glitch in a sound sensor.")),
            site -> site.listDatastreamSubjects(d -> d.plausible().isPresent()),
            ImplausibleValueDetector::assemble);

    /**
     * @param heard whether it was ever heard
     * @param last the phenomenon time of the newest reading that speaks for a change or against it
     * @param run how many readings in a row speak for a change: implausible ones while it is sound, plausible ones while not
     * @param implausible whether it is reported
     */
    public record State(boolean heard, Instant last, int run, boolean implausible) {}

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        return Optional.of(new Wiring(
                new ImplausibleValueDetector(
                        site.watch(datastream),
                        datastream.unit(),
                        datastream.plausible().orElseThrow(),
                        parameters.whole("outside"),
                        parameters.whole("good"),
                        parameters.number("glitch")),
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
        return new State(false, Instant.EPOCH, 0, false);
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
        if (Double.isNaN(value) || state.heard && !at.isAfter(state.last)) {
            return Step.silent(state);
        }
        if (plausible.contains(value) != state.implausible) {
            return Step.silent(new State(true, at, 0, state.implausible));
        }
        int run = state.run + 1;
        if (run < (state.implausible ? good : outside)) {
            return Step.silent(new State(true, at, run, state.implausible));
        }
        Phase phase = state.implausible ? Phase.END : Phase.BEGIN;
        return new Step<>(
                new State(true, at, 0, !state.implausible), List.of(claim(phase, value, observation, knownAt)));
    }

    private Detection claim(Phase phase, double value, Observation observation, Instant knownAt) {
        Claim claim = Claim.on(observation, knownAt, NAME, watched, DetectionType.SENSOR_IMPLAUSIBLE, phase)
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, StrictMath.pow(glitch, outside), CONTAMINATION))
                .measuring("value", value)
                .measuring("low", plausible.low())
                .measuring("high", plausible.high());
        return phase == Phase.BEGIN
                ? claim.saying(
                        "%s reports %s; it can only be from %s to %s.",
                        watched.name(),
                        Measured.text(value, unit),
                        Measured.text(plausible.low(), unit),
                        Measured.text(plausible.high(), unit))
                : claim.saying("%s reports plausible values again: %s.", watched.name(), Measured.text(value, unit));
    }
}
