// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.List;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Problem.Kind;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.UnusableInput;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Nonsense is answered clearly: with a kind, what it is about, and values. */
class InputTest {

    private static final Level SQUARE = Level.of("street", Area.rectangle(0, 0, 10, 10));
    private static final Exit EAST = Exit.of("east", "street", Segment.of(10, 4, 10, 6));
    private static final Scene SOUND = Scene.of("square", SQUARE).with(EAST);

    private static Ground prepare(Scene scene) {
        return CrowdSimulator.prepare(scene, new Settings(0.2, OptionalDouble.of(0.25), 0), Workers.SEQUENTIAL);
    }

    private static List<Kind> faultsOf(Scene scene) {
        return catchThrowableOfType(UnusableInput.class, () -> prepare(scene)).problems().stream()
                .map(Problem::kind)
                .toList();
    }

    private static List<Kind> faultsOf(Population... populations) {
        return catchThrowableOfType(
                        UnusableInput.class, () -> prepare(SOUND).begin(Scenario.of(populations), Workers.SEQUENTIAL))
                .problems()
                .stream()
                .map(Problem::kind)
                .toList();
    }

    private static Population people(int count) {
        return Population.of("people", count, "street", Area.rectangle(1, 1, 9, 9));
    }

    @Test
    void aSoundSceneHasNoProblems() {
        assertThat(prepare(SOUND).problems()).isEmpty();
        assertThat(prepare(SOUND).walkable_m2()).isEqualTo(100);
    }

    @Test
    void aSceneWithoutAnExitIsRefused() {
        assertThat(faultsOf(Scene.of("square", SQUARE))).containsExactly(Kind.NO_EXIT);
    }

    @Test
    void aSceneWithoutGroundIsRefused() {
        assertThat(faultsOf(Scene.of("void", SQUARE.withObstacles(Area.rectangle(-1, -1, 11, 11)))
                        .with(EAST)))
                .contains(Kind.NOTHING_WALKABLE);
        assertThat(faultsOf(Scene.of("void", Level.of("street")).with(EAST))).contains(Kind.NOTHING_WALKABLE);
    }

    @Test
    void anExitBesideTheGroundIsRefused() {
        assertThat(faultsOf(Scene.of("square", SQUARE).with(Exit.of("far", "street", Segment.of(30, 0, 30, 5)))))
                .containsExactly(Kind.EXIT_NOT_ON_GROUND);
    }

    @Test
    void aDoorWithoutWidthIsRefusedAndANarrowOneReported() {
        assertThat(faultsOf(SOUND.with(Door.of("none", "street", Segment.of(5, 5, 5, 5)))))
                .containsExactly(Kind.NO_WIDTH);
        assertThat(prepare(SOUND.with(Door.of("narrow", "street", Segment.of(5, 5, 5, 5.3))))
                        .problems())
                .extracting(Problem::kind)
                .containsExactly(Kind.TOO_NARROW);
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        assertThat(faultsOf(SOUND.with(Door.of("nan", "street", Segment.of(Double.NaN, 5, 5, 5)))))
                .containsExactly(Kind.BAD_NUMBER);
        assertThat(faultsOf(Scene.of(
                                "square",
                                Level.of(
                                        "street",
                                        Area.of(
                                                new Point(0, 0),
                                                new Point(Double.POSITIVE_INFINITY, 0),
                                                new Point(1, 1))))
                        .with(EAST)))
                .containsExactly(Kind.BAD_NUMBER);
    }

    @Test
    void namesThatAreNotThereAndNamesTwiceAreRefused() {
        assertThat(faultsOf(SOUND.with(Exit.of("roof", "roof", Segment.of(0, 0, 1, 0)))))
                .containsExactly(Kind.UNKNOWN_ID);
        assertThat(faultsOf(SOUND.with(EAST))).containsExactly(Kind.DUPLICATE_ID);
        assertThat(faultsOf(people(1).choosing(RouteChoice.to("north")))).containsExactly(Kind.UNKNOWN_ID);
        assertThat(faultsOf(people(1), people(1))).containsExactly(Kind.DUPLICATE_ID);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThat(faultsOf(Scene.of("square", SQUARE)
                        .with(
                                Door.of("a", "street", Segment.of(5, 5, 5, 5)),
                                Door.of("b", "roof", Segment.of(5, 5, 5, 6)))))
                .containsExactlyInAnyOrder(Kind.NO_WIDTH, Kind.UNKNOWN_ID, Kind.NO_EXIT);
    }

    @Test
    void aPolygonThatCrossesItselfIsMendedAndReported() {
        Scene bowTie = Scene.of(
                        "bow tie",
                        Level.of(
                                "street",
                                Area.of(new Point(0, 0), new Point(10, 10), new Point(10, 0), new Point(0, 10))))
                .with(Exit.of("east", "street", Segment.of(10, 2, 10, 8)));
        Ground ground = prepare(bowTie);
        assertThat(ground.problems()).extracting(Problem::kind).contains(Kind.MENDED);
        assertThat(ground.walkable_m2()).isBetween(49.0, 51.0);
    }

    @Test
    void groundFromWhichNoExitIsReachedIsReported() {
        Scene islands = Scene.of(
                        "islands", Level.of("street", Area.rectangle(0, 0, 10, 10), Area.rectangle(20, 0, 30, 10)))
                .with(EAST);
        Ground ground = prepare(islands);
        assertThat(ground.problems()).extracting(Problem::kind).containsExactly(Kind.CUT_OFF);
        Simulation simulation = ground.begin(
                Scenario.of(Population.of("lost", 5, "street", Area.rectangle(21, 1, 29, 9))), Workers.SEQUENTIAL);
        assertThat(simulation.problems()).extracting(Problem::kind).containsExactly(Kind.TRAPPED);
        simulation.advanceTo(1000);
        assertThat(simulation.time_s()).as("it does not wait for ever").isLessThan(5);
    }

    @Test
    void peopleInsideWallsAreMovedAndReported() {
        Scene scene = Scene.of("square", SQUARE.withObstacles(Area.rectangle(4, 4, 6, 6)))
                .with(EAST);
        Simulation simulation = prepare(scene)
                .begin(
                        Scenario.of(Population.of(
                                "p", 1, new Placement.At(List.of(new Placement.Spot("street", new Point(5, 5)))))),
                        Workers.SEQUENTIAL);
        assertThat(simulation.problems()).extracting(Problem::kind).containsExactly(Kind.MOVED);
        simulation.advanceTo(60);
        assertThat(simulation.evacuated()).isEqualTo(1);
    }

    @Test
    void morePeopleThanFitAreRefused() {
        assertThat(faultsOf(people(1000))).containsExactly(Kind.NO_ROOM);
        assertThat(faultsOf(people(1_000_000))).containsExactly(Kind.NO_ROOM);
        assertThat(faultsOf(people(3_000_000))).containsExactly(Kind.TOO_LARGE);
    }

    @Test
    void peopleWhoAreNoPeopleAreRefused() {
        assertThat(faultsOf(people(-1))).containsExactly(Kind.BAD_NUMBER);
        assertThat(faultsOf(people(1).like(Profile.walking(Distribution.constant(Double.NaN)))))
                .containsExactly(Kind.BAD_NUMBER);
        assertThat(faultsOf(people(1).like(Profile.walking(Distribution.constant(50)))))
                .containsExactly(Kind.BAD_NUMBER);
        assertThat(faultsOf(people(1).like(Profile.adults().sized(Distribution.constant(0)))))
                .containsExactly(Kind.BAD_NUMBER);
    }
}
