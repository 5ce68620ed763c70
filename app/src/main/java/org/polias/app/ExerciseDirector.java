// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.polias.model.city.City;
import org.polias.model.city.SiteDefinition;
import org.polias.model.event.SiteEvent;
import org.polias.pilots.Exercise;
import org.polias.pilots.transport.WorldRunner;
import org.polias.store.incident.RunningExercise;

/**
 * Begins and ends exercises: first the log learns that there is one, then the world plays it, so that nothing of it is ever taken
 * for real.
 */
public final class ExerciseDirector {

    private static final Logger LOG = Logger.getLogger(ExerciseDirector.class);

    private final City city;
    private final Writing writing;
    private final WorldRunner world;

    /** An exercise that can be begun, or is playing. */
    public record Offer(String id, String title, String description, long duration_s, boolean running) {}

    /** @param leftOver exercises that were running when the platform last died: they are over, as no world plays them */
    ExerciseDirector(City city, Writing writing, WorldRunner world, List<RunningExercise> leftOver) {
        this.city = city;
        this.writing = writing;
        this.world = world;
        for (RunningExercise exercise : leftOver) {
            writing.append(new SiteEvent.ExerciseEnded(exercise.site(), Instant.now(), exercise.exercise()));
        }
        world.onExerciseEnd(
                exercise -> Thread.ofVirtual().name("polias-exercise-end").start(() -> ended(exercise)));
    }

    /** What can be begun. */
    public List<Offer> list() {
        Optional<String> running = findRunning();
        return world.listExercises().stream()
                .map(exercise -> new Offer(
                        exercise.id(),
                        exercise.title(),
                        exercise.description(),
                        exercise.duration().toSeconds(),
                        running.filter(exercise.id()::equals).isPresent()))
                .toList();
    }

    /** The id of the one that is playing. */
    public Optional<String> findRunning() {
        return world.findRunningExercise().map(Exercise::id);
    }

    /** Begins an exercise. */
    public synchronized void begin(String id, String by) {
        for (SiteDefinition site : city.sites()) {
            writing.append(new SiteEvent.ExerciseBegan(site.key(), Instant.now(), id, by));
        }
        world.startExercise(id);
    }

    /** Ends the one that is playing. */
    public synchronized void end() {
        world.stopExercise();
    }

    private void ended(Exercise exercise) {
        try {
            for (SiteDefinition site : city.sites()) {
                writing.append(new SiteEvent.ExerciseEnded(site.key(), Instant.now(), exercise.id()));
            }
        } catch (Unavailable e) {
            LOG.errorf("The end of exercise %s could not be logged: %s", exercise.id(), e.getMessage());
        }
    }
}
