// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;

/** 4: doors and gates that are closed, open one way, open at a time, or let through only so many. */
class Step04DoorsTest {

    private static final Sketch ONE_WAY_OUT = Sketch.of("a...|....E");

    @Test
    void anOpenDoorIsNoObstacle() {
        assertThat(ONE_WAY_OUT.run(60)).isEqualTo("E: a 7 s");
    }

    @Test
    void aClosedDoorIsAWall() {
        Sketch closed = ONE_WAY_OUT.withDoor(1, door -> door.open(Opening.NEVER));
        Sketch round = Sketch.of("""
                a...|....E
                ..........
                """).withDoor(1, door -> door.open(Opening.NEVER));
        assertThat(round.run(60)).matches("E: a [78] s");
        assertThat(closed.run(60)).isEqualTo("not out: a");
    }

    @Test
    void oneWaitsForADoorThatOpensLater() {
        assertThat(ONE_WAY_OUT.withDoor(1, door -> door.open(Opening.from(20))).run(60))
                .matches("E: a 2[4-8] s");
    }

    @Test
    void aOneWayDoorIsPassedOneWayOnly() {
        // Its line goes from south to north: eastwards is from left to right.
        assertThat(ONE_WAY_OUT
                        .withDoor(1, door -> door.passable(Door.Way.LEFT_TO_RIGHT))
                        .run(60))
                .isEqualTo("E: a 7 s");
        assertThat(ONE_WAY_OUT
                        .withDoor(1, door -> door.passable(Door.Way.RIGHT_TO_LEFT))
                        .run(60))
                .isEqualTo("not out: a");
    }

    @Test
    void aTurnstileLetsThroughAsManyAsItIsSaidTo() {
        Sketch sketch = Sketch.of("""
                aaaaa#....
                aaaaa|...E
                aaaaa#....
                """).withDoor(1, door -> door.limitedTo(0.5));
        Simulation simulation = sketch.begin();
        simulation.advanceTo(100);
        Result.Passages door = simulation.result().doors().getFirst();
        assertThat(door.forward_s()).hasSize(15);
        assertThat(door.backward_s()).isEmpty();
        assertThat(door.flow_per_s(0, 1)).isBetween(0.47, 0.51);
    }

    @Test
    void aDoorThatClosesInTheMeantimeSendsPeopleTheOtherWay() {
        Sketch sketch = Sketch.of("""
                W...a.......|.E
                """);
        Simulation simulation = sketch.ground()
                .begin(
                        sketch.scenario("a", a -> a.choosing(org.polias.simulate.api.RouteChoice.to("E"))),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(3);
        simulation.setOpen("door 1", false);
        simulation.advanceTo(60);
        assertThat(sketch.tell(sketch.scenario(), simulation.result())).matches("W: a [0-9]+ s");
    }

    @Test
    void anExitThatClosesSendsPeopleToAnother() {
        Sketch sketch = Sketch.of("W.....a...E").withExit("E", exit -> exit.open(Opening.until(2)));
        assertThat(sketch.run(60)).matches("W: a [0-9]+ s");
    }

    @Test
    void aBusTakesAsManyAsItHasSeats() {
        Sketch sketch = Sketch.of("""
                aaaa....EE
                aaaa....EE
                """).withExit("E", exit -> exit.served(new Exit.Service.Vehicles(3, 10, 30)));
        Simulation simulation = sketch.begin();
        simulation.advanceTo(9.7);
        assertThat(simulation.evacuated()).isZero();
        simulation.advanceTo(39);
        assertThat(simulation.evacuated()).isEqualTo(3);
        simulation.advanceTo(69);
        assertThat(simulation.evacuated()).isEqualTo(6);
        simulation.advanceTo(120);
        assertThat(simulation.evacuated()).isEqualTo(8);
    }

    @Test
    void passersAreCountedAtDoors() {
        Simulation simulation = ONE_WAY_OUT.begin();
        simulation.advanceTo(60);
        Result.Passages door = simulation.result().doors().getFirst();
        assertThat(door.id()).isEqualTo("door 1");
        // From the middle of the first metre to that of the fifth.
        assertThat(door.forward_s()).hasSize(1);
        assertThat(door.forward_s()[0]).isBetween(3.2f, 3.8f);
    }

    @Test
    void nobodyStandsAgainstThinWallsBesideADoorForGood() {
        // Walls that no line of the navigation grid lies on, and exits that draw people along the walls and around the
        // jambs.
        for (double wall_m : new double[] {10, 10.13, 10.26, 10.4}) {
            Ground ground = CrowdSimulator.prepare(
                    Scene.of(
                                    "hall",
                                    Level.of("street", Area.rectangle(0, 0, 40, 20))
                                            .withWalls(
                                                    Segment.of(0, wall_m, 8, wall_m),
                                                    Segment.of(10, wall_m, 40, wall_m)))
                            .with(Exit.of("out", "street", Segment.of(39.7, 0, 39.7, 4))),
                    new Settings(0.2, OptionalDouble.of(0.47), 0),
                    Workers.SEQUENTIAL);
            Simulation simulation = ground.begin(
                    Scenario.of(Population.of("crowd", 200, "street", Area.rectangle(0, wall_m, 40, wall_m + 3))),
                    Workers.SEQUENTIAL);
            simulation.advanceTo(400);
            assertThat(simulation.evacuated()).as("wall at %s m", wall_m).isEqualTo(200);
        }
    }
}
