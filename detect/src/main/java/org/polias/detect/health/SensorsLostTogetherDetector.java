// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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
import org.polias.model.Sorted;
import org.polias.model.city.Datastream;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.StableHash;
import org.polias.model.observation.Observation;
import org.polias.model.place.Covariance;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;

/**
 * Sensors of several things of one site fall silent within a short time: cut, jammed, or their gateway lost.
 *
 * <p>It keeps for each datastream with an interval when it was last heard, and learns at a tick which ones are overdue (as the
 * silent-sensor detector does, but by arrivals alone: whatever arrives proves that the link is there). A loss is dated to the first report that was missed. When at least {@code things} distinct
 * things were lost within {@code window} of one another, and that is surprising, it begins; it is updated when more are lost with
 * them; it ends when fewer than {@code things} of them are still lost.
 *
 * <p><b>What it weighs.</b> If things failed independently, each once in {@code failure}, the number lost within the window were
 * binomial: n of N with probability q = 1 - exp(-window / failure), surprise S = -ln P(at least n). It begins at S of at least
 * {@code surprise}. LR = ln(0.8 / ((1 - e) exp(-S) + e)), where e is the probability that a harmless common cause did it: 0.02
 * (power, radio interference) in general, 0.3 where all of the lost things hang on one gateway, which then is the likelier culprit.
 *
 * @param members the datastreams it listens to
 */
public record SensorsLostTogetherDetector(
        Watched watched,
        LocalFrame frame,
        SortedMap<String, Member> members,
        int things,
        Duration window,
        Duration failure,
        double surprise)
        implements TimeDriven<SensorsLostTogetherDetector.State> {

    public static final String NAME = "sensors-lost-together";

    private static final double HIT_RATE = 0.8;
    private static final double COMMON_CAUSE = 0.02;
    private static final double COMMON_GATEWAY = 0.3;
    /**
     * Into so many parts the memory is divided, so that a reading at a large site copies a small part of it. A power of two.
     */
    private static final int PARTS = 64;
    /** A time of hearing is kept to this part of the patience, and no finer than a second: most readings change nothing. */
    private static final int GRAINS = 4;

    private static final long LEAST_GRAIN_MS = 1000;
    /** So many of the things are named in a sentence. */
    private static final int MOST_NAMED = 8;
    /** Stands for "nothing can be overdue before something is heard"; unlike NEVER every format can write it. */
    private static final Instant NOT_YET = Instant.parse("9999-12-31T00:00:00Z");

    public static final DetectorKind KIND = new DetectorKind(
            NAME,
            "Sensors of several things of one site fall silent within a short time.",
            List.of(
                    Parameter.whole("things", 3, 2, 10_000, "How many things must be lost."),
                    Parameter.duration("window", "60s", "Within what time."),
                    Parameter.duration(
                            "failure", "30d", "How seldom a thing fails by itself: the mean time between failures."),
                    Parameter.number("surprise", "9.2", 1, 1000, "The least surprise, in nats; 9.2 is 1 in 10,000."),
                    Parameter.number("missed", "3", 1, 10_000, "How many intervals without a report are too many."),
                    Parameter.duration("atLeast", "10s", "The least patience, whatever the interval.")),
            SiteIndex::listSiteSubject,
            SensorsLostTogetherDetector::assemble);

    /**
     * A datastream whose silence counts.
     *
     * @param part the part of the memory in which it is
     * @param name what people call the thing
     * @param gateway empty where none is known
     */
    public record Member(
            int part, String thing, String name, String gateway, Place place, Duration interval, Duration patience) {

        long grain_ms() {
            return Math.max(LEAST_GRAIN_MS, patience.toMillis() / GRAINS);
        }
    }

    /**
     * @param heard in parts by the hash of the name: when each datastream was last heard (arrival, epoch milliseconds), to the grain
     * @param listeningSince when the platform last began to listen
     * @param checkAt no datastream is overdue before this
     * @param lost the datastreams that are silent, with the time of the first report that was missed
     * @param together the things of the reported condition; empty: none is reported
     * @param since when the reported condition began
     */
    public record State(
            List<SortedMap<String, Long>> heard,
            Instant listeningSince,
            Instant checkAt,
            SortedMap<String, Instant> lost,
            SortedSet<String> together,
            Instant since) {
        public State {
            // The parts are copied where they are made, by heard(...): copying all of them at each reading would cost
            // too much.
            heard = List.copyOf(heard);
            lost = Sorted.copyOf(lost);
            together = Sorted.copyOf(together);
        }
    }

    public SensorsLostTogetherDetector {
        members = Sorted.copyOf(members);
    }

    private static Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters) {
        TreeMap<String, Member> members = new TreeMap<>();
        TreeSet<String> things = new TreeSet<>();
        List<DatastreamId> listensTo = new ArrayList<>();
        for (Datastream datastream : site.listDatastreams(d -> d.interval().isPresent())) {
            Duration interval = datastream.interval().orElseThrow();
            String thing = site.thingOf(datastream).id().value();
            things.add(thing);
            listensTo.add(datastream.id());
            members.put(
                    datastream.id().value(),
                    new Member(
                            partOf(datastream.id().value()),
                            thing,
                            site.thingOf(datastream).name(),
                            site.thingOf(datastream).gateway().orElse(""),
                            site.watch(datastream).place(),
                            interval,
                            SilentSensorDetector.patience(
                                    interval, parameters.number("missed"), parameters.duration("atLeast"))));
        }
        if (things.size() < parameters.whole("things")) {
            return Optional.empty();
        }
        return Optional.of(new Wiring(
                new SensorsLostTogetherDetector(
                        site.watchSite(),
                        site.frame(),
                        members,
                        parameters.whole("things"),
                        parameters.duration("window"),
                        parameters.duration("failure"),
                        parameters.number("surprise")),
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
        return new State(
                Collections.nCopies(PARTS, Collections.emptySortedMap()),
                Instant.EPOCH,
                Instant.EPOCH,
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                Instant.EPOCH);
    }

    @Override
    public Instant dueAt(State state) {
        return state.checkAt;
    }

    @Override
    public State resumed(State state, Instant deafSince, Instant knownAt) {
        return new State(state.heard, knownAt, state.checkAt, state.lost, state.together, state.since);
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        return switch (signal) {
            case Signal.Reading reading -> read(state, reading.knownAt(), reading.observation());
            case Signal.Tick tick -> tick(state, tick.knownAt());
        };
    }

    private Step<State, Detection> read(State state, Instant knownAt, Observation observation) {
        String name = observation.datastream().value();
        Member member = members.get(name);
        if (member == null) {
            return Step.silent(state);
        }
        long now_ms = knownAt.toEpochMilli();
        Long before_ms = state.heard.get(member.part).get(name);
        if (before_ms != null && now_ms - before_ms < member.grain_ms() && !state.lost.containsKey(name)) {
            return Step.silent(state);
        }
        // A datastream that was never heard before may be overdue earlier than the one that is next.
        Instant due = knownAt.plus(member.patience);
        Instant checkAt = before_ms == null && due.isBefore(state.checkAt) ? due : state.checkAt;
        List<SortedMap<String, Long>> heard = heard(state.heard, member.part, name, now_ms);
        if (!state.lost.containsKey(name)) {
            return Step.silent(
                    new State(heard, state.listeningSince, checkAt, state.lost, state.together, state.since));
        }
        TreeMap<String, Instant> lost = new TreeMap<>(state.lost);
        lost.remove(name);
        checkAt = due.isBefore(checkAt) ? due : checkAt;
        if (state.together.isEmpty() || thingsOf(lost, state.together).size() >= things) {
            return Step.silent(new State(heard, state.listeningSince, checkAt, lost, state.together, state.since));
        }
        Detection end = Claim.on(observation, knownAt, NAME, watched, DetectionType.SENSORS_LOST_TOGETHER, Phase.END)
                .in(placeOf(state.together))
                .measuring("things", state.together.size())
                .measuring("lasted_s", Measured.seconds(state.since, knownAt))
                .saying(
                        "Of the %d things lost together, %d are still silent.",
                        state.together.size(), thingsOf(lost, state.together).size());
        return new Step<>(
                new State(heard, state.listeningSince, checkAt, lost, Collections.emptySortedSet(), state.since),
                List.of(end));
    }

    private Step<State, Detection> tick(State state, Instant knownAt) {
        if (knownAt.isBefore(state.checkAt)) {
            return Step.silent(state);
        }
        TreeMap<String, Instant> lost = new TreeMap<>(state.lost);
        lost.keySet().retainAll(members.keySet());
        Instant checkAt = NOT_YET;
        Instant newest = Instant.MIN;
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            String name = entry.getKey();
            Member member = entry.getValue();
            Long heard_ms = state.heard.get(member.part).get(name);
            if (heard_ms == null || lost.containsKey(name)) {
                continue;
            }
            Instant heard = Measured.later(Instant.ofEpochMilli(heard_ms), state.listeningSince);
            // It may have been heard up to a grain later than is kept.
            Instant overdue = heard.plus(member.patience).plusMillis(member.grain_ms());
            if (knownAt.isBefore(overdue)) {
                checkAt = overdue.isBefore(checkAt) ? overdue : checkAt;
            } else {
                Instant missed = heard.plus(member.interval);
                lost.put(name, missed);
                newest = Measured.later(newest, missed);
            }
        }
        if (newest.equals(Instant.MIN)) {
            return Step.silent(
                    new State(state.heard, state.listeningSince, checkAt, lost, state.together, state.since));
        }
        return judge(
                new State(state.heard, state.listeningSince, checkAt, lost, state.together, state.since),
                newest,
                knownAt);
    }

    /** What the losses mean now that some were added, the last of them at {@code newest}. */
    private Step<State, Detection> judge(State state, Instant newest, Instant knownAt) {
        TreeSet<String> group = new TreeSet<>();
        Instant since = newest;
        for (Map.Entry<String, Instant> entry : state.lost.entrySet()) {
            if (Math.abs(Measured.seconds(entry.getValue(), newest)) * 1000 <= window.toMillis()) {
                group.add(members.get(entry.getKey()).thing);
                since = entry.getValue().isBefore(since) ? entry.getValue() : since;
            }
        }
        boolean reported = !state.together.isEmpty();
        if (reported) {
            group.addAll(state.together);
            since = state.since;
        }
        double surprise = surpriseOf(group.size());
        if (reported ? group.size() == state.together.size() : group.size() < things || surprise < this.surprise) {
            return Step.silent(state);
        }
        State next = new State(state.heard, state.listeningSince, state.checkAt, state.lost, group, since);
        return new Step<>(next, List.of(claim(next, reported ? Phase.UPDATE : Phase.BEGIN, surprise, newest, knownAt)));
    }

    private double surpriseOf(int lost) {
        double q = -StrictMath.expm1(-(double) window.toMillis() / failure.toMillis());
        return Tails.binomialSurprise(lost, Math.max(lost, countThings()), Math.min(q, 0.5));
    }

    private Detection claim(State state, Phase phase, double surprise, Instant newest, Instant knownAt) {
        TreeSet<String> gateways = new TreeSet<>();
        members.values().forEach(member -> {
            if (state.together.contains(member.thing)) {
                gateways.add(member.gateway);
            }
        });
        boolean shared = gateways.size() == 1 && !gateways.first().isEmpty();
        double harmless = shared ? COMMON_GATEWAY : COMMON_CAUSE;
        Claim claim = Claim.at(
                        phase == Phase.BEGIN ? state.since : newest,
                        knownAt,
                        NAME,
                        watched,
                        DetectionType.SENSORS_LOST_TOGETHER,
                        phase)
                .weighing(LikelihoodRatio.ofTail(HIT_RATE, StrictMath.exp(-surprise), harmless))
                .in(placeOf(state.together))
                .measuring("things", state.together.size())
                .measuring("thingsAtSite", countThings())
                .measuring("window_s", window.toMillis() / 1000.0)
                .measuring("surprise", surprise);
        if (shared) {
            claim.about(EntityRef.GATEWAY, gateways.first());
        }
        members.forEach((name, member) -> {
            if (state.lost.containsKey(name) && state.together.contains(member.thing)) {
                claim.about("datastream", name);
            }
        });
        return claim.saying(
                "%d of %d things fell silent together: %s.%s",
                state.together.size(),
                countThings(),
                namesOf(state.together),
                shared ? " All are connected by the gateway %s.".formatted(gateways.first()) : "");
    }

    private String namesOf(SortedSet<String> lostThings) {
        List<String> names = members.values().stream()
                .filter(member -> lostThings.contains(member.thing))
                .map(Member::name)
                .distinct()
                .sorted()
                .toList();
        return String.join("; ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (names.size() > MOST_NAMED ? "; and more" : "");
    }

    /** Where the lost things are: the mean of their places, with their scatter and their own uncertainty. */
    private Place placeOf(SortedSet<String> lostThings) {
        List<Place> places = members.values().stream()
                .filter(member -> lostThings.contains(member.thing))
                .map(Member::place)
                .toList();
        if (places.isEmpty()) {
            return watched.place();
        }
        int n = places.size();
        double east = 0;
        double north = 0;
        for (Place place : places) {
            Offset offset = frame.toOffset(place.position());
            east += offset.east_m() / n;
            north += offset.north_m() / n;
        }
        double ee = 0;
        double en = 0;
        double nn = 0;
        for (Place place : places) {
            Offset d = frame.toOffset(place.position()).minus(new Offset(east, north));
            ee += (d.east_m() * d.east_m() + place.covariance().ee_m2()) / n;
            en += (d.east_m() * d.north_m() + place.covariance().en_m2()) / n;
            nn += (d.north_m() * d.north_m() + place.covariance().nn_m2()) / n;
        }
        return new Place(frame.toPosition(new Offset(east, north)), new Covariance(ee, en, nn));
    }

    private SortedSet<String> thingsOf(SortedMap<String, Instant> lost, SortedSet<String> among) {
        TreeSet<String> found = new TreeSet<>();
        for (String name : lost.keySet()) {
            Member member = members.get(name);
            if (member != null && among.contains(member.thing)) {
                found.add(member.thing);
            }
        }
        return found;
    }

    private int countThings() {
        return (int) members.values().stream().map(Member::thing).distinct().count();
    }

    private static int partOf(String name) {
        return (int) new StableHash().add(name).value() & (PARTS - 1);
    }

    private static List<SortedMap<String, Long>> heard(
            List<SortedMap<String, Long>> parts, int index, String name, long now_ms) {
        TreeMap<String, Long> part = new TreeMap<>(parts.get(index));
        part.put(name, now_ms);
        List<SortedMap<String, Long>> copy = new ArrayList<>(parts);
        copy.set(index, Collections.unmodifiableSortedMap(part));
        return copy;
    }
}
