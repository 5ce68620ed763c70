// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Stair;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** 5: levels, stairs and ramps. */
class Step05StairsTest {

    /** Two levels of 10 m, 6 m apart in height, and between them a stair of 8 m in plan: 10 m along its slope. */
    private static Scene house(Stair.Kind kind) {
        return Scene.of(
                        "house",
                        Level.of("ground", Area.rectangle(0, 0, 10, 2)),
                        Level.of("upper", Area.rectangle(18, 0, 28, 2)).at(6))
                .with(Stair.of(
                                "stair",
                                new Stair.Landing("ground", Segment.of(10, 0, 10, 2)),
                                new Stair.Landing("upper", Segment.of(18, 0, 18, 2)))
                        .as(kind))
                .with(
                        Exit.of("below", "ground", Segment.of(0.3, 0, 0.3, 2)),
                        Exit.of("above", "upper", Segment.of(27.7, 0, 27.7, 2)));
    }

    private static Ground ground(Scene scene) {
        return CrowdSimulator.prepare(scene, new Settings(0.2, OptionalDouble.of(0.2), 0), Workers.SEQUENTIAL);
    }

    private static Simulation walk(Ground ground, String level, double x, String exit, Profile profile) {
        Simulation simulation = ground.begin(
                Scenario.of(Population.of(
                                        "a",
                                        1,
                                        new Placement.At(java.util.List.of(new Placement.Spot(level, new Point(x, 1)))))
                                .like(profile)
                                .choosing(org.polias.simulate.api.RouteChoice.to(exit)))
                        .set(new Settings(0.2, OptionalDouble.empty(), 0)),
                Workers.SEQUENTIAL);
        simulation.advanceTo(120);
        return simulation;
    }

    private static Profile walker() {
        return Profile.walking(Distribution.constant(1)).onStairs(0.5, 0.8);
    }

    @Test
    void upAStairOneWalksItsSlopeAtTheSpeedOfStairs() {
        Simulation simulation = walk(ground(house(Stair.Kind.STAIR)), "ground", 5, "above", walker());
        // 5 m at 1 m/s, 10 m at 0.5 m/s, 9.7 m at 1 m/s.
        assertThat(simulation.result().leaving_s()[0]).isCloseTo(34.7f, within(1f));
    }

    @Test
    void downAStairOneIsFaster() {
        Simulation simulation = walk(ground(house(Stair.Kind.STAIR)), "upper", 23, "below", walker());
        // 5 m at 1 m/s, 10 m at 0.8 m/s, 9.7 m at 1 m/s.
        assertThat(simulation.result().leaving_s()[0]).isCloseTo(27.2f, within(1f));
    }

    @Test
    void aRampIsWalkedAsTheLevel() {
        Simulation simulation = walk(ground(house(Stair.Kind.RAMP)), "ground", 5, "above", walker());
        assertThat(simulation.result().leaving_s()[0]).isCloseTo(24.7f, within(1f));
    }

    @Test
    void aWheelchairTakesTheRampButNotTheStair() {
        Profile wheelchair = Profile.wheelchairs();
        Simulation up = walk(ground(house(Stair.Kind.RAMP)), "ground", 5, "above", wheelchair);
        assertThat(up.evacuated()).isEqualTo(1);
        Simulation round = walk(ground(house(Stair.Kind.STAIR)), "ground", 5, "above", wheelchair);
        assertThat(round.result().exit()[0]).isZero();
    }

    @Test
    void whoCannotGetDownInAWheelchairIsReported() {
        Scene scene = house(Stair.Kind.STAIR);
        Scene oneExit = new Scene(
                scene.name(),
                scene.levels(),
                scene.doors(),
                scene.stairs(),
                scene.exits().subList(0, 1));
        Simulation simulation = walk(ground(oneExit), "upper", 23, "below", Profile.wheelchairs());
        assertThat(simulation.evacuated()).isZero();
        assertThat(simulation.problems()).extracting(Problem::kind).contains(Problem.Kind.TRAPPED);
    }

    @Test
    void distancesGoOverStairs() {
        Ground ground = ground(house(Stair.Kind.STAIR));
        assertThat(ground.distance_m("above", "ground", new Point(5, 1))).isCloseTo(22.7, within(0.5));
        assertThat(ground.distance_m("below", "upper", new Point(23, 1))).isCloseTo(22.7, within(0.5));
    }

    @Test
    void levelsThatLieAboveEachOtherDoNotMeet() {
        Scene scene = Scene.of(
                        "storeys",
                        Level.of("ground", Area.rectangle(0, 0, 10, 2)),
                        Level.of("upper", Area.rectangle(0, 0, 10, 2)).at(3))
                .with(
                        Exit.of("below", "ground", Segment.of(9.7, 0, 9.7, 2)),
                        Exit.of("above", "upper", Segment.of(0.3, 0, 0.3, 2)));
        Simulation simulation = ground(scene)
                .begin(
                        Scenario.of(
                                        Population.of("a", 20, "ground", Area.rectangle(0, 0, 5, 2))
                                                .like(Sketch.walker()),
                                        Population.of("b", 20, "upper", Area.rectangle(5, 0, 10, 2))
                                                .like(Sketch.walker()))
                                .set(new Settings(0.2, OptionalDouble.empty(), 0)),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(60);
        assertThat(simulation.evacuated()).isEqualTo(40);
        for (int person = 0; person < 40; person++) {
            assertThat(simulation.result().exit()[person]).isEqualTo(person < 20 ? 0 : 1);
        }
    }
}
