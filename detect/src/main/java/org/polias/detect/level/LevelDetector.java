// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.level;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.detect.Claim;
import org.polias.detect.Detector;
import org.polias.detect.Measured;
import org.polias.detect.Signal;
import org.polias.detect.Watched;
import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.likelihood.Tails;
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
 * A quantity beyond its limit, or changing too fast.
 *
 * <p><b>Level</b> with hysteresis: begins when the value has been at or beyond {@code raise} for {@code hold}, ends when it has
 * been back behind {@code clear} for {@code hold}; an update when the excess over {@code usual} has changed by the part
 * {@code update} since last reported or a gas has reached another exposure level.
 *
 * <p><b>Rate</b>: the Theil-Sen slope over {@code rateWindow}; begins at {@code rateRaise}, ends at half of it. Of a gas only a
 * rise counts, of other quantities a fall as well.
 *
 * <p><b>What it weighs.</b> Usual values are Gaussian about {@code usual} with the standard deviation {@code spread}, which also
 * holds the sensor's error: p = Q((x - usual) / spread). LR = ln(h / ((1 - e) p + e)) with the hit rate h = 0.95 and the
 * contamination e = {@code contamination}, the share of harmless causes such as cleaning agents, exhaust or a drifted sensor.
 * Standard spread: half the way from usual to the limit. Of a rate the same with usual 0, spread half the limit, and the
 * standard error of the slope added in squares. The weight of each phase is that of the whole condition so far, not more on top.
 *
 * @param limits the exposure levels, of a gas
 * @param sign 1 where values above the limit are reported, -1 where those below are
 * @param raise infinite where no level is watched, like {@code rateRaise_per_min}
 */
public record LevelDetector(
        Watched watched,
        String unit,
        Optional<GasLimits> limits,
        double sign,
        double raise,
        double clear,
        double usual,
        double spread,
        Duration hold,
        double update,
        double rateRaise_per_min,
        Duration rateWindow,
        double contamination)
        implements Detector<LevelDetector.State> {

    public static final String NAME = "level";

    private static final double HIT_RATE = 0.95;
    /** A rate ends at this part of its limit. */
    private static final double RATE_CLEAR = 0.5;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "A quantity beyond its limit (with hysteresis), or changing too fast.",
            List.of(
                    Parameter.choice("side", List.of("above", "below"), "On which side of the limit it is unsafe."),
                    Parameter.number(
                            "raise",
                            "",
                            -1e12,
                            1e12,
                            "The limit, in the datastream's unit. Standard: 30 ppm of ammonia (AEGL-1), 83 ppm of carbon monoxide (AEGL-2, 60 min), none otherwise."),
                    Parameter.number(
                            "clear",
                            "",
                            -1e12,
                            1e12,
                            "Where it ends. Standard: a fifth of the way back from the limit to usual."),
                    Parameter.number(
                            "usual",
                            "",
                            -1e12,
                            1e12,
                            "The usual value. Standard: 0 of a gas, else half the limit where that is positive and side is above, else the limit less (or plus) 3."),
                    Parameter.number(
                            "spread",
                            "",
                            1e-12,
                            1e12,
                            "The standard deviation of usual values. Standard: half the way from usual to the limit."),
                    Parameter.duration("hold", "0s", "How long the value must be beyond (or back) to count."),
                    Parameter.number(
                            "update",
                            "0.5",
                            0.01,
                            100,
                            "The part by which the excess must change to be reported again."),
                    Parameter.number(
                            "rateRaise",
                            "",
                            1e-12,
                            1e12,
                            "The limit of change, in units per minute. Standard: 10 of ammonia, 20 of carbon monoxide, none otherwise."),
                    Parameter.duration("rateWindow", "2min", "The time over which the change is measured."),
                    Parameter.number(
                            "contamination",
                            "0.005",
                            0.0001,
                            0.5,
                            "The probability that a harmless cause explains a value beyond the limit.")),
            site -> site.listDatastreamSubjects(
                    d -> d.resultKind() == ResultKind.QUANTITY || d.resultKind() == ResultKind.COUNT),
            LevelDetector::assemble);

    /**
     * @param readings how many readings it has seen; 0: the rest means nothing
     * @param last the phenomenon time of the newest
     * @param raised whether the level is reported
     * @param turning whether the last values speak for the other state, since {@code turningSince}
     * @param reported the value last reported
     * @param samples of the rate's window
     * @param changing whether the rate is reported
     * @param reportedRate the rate last reported
     */
    public record State(
            long readings,
            Instant last,
            boolean raised,
            boolean turning,
            Instant turningSince,
            double reported,
            List<Trend.Sample> samples,
            boolean changing,
            double reportedRate) {
        public State {
            samples = List.copyOf(samples);
        }
    }

    /** @throws IllegalArgumentException if the limits contradict each other */
    public LevelDetector {
        if (Double.isFinite(raise) && !(sign * clear <= sign * raise)) {
            throw new IllegalArgumentException(
                    "clear is %s and raise is %s.%nMaybe exchange them: the condition ends on the safe side of its limit."
                            .formatted(clear, raise));
        }
        if (Double.isFinite(raise) && !(sign * usual < sign * raise)) {
            throw new IllegalArgumentException(
                    "usual is %s and raise is %s.%nMaybe set side: the usual value lies on the safe side of the limit."
                            .formatted(usual, raise));
        }
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        Datastream datastream = site.datastream(subject.id());
        Optional<GasLimits> gas = GasLimits.find(datastream.property());
        double sign = parameters.choice("side").equals("above") ? 1 : -1;
        double raise = parameters
                .findNumber("raise")
                .or(() -> gas.map(GasLimits::alarm_ppm))
                .orElse(sign * Double.POSITIVE_INFINITY);
        double rateRaise = parameters
                .findNumber("rateRaise")
                .or(() -> gas.map(GasLimits::rate_ppm_per_min))
                .orElse(Double.POSITIVE_INFINITY);
        if (Double.isInfinite(raise) && Double.isInfinite(rateRaise)) {
            return Optional.empty();
        }
        boolean limited = Double.isFinite(raise);
        double fallback = raise > 0 && sign > 0 ? raise / 2 : raise - 3 * sign;
        double usual = parameters.findNumber("usual").orElse(gas.isPresent() || !limited ? 0 : fallback);
        return Optional.of(new Wiring(
                new LevelDetector(
                        site.watch(datastream),
                        datastream.unit(),
                        gas,
                        sign,
                        raise,
                        parameters.findNumber("clear").orElse(limited ? raise - (raise - usual) / 5 : raise),
                        usual,
                        parameters.findNumber("spread").orElse(limited ? Math.abs(raise - usual) / 2 : 1),
                        parameters.duration("hold"),
                        parameters.number("update"),
                        rateRaise,
                        parameters.duration("rateWindow"),
                        parameters.number("contamination")),
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
        return new State(0, Instant.EPOCH, false, false, Instant.EPOCH, 0, List.of(), false, 0);
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
        // Mostly nothing happens: the list is made when something does.
        List<Detection> detections = List.of();

        boolean raised = state.raised;
        boolean turning = false;
        Instant turningSince = state.turningSince;
        double reported = state.reported;
        boolean beyond = raised ? sign * value > sign * clear : sign * value >= sign * raise;
        if (beyond != raised) {
            turningSince = state.turning ? state.turningSince : at;
            turning = Measured.seconds(turningSince, at) < hold.toMillis() / 1000.0;
            if (!turning) {
                raised = beyond;
                reported = value;
                detections = with(detections, level(raised ? Phase.BEGIN : Phase.END, value, observation, knownAt));
            }
        } else if (raised && isNotable(reported, value)) {
            reported = value;
            detections = with(detections, level(Phase.UPDATE, value, observation, knownAt));
        }

        List<Trend.Sample> samples = state.samples;
        boolean changing = state.changing;
        double reportedRate = state.reportedRate;
        if (Double.isFinite(rateRaise_per_min)) {
            double window_s = rateWindow.toMillis() / 1000.0;
            samples = Trend.add(state.samples, at, value, window_s);
            if (samples != state.samples && Trend.isKnown(samples, window_s)) {
                Trend trend = Trend.of(samples);
                double rate = limits.isPresent() ? trend.perMinute() : Math.abs(trend.perMinute());
                Optional<Phase> phase = phaseOfRate(state, rate);
                if (phase.isPresent()) {
                    changing = phase.get() != Phase.END;
                    reportedRate = rate;
                    detections = with(detections, rate(phase.get(), trend, rate, value, observation, knownAt));
                }
            }
        }
        return new Step<>(
                new State(
                        state.readings + 1,
                        at,
                        raised,
                        turning,
                        turningSince,
                        reported,
                        samples,
                        changing,
                        reportedRate),
                detections);
    }

    private Optional<Phase> phaseOfRate(State state, double rate) {
        if (!state.changing) {
            return rate >= rateRaise_per_min ? Optional.of(Phase.BEGIN) : Optional.empty();
        }
        if (rate <= rateRaise_per_min * RATE_CLEAR) {
            return Optional.of(Phase.END);
        }
        return rate >= state.reportedRate * (1 + update) ? Optional.of(Phase.UPDATE) : Optional.empty();
    }

    private boolean isNotable(double reported, double value) {
        double before = sign * (reported - usual);
        double now = sign * (value - usual);
        return now >= before * (1 + update)
                || now * (1 + update) <= before
                || limits.isPresent()
                        && limits.get().levelOf(reported) != limits.get().levelOf(value);
    }

    private Detection level(Phase phase, double value, Observation observation, Instant knownAt) {
        DetectionType type = limits.isPresent() ? DetectionType.GAS_LEVEL : DetectionType.LEVEL;
        double p = Tails.normalUpper(sign * (value - usual) / spread);
        Claim claim = Claim.on(observation, knownAt, NAME, watched, type, phase)
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, p, contamination))
                .measuring("value", value)
                .measuring("limit", raise);
        if (phase == Phase.END) {
            return claim.saying("%s is back at %s; the limit is %s.", watched.name(), text(value), text(raise));
        }
        int level = limits.map(gas -> gas.levelOf(value)).orElse(0);
        if (level > 0) {
            claim.measuring("aegl", level);
        }
        return claim.saying(
                "%s is %s%s, %s the limit of %s.",
                watched.name(), text(value), level > 0 ? " (AEGL-" + level + ")" : "", relation(value), text(raise));
    }

    private Detection rate(
            Phase phase, Trend trend, double rate, double value, Observation observation, Instant knownAt) {
        DetectionType type = limits.isPresent() ? DetectionType.GAS_RATE : DetectionType.RATE_OF_CHANGE;
        double p = Tails.normalUpper(rate / Math.hypot(rateRaise_per_min / 2, trend.error()));
        return Claim.on(observation, knownAt, NAME, watched, type, phase)
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, p, contamination))
                .measuring("value", value)
                .measuring("rate_per_min", trend.perMinute())
                .measuring("rateError_per_min", trend.error())
                .measuring("limit_per_min", rateRaise_per_min)
                .saying(
                        phase == Phase.END
                                ? "%s changes by only %s a minute now, at %s."
                                : "%s changes by %s a minute, now %s.",
                        watched.name(),
                        (trend.perMinute() > 0 ? "+" : "") + text(trend.perMinute()),
                        text(value));
    }

    private String relation(double value) {
        if (sign * value < sign * raise) {
            return "not yet clear of";
        }
        return sign > 0 ? "above" : "below";
    }

    private String text(double value) {
        return Measured.text(value, unit);
    }

    private static List<Detection> with(List<Detection> detections, Detection more) {
        List<Detection> all = new ArrayList<>(detections);
        all.add(more);
        return all;
    }
}
