// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.polias.model.city.City;
import org.polias.model.city.Zone;

/**
 * A city that lives: what each of its sensors reports, moment after moment. It is driven by {@link #advanceTo}; it has no clock,
 * no network and no randomness of its own. The same city, seed, beginning and exercises give the same emissions, in whatever
 * steps time is advanced.
 *
 * <p>A city's datastreams are simulated by their observed property; those of a property that the world does not know stay silent
 * and are named by {@link #listUnknown}.
 */
public final class World {

    private final Places places;
    private final Calm calm;
    private final List<Channel> channels = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<Script> scripts;
    private final List<GroundTruth> truths = new ArrayList<>();
    private @Nullable Stage stage;
    private long now_ms;

    /**
     * A world at its beginning.
     *
     * @param speed how many times faster than real time the day of the match passes; what sensors report keeps its own rhythm
     */
    public World(City city, long seed, Instant start, double speed) {
        if (!(speed > 0 && speed <= 1000)) {
            throw new IllegalArgumentException("The speed %s of the world is not between 0 and 1000.".formatted(speed));
        }
        this.places = new Places(city);
        Noise noise = new Noise(seed);
        this.now_ms = start.toEpochMilli();
        this.calm = new Calm(places, new MatchDay(speed, now_ms / 1000.0), noise.named("calm"));
        for (Places.Post post : places.listPosts()) {
            if (places.isHeardElsewhere(post)) {
                continue;
            }
            Channel.find(post, places, calm, noise.named(post.id()))
                    .ifPresentOrElse(channels::add, () -> unknown.add(post.id()));
        }
        this.scripts = PilsenExercises.list(places, noise.named("exercises"));
    }

    /** The time up to which the world has lived. */
    public Instant now() {
        return Instant.ofEpochMilli(now_ms);
    }

    /** The datastreams about which the world knows nothing to say. */
    public List<String> listUnknown() {
        return List.copyOf(unknown);
    }

    /**
     * Lives on until {@code to}, and tells what the sensors reported meanwhile, from {@link #now()} on and before {@code to}, in the
     * order of time. Going back in time does nothing.
     */
    public List<Emission> advanceTo(Instant to) {
        long to_ms = to.toEpochMilli();
        if (to_ms <= now_ms) {
            return List.of();
        }
        List<Emission> emissions = new ArrayList<>();
        Moments moments = new Moments(now_ms, to_ms);
        Consumer<Emission> out = emissions::add;
        for (Channel channel : channels) {
            channel.emit(moments, this::people, Optional.ofNullable(stage), out);
        }
        emissions.sort(Emission.ORDER);
        now_ms = to_ms;
        if (stage != null && stage.isOver(now_ms / 1000.0)) {
            stage = null;
        }
        return List.copyOf(emissions);
    }

    /** Goes to a later time without telling what happens until then: after a pause of the machine, for instance. */
    public void skipTo(Instant to) {
        now_ms = Math.max(now_ms, to.toEpochMilli());
    }

    /** The exercises that this city has all the places and sensors for. */
    public List<Exercise> listExercises() {
        return scripts.stream().map(Script::exercise).toList();
    }

    /** The exercise that plays now. */
    public Optional<Exercise> findRunning() {
        Stage current = stage;
        return current != null && current.plays(now_ms / 1000.0)
                ? Optional.of(current.script().exercise())
                : Optional.empty();
    }

    /**
     * Begins an exercise now.
     *
     * @throws IllegalArgumentException if there is no such exercise
     * @throws IllegalStateException if one plays already
     */
    public Exercise begin(String exercise) {
        Script script = scripts.stream()
                .filter(each -> each.exercise().id().equals(exercise))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no exercise '%s' here.%nMaybe one of %s."
                        .formatted(
                                exercise,
                                scripts.stream()
                                        .map(each -> each.exercise().id())
                                        .toList())));
        findRunning().ifPresent(running -> {
            throw new IllegalStateException(
                    "The exercise '%s' still plays.%nMaybe end it first.".formatted(running.id()));
        });
        Stage begun = Stage.begin(script, now_ms / 1000.0);
        stage = begun;
        for (Script.Truth truth : script.truths()) {
            truths.add(new GroundTruth(
                    exercise,
                    truth.type(),
                    places.position(truth.at()),
                    now().plus(millis(truth.from_s())),
                    now().plus(millis(truth.to_s())),
                    truth.what()));
        }
        return script.exercise();
    }

    /** Ends the exercise that plays, if one does; the city calms down within a minute. */
    public void end() {
        Stage current = stage;
        if (current != null && current.plays(now_ms / 1000.0)) {
            stage = current.endedAt(now_ms / 1000.0);
            Instant end = now();
            truths.removeIf(
                    truth -> truth.exercise().equals(current.script().exercise().id())
                            && !truth.from().isBefore(end));
            truths.replaceAll(truth -> truth.to().isAfter(end)
                    ? new GroundTruth(truth.exercise(), truth.type(), truth.position(), truth.from(), end, truth.what())
                    : truth);
        }
    }

    /** What truly happened in the exercises so far, in the order of their beginnings. */
    public List<GroundTruth> listTruths() {
        return List.copyOf(truths);
    }

    private double people(Zone zone, double t_s) {
        double usual = calm.people(zone, t_s);
        return stage == null ? usual : Math.max(0, stage.people(zone, usual, t_s));
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** The span of time that is being lived, from the first to before the second, milliseconds since the epoch. */
    record Moments(long from_ms, long to_ms) {

        boolean contain(double t_ms) {
            return t_ms >= from_ms && t_ms < to_ms;
        }
    }
}
