// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.polias.detect.Claim;
import org.polias.detect.Measured;
import org.polias.detect.Signal;
import org.polias.detect.TimeDriven;
import org.polias.detect.Watched;
import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.detect.likelihood.Tails;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameter;
import org.polias.detect.settings.Parameters;
import org.polias.detect.settings.SiteIndex;
import org.polias.detect.settings.Subject;
import org.polias.detect.settings.Wiring;
import org.polias.model.city.Asset;
import org.polias.model.city.Datastream;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;

/**
 * Many more network alerts at one asset than it usually has: those whose destination (else source) has the asset's address. For
 * each network sensor one more of these counts the alerts at no known asset.
 *
 * <p><b>Count.</b> n alerts within a sliding {@code window}, by their phenomenon times, in twelve slices; one that is older than
 * the window is left out.
 *
 * <p><b>Usual rate.</b> A gamma prior of {@code usual} alerts an hour that is worth {@code prior} of observation, and what was
 * counted since, forgotten with the time constant {@code memory}: mu = (usual prior + alerts) / (prior + time). A slice is
 * learned when it leaves the window, as no more than ten times what was usual, so that an attack does not at once become
 * usual and a lasting change does.
 *
 * <p><b>Burst.</b> Surprise S = -ln P(at least n | Poisson, mu window) ("Poisson surprise", Legendy and Salcman 1985). Begins
 * at S of at least {@code surprise} and n of at least {@code least}; an update when n has doubled since last reported; ends when
 * S is below a third of {@code surprise}, at the latest when no alert has arrived for a window.
 *
 * <p><b>What it weighs.</b> LR = ln(0.8 / ((1 - e) exp(-S) + e)), e = 0.05: a noisy rule, a scanner of one's own, a backup.
 *
 * @param asset the id of the asset, or empty: alerts at no known asset
 */
public record AlertBurstDetector(
        Watched watched,
        AddressBook book,
        String asset,
        Duration window,
        double usual_per_h,
        Duration prior,
        Duration memory,
        double surprise,
        int least)
        implements TimeDriven<AlertBurstDetector.State> {

    public static final String NAME = "alert-burst";

    private static final double HIT_RATE = 0.8;
    private static final double CONTAMINATION = 0.05;
    private static final int SLICES = 12;
    /** A burst ends at this part of the surprise at which it begins. */
    private static final double CLEAR = 1 / 3.0;
    /** No slice teaches more than so many times what was usual. */
    private static final double LARGEST_LESSON = 10;

    private static final double SECONDS_PER_HOUR = 3600;

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "Many more network alerts at one asset (or of one sensor, at no known asset) than usual.",
            List.of(
                    Parameter.duration("window", "60s", "The time within which alerts are counted."),
                    Parameter.number("usual", "6", 0.001, 1e6, "Alerts an hour that are assumed before any are known."),
                    Parameter.duration("prior", "1h", "How much observation that assumption is worth."),
                    Parameter.duration("memory", "1d", "The time constant with which the usual rate is forgotten."),
                    Parameter.number(
                            "surprise", "13.8", 1, 1000, "The least surprise, in nats; 13.8 is 1 in 1,000,000."),
                    Parameter.whole("least", 5, 2, 1_000_000, "The least number of alerts.")),
            AlertBurstDetector::listSubjects,
            AlertBurstDetector::assemble);

    /**
     * @param alerts how many it has counted in all; 0: the rest means nothing
     * @param head the start of the newest slice
     * @param slices how many alerts each slice has, the newest last
     * @param learned the alerts learned, and partly forgotten
     * @param learnedTime_s the time in which they came, and partly forgotten
     * @param lastArrival when the newest arrived
     * @param reported how many alerts were last reported; 0: no burst is
     */
    public record State(
            long alerts,
            Instant head,
            List<Integer> slices,
            double learned,
            double learnedTime_s,
            Instant lastArrival,
            int reported) {
        public State {
            slices = List.copyOf(slices);
        }

        int counted() {
            int sum = 0;
            for (int slice : slices) {
                sum += slice;
            }
            return sum;
        }
    }

    private static List<Subject> listSubjects(SiteIndex site) {
        if (site.listDatastreams(SuricataAlertDetector::isNetwork).isEmpty()) {
            return List.of();
        }
        List<Subject> subjects = new ArrayList<>(site.listDatastreamSubjects(SuricataAlertDetector::isNetwork));
        for (Asset asset : site.definition().assets()) {
            String id = asset.id().value();
            // An asset that is called as the sensor is taken for the sensor.
            if (!asset.addresses().isEmpty()
                    && subjects.stream().noneMatch(sensor -> sensor.id().equals(id))) {
                subjects.add(new Subject(id, new TreeSet<>(List.of(id))));
            }
        }
        return subjects;
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        List<DatastreamId> networks = site.listDatastreams(SuricataAlertDetector::isNetwork).stream()
                .map(Datastream::id)
                .toList();
        boolean ofSensor = networks.stream().anyMatch(id -> id.value().equals(subject.id()));
        if (!ofSensor) {
            for (String address : site.asset(subject.id()).addresses()) {
                if (!AddressBook.isReadable(address)) {
                    throw new IllegalArgumentException(
                            "the address '%s' is neither an IP address nor a network.%nMaybe write it as 10.20.0.5, 10.20.0.0/16 or 2001:db8::/32."
                                    .formatted(address));
                }
            }
        }
        return Optional.of(new Wiring(
                new AlertBurstDetector(
                        ofSensor ? site.watch(site.datastream(subject.id())) : site.watch(site.asset(subject.id())),
                        AddressBook.of(site),
                        ofSensor ? "" : subject.id(),
                        parameters.duration("window"),
                        parameters.number("usual"),
                        parameters.duration("prior"),
                        parameters.duration("memory"),
                        parameters.number("surprise"),
                        parameters.whole("least")),
                ofSensor ? List.of(new DatastreamId(subject.id())) : networks));
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
        return new State(0, Instant.EPOCH, List.of(), 0, 0, Instant.EPOCH, 0);
    }

    @Override
    public Instant dueAt(State state) {
        return state.reported > 0 ? state.lastArrival.plus(window) : NEVER;
    }

    @Override
    public State resumed(State state, Instant deafSince, Instant knownAt) {
        return state.reported > 0
                ? new State(
                        state.alerts,
                        state.head,
                        state.slices,
                        state.learned,
                        state.learnedTime_s,
                        knownAt,
                        state.reported)
                : state;
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading reading ->
                Alert.find(reading)
                        .filter(alert -> alert.findAsset(book)
                                .map(Watched::id)
                                .orElse("")
                                .equals(asset))
                        .map(alert -> count(state, reading))
                        .orElseGet(() -> Step.silent(state));
            case Signal.Tick(Instant knownAt) -> tick(state, knownAt);
        };
    }

    private Step<State, Detection> tick(State state, Instant knownAt) {
        if (state.reported == 0 || knownAt.isBefore(state.lastArrival.plus(window))) {
            return Step.silent(state);
        }
        State over = new State(
                state.alerts, state.head, state.slices, state.learned, state.learnedTime_s, state.lastArrival, 0);
        return new Step<>(
                over,
                List.of(Claim.at(knownAt, knownAt, NAME, watched, DetectionType.NETWORK_ALERT_BURST, Phase.END)
                        .measuring("alerts", 0)
                        .saying("No more network alerts at %s for %d s.", watched.name(), window.toSeconds())));
    }

    private Step<State, Detection> count(State state, Signal.Reading reading) {
        Instant at = reading.observation().phenomenonTime();
        double slice_s = window.toMillis() / 1000.0 / SLICES;
        State moved = state.alerts == 0 ? first(at) : moveTo(state, at, slice_s);
        int age = (int) Math.min(SLICES, Math.max(0, Math.ceil(-Measured.seconds(moved.head, at) / slice_s)));
        if (age >= SLICES) {
            return Step.silent(state);
        }
        List<Integer> slices = new ArrayList<>(moved.slices);
        slices.set(SLICES - 1 - age, slices.get(SLICES - 1 - age) + 1);
        State counted = new State(
                state.alerts + 1,
                moved.head,
                slices,
                moved.learned,
                moved.learnedTime_s,
                reading.knownAt(),
                state.reported);
        return judge(counted, reading);
    }

    private State first(Instant at) {
        List<Integer> slices = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            slices.add(0);
        }
        return new State(0, at, slices, 0, 0, Instant.EPOCH, 0);
    }

    /** The window moved on until its newest slice holds {@code at}; what leaves it is learned. */
    private State moveTo(State state, Instant at, double slice_s) {
        double ahead = Math.floor(Measured.seconds(state.head, at) / slice_s);
        if (ahead < 1) {
            return state;
        }
        double learned = state.learned;
        double time_s = state.learnedTime_s;
        double memory_s = memory.toMillis() / 1000.0;
        double keep = StrictMath.exp(-slice_s / memory_s);
        List<Integer> slices = new ArrayList<>(state.slices);
        int shifts = (int) Math.min(ahead, SLICES);
        for (int i = 0; i < shifts; i++) {
            double most = Math.max(1, LARGEST_LESSON * rate_per_s(learned, time_s) * slice_s);
            learned = learned * keep + Math.min(slices.removeFirst(), most);
            time_s = time_s * keep + slice_s;
            slices.add(0);
        }
        if (ahead > shifts) {
            // The rest of the pause was empty: forgotten in closed form, not slice by slice.
            double empty_s = (ahead - shifts) * slice_s;
            double kept = StrictMath.exp(-empty_s / memory_s);
            learned *= kept;
            time_s = time_s * kept + memory_s * (1 - kept);
        }
        // After a long pause the slices are anew: nothing of the old ones is left to be aligned with.
        Instant head = ahead > SLICES ? at : state.head.plusNanos(Math.round(ahead * slice_s * 1e9));
        return new State(state.alerts, head, slices, learned, time_s, state.lastArrival, state.reported);
    }

    private double rate_per_s(double learned, double time_s) {
        double prior_s = Math.max(1, prior.toMillis() / 1000.0);
        return (usual_per_h / SECONDS_PER_HOUR * prior_s + learned) / (prior_s + time_s);
    }

    private Step<State, Detection> judge(State state, Signal.Reading reading) {
        int n = state.counted();
        double mean = rate_per_s(state.learned, state.learnedTime_s) * window.toMillis() / 1000.0;
        double surprising = Tails.poissonSurprise(n, mean);
        Phase phase;
        if (state.reported == 0) {
            if (n < least || surprising < surprise) {
                return Step.silent(state);
            }
            phase = Phase.BEGIN;
        } else if (surprising < surprise * CLEAR) {
            phase = Phase.END;
        } else if (n >= 2 * state.reported) {
            phase = Phase.UPDATE;
        } else {
            return Step.silent(state);
        }
        Detection detection = Claim.on(
                        reading.observation(),
                        reading.knownAt(),
                        NAME,
                        watched,
                        DetectionType.NETWORK_ALERT_BURST,
                        phase)
                .in(watched.place())
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, StrictMath.exp(-surprising), CONTAMINATION))
                .measuring("alerts", n)
                .measuring("usualAlerts", mean)
                .measuring("window_s", window.toMillis() / 1000.0)
                .measuring("surprise", surprising)
                .saying(
                        "%d network alerts at %s within %d s; %s are usual.",
                        n, watched.name(), window.toSeconds(), Measured.text(mean, 2));
        return new Step<>(
                new State(
                        state.alerts,
                        state.head,
                        state.slices,
                        state.learned,
                        state.learnedTime_s,
                        state.lastArrival,
                        phase == Phase.END ? 0 : n),
                List.of(detection));
    }
}
