// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** 1: one person, alone. */
class Step01WalkTest {

    @Test
    void oneWalksStraightToTheExitAtTheOwnSpeed() {
        // 11.5 m to the exit's edge at 1.2 m/s.
        assertThat(Sketch.of("a...........E").run(60)).isEqualTo("E: a 10 s");
    }

    @ParameterizedTest
    @CsvSource({"0.6, 19.2", "1.0, 11.5", "2.0, 5.75"})
    void timeIsDistanceOverSpeed(double speed_mps, double time_s) {
        Sketch sketch = Sketch.of("a...........E");
        Simulation simulation = sketch.ground()
                .begin(
                        sketch.scenario("a", a -> a.like(Profile.walking(Distribution.constant(speed_mps)))),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(60);
        assertThat(simulation.result().leaving_s()[0]).isCloseTo((float) time_s, within(0.25f));
    }

    @Test
    void oneGoesAroundAnObstacleByTheShortestWay() {
        Sketch sketch = Sketch.of("""
                ...........
                .a.......E.
                ...........
                """);
        Sketch blocked = Sketch.of("""
                .....#.....
                .a...#...E.
                .....#.....
                ...........
                """);
        assertThat(sketch.run(60)).isEqualTo("E: a 6 s");
        assertThat(blocked.run(60)).isEqualTo("E: a 7 s");
    }

    @Test
    void oneWalksNoFartherThanTheWayIsLong() {
        Sketch sketch = Sketch.of("""
                a####
                .####
                .####
                ....E
                """);
        Simulation simulation = sketch.begin();
        simulation.advanceTo(60);
        Result result = simulation.result();
        // Around the inner corner at (1, 1), which is passed at some distance: 3.1 + 3.1 m.
        assertThat(result.walked_m()[0]).isBetween(5.5f, 6.6f);
        assertThat(result.evacuated()).isEqualTo(1);
    }

    @Test
    void itIsOverWhenTheLastIsOut() {
        Simulation simulation = Sketch.of("a....E").begin();
        assertThat(simulation.present()).isEqualTo(1);
        assertThat(simulation.isOver()).isFalse();
        simulation.advanceTo(60);
        assertThat(simulation.isOver()).isTrue();
        assertThat(simulation.present()).isZero();
        assertThat(simulation.evacuated()).isEqualTo(1);
        assertThat(simulation.time_s()).isLessThan(10);
    }
}
