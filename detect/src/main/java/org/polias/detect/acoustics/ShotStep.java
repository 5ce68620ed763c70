// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.polias.detect.Claim;
import org.polias.detect.Measured;
import org.polias.detect.Watched;
import org.polias.detect.acoustics.Episode.Said;
import org.polias.detect.acoustics.Episode.Tally;
import org.polias.detect.acoustics.ShotLocatorDetector.Ear;
import org.polias.detect.acoustics.ShotLocatorDetector.Heard;
import org.polias.detect.acoustics.ShotLocatorDetector.Sample;
import org.polias.detect.acoustics.ShotLocatorDetector.State;
import org.polias.detect.acoustics.location.Air;
import org.polias.detect.acoustics.location.Arrival;
import org.polias.detect.acoustics.location.Located;
import org.polias.detect.acoustics.location.LocatedSound;
import org.polias.detect.acoustics.location.LocatedSound.Explained;
import org.polias.detect.acoustics.location.LocatedSound.Kind;
import org.polias.detect.acoustics.location.LocatedSound.Role;
import org.polias.detect.acoustics.location.Locator;
import org.polias.detect.acoustics.location.LocatorSettings;
import org.polias.detect.acoustics.location.Microphone;
import org.polias.detect.likelihood.LikelihoodRatio;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;
import org.polias.model.city.ObservedProperty;
import org.polias.model.detection.Detection;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.place.Covariance;
import org.polias.model.place.Ellipse;
import org.polias.model.place.Offset;
import org.polias.model.place.Place;

/** One step of the shot locator while it is being taken. */
final class ShotStep {

    /** Echoes come within this after the last direct onset. */
    private static final double ECHOES_S = 1.5;
    /** An onset this far ahead of its arrival has a clock that nothing can be located with. */
    private static final Duration AHEAD = Duration.ofSeconds(60);
    /** Sounds of which this much is thought to be a bang of some kind help to locate it. */
    private static final double LEAST_IMPULSIVE = 0.3;
    /** More onsets are not looked at together: the oldest sounds are settled. */
    private static final int MOST_RECENT = 160;
    /** From this number on it is not located anew at each onset. */
    private static final int MANY = 16;

    private static final int MOST_EPISODES = 4;
    private static final int MOST_EVIDENCE = 20;
    /** The clock is learnt from sounds that so many microphones place this well. */
    private static final int MICROPHONES_FOR_CLOCKS = 6;

    private static final double MAJOR_FOR_CLOCKS_M = 20;
    private static final Duration WEATHER_LASTS = Duration.ofHours(1);
    private static final double SOURCE_SIGMA_DB = 10;
    private static final double LEAST_ONSET_SIGMA_S = 0.0005;
    private static final double MOST_ONSET_SIGMA_S = 0.2;
    /** One weapon does not fire faster: 1,300 a minute. */
    private static final double FASTEST_S = 0.045;
    /** Whoever shoots moves meanwhile, and shells do not burst at one point: one standard deviation. */
    private static final double MOVES_M = 10;
    /** Places of one source differ by less, chi-square with two degrees of freedom, 99.9 %. */
    private static final double SAME_PLACE = 13.816;

    /** The 95 % quantile of chi-square with two degrees of freedom. */
    private static final double CHI2_2_95 = 5.991_464_547_107_98;

    private static final double UNCALIBRATED_WITHIN_M = 150;
    private final ShotLocatorDetector detector;
    private final State before;
    private final Instant knownAt;
    private final List<Heard> recent;
    private final TreeMap<Integer, Episode> episodes = new TreeMap<>();
    private final TreeMap<String, ClockTrack> clocks;
    private final List<Detection> claims = new ArrayList<>();
    private int skipped;

    ShotStep(ShotLocatorDetector detector, State before, Instant knownAt) {
        this.detector = detector;
        this.before = before;
        this.knownAt = knownAt;
        recent = new ArrayList<>(before.recent());
        before.episodes().forEach(episode -> episodes.put(episode.slot(), episode));
        clocks = new TreeMap<>(before.clocks());
        skipped = before.skipped();
    }

    /** Ends what has been quiet for long enough. */
    Step<State, Detection> end() {
        endQuiet();
        return step();
    }

    /** Takes an onset in, and claims what it tells. */
    Step<State, Detection> hear(Observation observation, Ear ear, SoundEvent event) {
        Kinds kinds = Kinds.of(event);
        if (!mayConcern(event, kinds)) {
            return Step.silent(before);
        }
        endQuiet();
        Instant at = observation.phenomenonTime();
        Offset place = observation.position().map(detector.frame()::toOffset).orElse(ear.place());
        Heard heard = new Heard(
                observation.datastream().value(),
                observation.id().value(),
                at,
                place.east_m(),
                place.north_m(),
                observation.quality() == Quality.UNCERTAIN
                        ? MOST_ONSET_SIGMA_S
                        : Math.clamp(event.onsetSigma_s(), LEAST_ONSET_SIGMA_S, MOST_ONSET_SIGMA_S),
                event.level_dB(),
                event.calibrated(),
                kinds,
                -1,
                at,
                false,
                0);
        if (at.isAfter(knownAt.plus(AHEAD)) || isTooLate(at)) {
            claimAlone(heard, observation, ear);
            return step();
        }
        recent.add(heard);
        recent.sort(
                Comparator.comparing(Heard::at).thenComparing(Heard::datastream).thenComparing(Heard::observation));
        settle(recent.getLast().at().minusNanos((long) (window_s() * 1e9)));
        skipped++;
        if (recent.size() <= MANY || skipped * MANY >= recent.size()) {
            skipped = 0;
            locate(heard, true);
        }
        return step();
    }

    private Step<State, Detection> step() {
        return new Step<>(new State(recent, skipped, List.copyOf(episodes.values()), clocks, before.air()), claims);
    }

    private double window_s() {
        return detector.span_s() + ECHOES_S;
    }

    private static boolean mayConcern(SoundEvent event, Kinds kinds) {
        double impulsive = 0;
        for (SoundClass each : List.of(
                SoundClass.GUNSHOT,
                SoundClass.EXPLOSION,
                SoundClass.FIREWORK,
                SoundClass.THUNDER,
                SoundClass.BACKFIRE,
                SoundClass.IMPACT)) {
            impulsive += event.probabilities().getOrDefault(each, 0.0);
        }
        return impulsive >= LEAST_IMPULSIVE
                || kinds.shotRatio(0, 0) > 0
                || kinds.explosionRatio(0, 0) > 0
                || kinds.fireworkRatio(0) > 0;
    }

    private boolean isTooLate(Instant at) {
        Instant newest = recent.isEmpty() ? Instant.MIN : recent.getLast().at();
        for (Episode episode : episodes.values()) {
            newest = Measured.later(newest, episode.last());
        }
        return !newest.equals(Instant.MIN) && Measured.seconds(at, newest) > window_s();
    }

    // --- Settling ---

    /** Sums up sounds made before {@code cut}, none of whose onsets can still come, and forgets their onsets. */
    private void settle(Instant cut) {
        settleBefore(cut);
        while (recent.size() > MOST_RECENT) {
            // A sound goes with all its onsets: what is left of one would be taken for another.
            Instant oldest = recent.stream()
                    .map(Heard::sound)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            settleBefore(oldest.plusNanos(1));
        }
    }

    private void settleBefore(Instant cut) {
        TreeMap<Instant, List<Heard>> over = new TreeMap<>();
        recent.removeIf(one -> {
            boolean isOver = one.sound().isBefore(cut);
            if (isOver) {
                over.computeIfAbsent(one.sound(), t -> new ArrayList<>()).add(one);
            }
            return isOver;
        });
        over.values().forEach(this::settle);
    }

    /** Sums up the onsets of one moment: a sound for each episode to which they belong. */
    private void settle(List<Heard> heard) {
        Map<Integer, List<Heard>> bySlot = new TreeMap<>();
        for (Heard one : heard) {
            if (episodes.containsKey(one.slot())) {
                bySlot.computeIfAbsent(one.slot(), slot -> new ArrayList<>()).add(one);
            }
            if (one.isTrusted()) {
                clocks.merge(
                        one.datastream(),
                        ClockTrack.UNKNOWN.with(one.at(), one.late_s()),
                        (known, _) -> known.with(one.at(), one.late_s()));
            }
        }
        bySlot.forEach((slot, ofSlot) -> {
            Episode episode = episodes.get(slot);
            Instant sound = ofSlot.getFirst().sound();
            TreeMap<String, Tally> ears = new TreeMap<>(episode.ears());
            Calendar calendar = calendar(sound, Optional.empty());
            for (Heard one : ofSlot) {
                ears.merge(one.datastream(), tally(one, calendar), Tally::plus);
            }
            double apart = episode.settled() == 0 ? 0 : Measured.seconds(episode.lastSettled(), sound);
            episodes.put(
                    slot,
                    new Episode(
                            slot,
                            episode.first(),
                            episode.last(),
                            episode.lastKnownAt(),
                            episode.settled() + 1,
                            sound,
                            shorter(episode.shortest_s(), apart),
                            ears,
                            episode.said()));
        });
    }

    /** The shorter of two times, 0 being none. */
    private static double shorter(double a, double b) {
        return a <= 0 ? Math.max(0, b) : b <= 0 ? a : Math.min(a, b);
    }

    // --- Locating ---

    /** @param isNew whether the trigger has just been heard */
    private void locate(Heard trigger, boolean isNew) {
        Instant base = recent.getFirst().at();
        List<Microphone> microphones = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<Arrival> arrivals = new ArrayList<>();
        for (Heard one : recent) {
            int number = numbers.computeIfAbsent(one.datastream(), datastream -> {
                ClockTrack.Estimate clock = clock(datastream, one.at());
                microphones.add(new Microphone(
                        datastream, new Offset(one.east_m(), one.north_m()), clock.offset_s(), clock.sigma_s()));
                return microphones.size() - 1;
            });
            arrivals.add(new Arrival(
                    number,
                    Measured.seconds(base, one.at()),
                    one.sigma_s(),
                    one.isLevelKnown() ? one.level_dB() : Double.NaN,
                    Arrival.Wave.UNKNOWN));
        }
        Located located = Locator.locate(
                microphones,
                arrivals,
                air(trigger.at()),
                LocatorSettings.STANDARD.withSourceLevel(detector.source_dB(), SOURCE_SIGMA_DB));
        Map<Integer, List<LocatedSound>> bySlot = slots(located, base);
        mark(bySlot, arrivals, base);
        bySlot.forEach((slot, sounds) -> tell(slot, sounds, arrivals, base, trigger, isNew));
    }

    private ClockTrack.Estimate clock(String datastream, Instant at) {
        return clocks.getOrDefault(datastream, ClockTrack.UNKNOWN).at(at, detector.clockSigma_s());
    }

    private Air air(Instant at) {
        Air air = Air.UNKNOWN;
        Optional<Double> temperature = sample(ObservedProperty.AIR_TEMPERATURE, at);
        if (temperature.isPresent()) {
            air = air.withTemperature(temperature.get());
        }
        Optional<Double> speed = sample(ObservedProperty.WIND_SPEED, at);
        Optional<Double> from = sample(ObservedProperty.WIND_DIRECTION, at);
        if (speed.isPresent()) {
            air = from.isPresent() ? air.withWind(speed.get(), from.get()) : air.withWindSpeed(speed.get());
        }
        return air;
    }

    private Optional<Double> sample(String property, Instant at) {
        Sample sample = before.air().get(property);
        boolean isFresh = sample != null
                && Math.abs(Measured.seconds(sample.at(), at)) < WEATHER_LASTS.toSeconds()
                && Math.abs(sample.value()) < 400;
        return isFresh ? Optional.of(sample.value()) : Optional.empty();
    }

    /** The located sounds by the episodes to which they belong, which may be new. */
    private Map<Integer, List<LocatedSound>> slots(Located located, Instant base) {
        List<LocatedSound> sounds = located.sounds().stream()
                .sorted(Comparator.comparingInt((LocatedSound sound) -> -certainty(sound.kind()))
                        .thenComparingInt(sound -> -sound.arrivals().size()))
                .toList();
        Map<Integer, List<LocatedSound>> bySlot = new LinkedHashMap<>();
        for (LocatedSound sound : sounds) {
            int slot = slotOf(sound, base, bySlot);
            if (slot >= 0) {
                bySlot.computeIfAbsent(slot, s -> new ArrayList<>()).add(sound);
            }
        }
        return bySlot;
    }

    private int slotOf(LocatedSound sound, Instant base, Map<Integer, List<LocatedSound>> taken) {
        Map<Integer, Integer> votes = new TreeMap<>();
        for (Explained one : sound.arrivals()) {
            int slot = recent.get(one.arrival()).slot();
            if (episodes.containsKey(slot)) {
                votes.merge(slot, 1, Integer::sum);
            }
        }
        int best = -1;
        for (Map.Entry<Integer, Integer> vote : votes.entrySet()) {
            if ((best < 0 || vote.getValue() > votes.get(best))
                    && (!taken.containsKey(vote.getKey())
                            || isOnePlace(sound, taken.get(vote.getKey()).getFirst()))) {
                best = vote.getKey();
            }
        }
        if (best >= 0) {
            return best;
        }
        for (Map.Entry<Integer, List<LocatedSound>> other : taken.entrySet()) {
            if (isOnePlace(sound, other.getValue().getFirst())) {
                return other.getKey();
            }
        }
        Instant made = after(base, sound.times_s().getFirst());
        for (Episode episode : episodes.values()) {
            boolean follows = Math.abs(Measured.seconds(episode.last(), made)) * 1000
                    < detector.quiet().toMillis();
            if (follows && !taken.containsKey(episode.slot()) && isNear(sound, episode)) {
                return episode.slot();
            }
        }
        for (int slot = 0; slot < MOST_EPISODES; slot++) {
            if (!episodes.containsKey(slot) && !taken.containsKey(slot)) {
                return slot;
            }
        }
        return -1;
    }

    private static boolean isOnePlace(LocatedSound a, LocatedSound b) {
        return a.covariance()
                        .plus(b.covariance())
                        .plus(Covariance.isotropic(MOVES_M))
                        .mahalanobisSquared(a.place().minus(b.place()))
                < SAME_PLACE;
    }

    private static boolean isNear(LocatedSound sound, Episode episode) {
        for (Said said : episode.said().values()) {
            double sigma_m = Math.hypot(said.major_m() / Math.sqrt(CHI2_2_95), MOVES_M);
            Offset away = sound.place().minus(new Offset(said.east_m(), said.north_m()));
            if (sound.covariance().plus(Covariance.isotropic(sigma_m)).mahalanobisSquared(away) < SAME_PLACE) {
                return true;
            }
        }
        return false;
    }

    /** Notes at each onset to what it belongs. */
    private void mark(Map<Integer, List<LocatedSound>> bySlot, List<Arrival> arrivals, Instant base) {
        for (int i = 0; i < recent.size(); i++) {
            Heard one = recent.get(i);
            recent.set(i, one.belongingTo(-1, one.at(), false, 0));
        }
        bySlot.forEach((slot, sounds) -> {
            for (LocatedSound sound : sounds) {
                boolean trusted = sound.kind() == Kind.POINT
                        && sound.directMicrophones(arrivals) >= MICROPHONES_FOR_CLOCKS
                        && sound.covariance().ellipse95().major_m() < MAJOR_FOR_CLOCKS_M;
                for (Explained one : sound.arrivals()) {
                    Heard heard = recent.get(one.arrival());
                    double late_s = one.residual_s()
                            + clock(heard.datastream(), heard.at()).offset_s();
                    recent.set(
                            one.arrival(),
                            heard.belongingTo(
                                    slot,
                                    after(base, sound.times_s().get(one.sound())),
                                    trusted && one.role() != Role.SHOCK,
                                    trusted ? late_s : 0));
                }
            }
        });
    }

    // --- Telling ---

    private void tell(
            int slot, List<LocatedSound> sounds, List<Arrival> arrivals, Instant base, Heard trigger, boolean isNew) {
        LocatedSound primary = sounds.getFirst();
        List<Instant> times = sounds.stream()
                .flatMap(sound -> sound.times_s().stream())
                .map(time -> after(base, time))
                .sorted()
                .toList();
        Episode known = episodes.get(slot);
        Place place = new Place(detector.frame().toPosition(primary.place()), primary.covariance());
        Calendar calendar = calendar(times.getLast(), Optional.of(place));
        TreeMap<String, Tally> ears = known == null ? new TreeMap<>() : new TreeMap<>(known.ears());
        List<Heard> own = recent.stream().filter(one -> one.slot() == slot).toList();
        for (Heard one : own) {
            ears.merge(one.datastream(), tally(one, calendar), Tally::plus);
        }
        Instant first = known == null || known.settled() == 0 ? times.getFirst() : known.first();
        int settled = known == null ? 0 : known.settled();
        Telling telling = new Telling(
                slot,
                primary,
                place,
                calendar,
                ears,
                own,
                first,
                times.getLast(),
                settled + times.size(),
                shortest(known, times),
                primary.directMicrophones(arrivals),
                trigger);
        TreeMap<String, Said> said = known == null ? new TreeMap<>() : new TreeMap<>(known.said());
        if (known != null || !isAnotherGoingOn(slot) || isSmall(telling) && isComplete(times.getFirst())) {
            for (Bang bang : Bang.values()) {
                claim(bang, telling, said);
            }
        }
        if (said.isEmpty()) {
            // Nothing worth a claim: its onsets wait for more.
            for (int i = 0; i < recent.size(); i++) {
                Heard one = recent.get(i);
                if (one.slot() == slot) {
                    recent.set(i, one.belongingTo(-1, one.at(), one.isTrusted(), one.late_s()));
                }
            }
            return;
        }
        boolean isNews = isNew && own.stream().anyMatch(one -> one.observation() == trigger.observation());
        episodes.put(
                slot,
                new Episode(
                        slot,
                        first,
                        times.getLast(),
                        known == null || isNews ? knownAt : known.lastKnownAt(),
                        settled,
                        known == null ? first : known.lastSettled(),
                        known == null ? 0 : known.shortest_s(),
                        known == null ? new TreeMap<>() : known.ears(),
                        said));
    }

    /**
     * Whether all onsets of a sound have come. As long as some are missing, echoes and what has come of other sounds may look like a source
     * of their own, which then vanishes again.
     */
    private boolean isComplete(Instant made) {
        Instant newest = recent.getLast().at();
        return Measured.seconds(made, newest) >= detector.span_s() || isQuietSince(newest);
    }

    private boolean isAnotherGoingOn(int slot) {
        return episodes.values().stream().anyMatch(episode -> episode.slot() != slot);
    }

    /** All that claims about one episode say. */
    private record Telling(
            int slot,
            LocatedSound sound,
            Place place,
            Calendar calendar,
            Map<String, Tally> ears,
            List<Heard> own,
            Instant first,
            Instant last,
            int count,
            double shortest_s,
            long direct,
            Heard trigger) {}

    private static double shortest(@Nullable Episode known, List<Instant> times) {
        double shortest = known == null ? 0 : known.shortest_s();
        if (known != null && known.settled() > 0) {
            shortest = shorter(shortest, Measured.seconds(known.lastSettled(), times.getFirst()));
        }
        for (int i = 1; i < times.size(); i++) {
            shortest = shorter(shortest, Measured.seconds(times.get(i - 1), times.get(i)));
        }
        return shortest;
    }

    private void claim(Bang bang, Telling telling, TreeMap<String, Said> said) {
        double plain = together(bang, telling.ears, false);
        double judged =
                together(bang, telling.ears, true) + (bang == Bang.FIREWORK ? telling.calendar.moreFireworks : 0);
        double weight = LikelihoodRatio.bounded(judged);
        Said before = said.get(bang.type().code());
        if (before == null && plain < detector.least()) {
            return;
        }
        Ellipse ellipse = telling.place.covariance().ellipse95();
        Said now = new Said(
                weight,
                telling.count,
                telling.ears.size(),
                certainty(telling.sound.kind()),
                telling.sound.place().east_m(),
                telling.sound.place().north_m(),
                ellipse.major_m());
        if (before != null && !before.differsNotablyFrom(now)) {
            return;
        }
        said.put(bang.type().code(), now);
        Claim claim = Claim.at(
                        telling.last,
                        knownAt,
                        ShotLocatorDetector.NAME,
                        watched(telling.slot),
                        bang.type(),
                        before == null ? Phase.BEGIN : Phase.UPDATE)
                .weighing(weight)
                .in(telling.place)
                .measuring("microphones", telling.ears.size())
                .measuring("direct_microphones", telling.direct)
                .measuring("sounds", telling.count)
                .measuring("ellipse_major_m", ellipse.major_m())
                .measuring("ellipse_minor_m", ellipse.minor_m())
                .measuring("ellipse_azimuth_deg", ellipse.azimuth_deg())
                .measuring("evidence", plain)
                .measuring("candidates", Math.max(1, telling.sound.candidates().size()));
        if (bang == Bang.SHOT) {
            claim.measuring("weapons", weapons(bang, telling));
        }
        double lasted_s = Measured.seconds(telling.first, telling.last);
        if (telling.count > 1 && lasted_s > 0) {
            claim.measuring("rate_per_min", 60 * (telling.count - 1) / lasted_s);
        }
        double shift = judged - plain;
        if (Math.abs(shift) > 0.005) {
            claim.measuring("calendar_log_odds", shift);
        }
        rest(claim, telling);
        claims.add(claim.saying("%s", sentence(bang, telling, lasted_s, shift)));
    }

    /** Rests on the onset that made it be told, and on the others. */
    private void rest(Claim claim, Telling telling) {
        claim.restingOn(evidence(telling.trigger));
        int left = MOST_EVIDENCE;
        for (Heard one : telling.own.reversed()) {
            if (one.observation() != telling.trigger.observation() && left-- > 0) {
                claim.restingOn(evidence(one));
            }
        }
        if (telling.ears.size() == 1) {
            detector.microphones()
                    .get(telling.trigger.datastream())
                    .watched()
                    .entities()
                    .forEach(entity -> claim.about(entity.kind(), entity.value()));
        }
        detector.zones().forEach((id, zone) -> {
            if (isSmall(telling) && zone.shape().contains(telling.place.position())) {
                claim.about(EntityRef.ZONE, id);
            }
        });
    }

    private static Evidence evidence(Heard one) {
        return new Evidence(new DatastreamId(one.datastream()), new ObservationId(one.observation()), one.at());
    }

    /** Whether the place is known well enough to be called by a zone's name. */
    private static boolean isSmall(Telling telling) {
        return certainty(telling.sound.kind()) >= certainty(Kind.UNCHECKED)
                && telling.place.covariance().ellipse95().major_m() < 100;
    }

    /** One weapon does not fire faster than it can, and is at one place. */
    private int weapons(Bang bang, Telling telling) {
        if (bang != Bang.SHOT) {
            return 1;
        }
        boolean elsewhere = episodes.values().stream()
                .anyMatch(other -> other.slot() != telling.slot
                        && other.said().containsKey(bang.type().code())
                        && Math.abs(Measured.seconds(other.last(), telling.last)) * 1000
                                < detector.quiet().toMillis());
        return elsewhere || telling.shortest_s > 0 && telling.shortest_s < FASTEST_S ? 2 : 1;
    }

    private String sentence(Bang bang, Telling telling, double lasted_s, double shift) {
        StringBuilder text = new StringBuilder();
        if (telling.count == 1) {
            text.append(bang.one());
        } else {
            text.append(
                    String.format(Locale.ROOT, "%d %s in %.1f s", telling.count, bang.many(), Math.max(0.1, lasted_s)));
        }
        text.append(
                telling.ears.size() == 1
                        ? " heard by the microphone at "
                                + detector.microphones()
                                        .get(telling.trigger.datastream())
                                        .watched()
                                        .name()
                        : String.format(Locale.ROOT, " heard by %d microphones", telling.ears.size()));
        double major = telling.place.covariance().ellipse95().major_m();
        text.append(
                switch (telling.sound.kind()) {
                    case POINT -> String.format(Locale.ROOT, ", located to %.0f m (95 %%)", major);
                    case UNCHECKED ->
                        String.format(Locale.ROOT, ", located to %.0f m by three of them, without a check", major);
                    case CANDIDATES ->
                        String.format(
                                Locale.ROOT,
                                ", at one of %d places within %.0f m",
                                telling.sound.candidates().size(),
                                major);
                    case BAND -> String.format(Locale.ROOT, ", somewhere along a curve, within %.0f m", major);
                    case AREA -> String.format(Locale.ROOT, ", somewhere within %.0f m", major);
                });
        if (isSmall(telling)) {
            detector.zones().values().stream()
                    .filter(zone -> zone.shape().contains(telling.place.position()))
                    .findFirst()
                    .ifPresent(zone -> text.append(" in ").append(zone.name()));
        }
        text.append('.');
        if (weapons(bang, telling) == 2) {
            text.append(" More than one weapon.");
        }
        if (Math.abs(shift) > 0.005) {
            text.append(String.format(
                    Locale.ROOT,
                    " The calendar has '%s', which %s %.1f.",
                    telling.calendar.name,
                    shift > 0 ? "adds" : "takes off",
                    Math.abs(shift)));
        }
        return text.toString();
    }

    private Watched watched(int slot) {
        Watched site = detector.watched();
        return slot == 0
                ? site
                : new Watched(site.site(), site.id() + '/' + (slot + 1), site.name(), site.place(), site.entities());
    }

    /** A report that comes when the others of its time are over is told by itself. */
    private void claimAlone(Heard heard, Observation observation, Ear ear) {
        Place at = ear.watched().placeOf(observation);
        double range_m = heard.isLevelKnown()
                ? StrictMath.pow(10, (detector.source_dB() - heard.level_dB()) / 20)
                : UNCALIBRATED_WITHIN_M;
        Place place = Place.within(
                at.position(), Math.max(range_m, Math.sqrt(at.covariance().ee_m2())));
        Calendar calendar = calendar(heard.at(), Optional.of(place));
        Map<String, Tally> ears = Map.of(heard.datastream(), tally(heard, calendar));
        for (Bang bang : Bang.values()) {
            if (together(bang, ears, false) >= detector.least()) {
                claims.add(Claim.on(
                                observation,
                                knownAt,
                                ShotLocatorDetector.NAME,
                                ear.watched(),
                                bang.type(),
                                Phase.MOMENT)
                        .weighing(LikelihoodRatio.bounded(together(bang, ears, true)))
                        .in(place)
                        .measuring("evidence", together(bang, ears, false))
                        .saying(
                                "The microphone at %s heard what may be %s; its report came %.0f s late, so that it is not located.",
                                ear.watched().name(), bang.many(), Measured.seconds(heard.at(), knownAt)));
            }
        }
    }

    // --- Weighing ---

    /** What the calendar says of a time and place. */
    private record Calendar(double moreFireworks, double moreImpacts, String name) {}

    private Calendar calendar(Instant time, Optional<Place> place) {
        double fireworks = 0;
        double impacts = 0;
        String name = "";
        for (Occasion occasion : detector.occasions()) {
            Place where = place.orElse(detector.watched().place());
            if (occasion.concerns(time, where, detector.frame())) {
                if (occasion.moreFireworks() + occasion.moreImpacts() > fireworks + impacts || name.isEmpty()) {
                    name = occasion.entry().name();
                }
                fireworks = Math.max(fireworks, occasion.moreFireworks());
                impacts = Math.max(impacts, occasion.moreImpacts());
            }
        }
        return new Calendar(fireworks, impacts, name);
    }

    private Tally tally(Heard one, Calendar calendar) {
        Kinds kinds = one.kinds();
        return new Tally(
                1,
                contaminated(kinds.shotRatio(calendar.moreFireworks, calendar.moreImpacts)),
                contaminated(kinds.explosionRatio(calendar.moreFireworks, calendar.moreImpacts)),
                contaminated(kinds.fireworkRatio(0)),
                contaminated(kinds.shotRatio(0, 0)),
                contaminated(kinds.explosionRatio(0, 0)));
    }

    private double contaminated(double logRatio) {
        return LikelihoodRatio.contaminated(logRatio, detector.contamination());
    }

    /** What all microphones say of a type together. */
    private double together(Bang bang, Map<String, Tally> ears, boolean withCalendar) {
        double sumFor = 0;
        double largestFor = 0;
        double sumAgainst = 0;
        double largestAgainst = 0;
        for (Tally tally : ears.values()) {
            double mean = bang.mean(tally, withCalendar);
            if (mean > 0) {
                sumFor += mean;
                largestFor = Math.max(largestFor, mean);
            } else {
                sumAgainst -= mean;
                largestAgainst = Math.max(largestAgainst, -mean);
            }
        }
        return LikelihoodRatio.together(sumFor, largestFor, detector.correlation())
                - LikelihoodRatio.together(sumAgainst, largestAgainst, detector.correlation());
    }

    private static int certainty(Kind kind) {
        return switch (kind) {
            case AREA -> 0;
            case BAND -> 1;
            case CANDIDATES -> 2;
            case UNCHECKED -> 3;
            case POINT -> 4;
        };
    }

    private static Instant after(Instant base, double seconds) {
        return base.plusNanos(Math.round(seconds * 1e9));
    }

    // --- Ending ---

    private void endQuiet() {
        if (episodes.values().stream().anyMatch(this::isOver) && !recent.isEmpty()) {
            // What had waited to be complete is so now.
            locate(recent.getLast(), false);
        }
        for (Episode episode : List.copyOf(episodes.values())) {
            if (isOver(episode)) {
                end(episode);
            }
        }
    }

    private boolean isOver(Episode episode) {
        return isQuietSince(episode.lastKnownAt());
    }

    private boolean isQuietSince(Instant time) {
        return !knownAt.isBefore(time.plus(detector.quiet()));
    }

    private void end(Episode episode) {
        episodes.remove(episode.slot());
        List<Heard> own =
                recent.stream().filter(one -> one.slot() == episode.slot()).toList();
        recent.removeAll(own);
        for (Heard one : own) {
            if (one.isTrusted()) {
                clocks.put(
                        one.datastream(),
                        clocks.getOrDefault(one.datastream(), ClockTrack.UNKNOWN)
                                .with(one.at(), one.late_s()));
            }
        }
        for (Bang bang : Bang.values()) {
            Said said = episode.said().get(bang.type().code());
            if (said != null) {
                claims.add(Claim.at(
                                episode.last(),
                                knownAt,
                                ShotLocatorDetector.NAME,
                                watched(episode.slot()),
                                bang.type(),
                                Phase.END)
                        .in(Place.within(
                                detector.frame().toPosition(new Offset(said.east_m(), said.north_m())),
                                said.major_m() / Math.sqrt(CHI2_2_95)))
                        .measuring("sounds", said.count())
                        .saying(
                                "%s; the last was %d s ago.",
                                said.count() == 1 ? bang.one() : said.count() + " " + bang.many(),
                                Math.round(Measured.seconds(episode.last(), knownAt))));
            }
        }
    }
}
