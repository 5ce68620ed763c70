// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Snapshot;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;

/** 9: the same course, whoever computes it; and going on from where another one was. */
class Step09SameCourseTest {

    private static final Sketch TOWN = Sketch.of("""
            ..............####
            ..............####
            ..............|..E
            ..............####
            W.............####
            W.............####
            """);

    private static Scenario scenario(long seed) {
        return TOWN.scenario()
                .with(
                        Population.of("a", 60, Sketch.LEVEL, Area.rectangle(3, 0, 14, 6)),
                        Population.of("b", 20, Sketch.LEVEL, Area.rectangle(1, 0, 14, 6))
                                .leavingAfter(Distribution.uniform(0, 20))
                                .choosing(RouteChoice.to("W")))
                .seeded(seed);
    }

    /** Runs tasks in an order that changes each time, as threads would. */
    private static Workers inAnyOrder() {
        Random random = new Random(5);
        return (tasks, task) -> {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            order.forEach(task::accept);
        };
    }

    private static void assertSame(Frame one, Frame other) {
        assertThat(other.person()).isEqualTo(one.person());
        assertThat(other.x_m()).isEqualTo(one.x_m());
        assertThat(other.y_m()).isEqualTo(one.y_m());
        assertThat(other.speed_mps()).isEqualTo(one.speed_mps());
    }

    @Test
    void theSameSeedGivesTheSameCourseToTheBit() {
        Ground ground = TOWN.ground();
        Simulation one = ground.begin(scenario(7), Workers.SEQUENTIAL);
        Simulation other = ground.begin(scenario(7), Workers.SEQUENTIAL);
        one.advanceTo(15);
        other.advanceTo(15);
        assertSame(one.frame(), other.frame());
    }

    @Test
    void anotherSeedGivesAnother() {
        Ground ground = TOWN.ground();
        Simulation one = ground.begin(scenario(7), Workers.SEQUENTIAL);
        Simulation other = ground.begin(scenario(8), Workers.SEQUENTIAL);
        assertThat(other.frame().x_m()).isNotEqualTo(one.frame().x_m());
    }

    @Test
    void theOrderOfTheWorkDoesNotMatter() {
        Scenario many = TOWN.scenario().with(Population.of("a", 400, Sketch.LEVEL, Area.rectangle(0, 0, 14, 6)));
        Simulation one = TOWN.ground().begin(many, Workers.SEQUENTIAL);
        Simulation other = TOWN.ground().begin(many, inAnyOrder());
        one.advanceTo(20);
        other.advanceTo(20);
        assertSame(one.frame(), other.frame());
        assertThat(other.result().leaving_s()).isEqualTo(one.result().leaving_s());
    }

    @Test
    void aSimulationThatIsTakenUpGoesOnAsIfItHadNotStopped() {
        Ground ground = TOWN.ground();
        Simulation straight = ground.begin(scenario(3), Workers.SEQUENTIAL);
        straight.advanceTo(5);
        Snapshot snapshot = straight.snapshot();
        straight.advanceTo(60);
        Simulation resumed = ground.resume(snapshot, scenario(3), Workers.SEQUENTIAL);
        assertThat(resumed.time_s()).isEqualTo(5.0, org.assertj.core.api.Assertions.within(0.11));
        resumed.advanceTo(60);
        Result one = straight.result();
        Result other = resumed.result();
        assertThat(other.evacuated()).isEqualTo(one.evacuated());
        assertThat(other.evacuation_s(1)).isCloseTo(one.evacuation_s(1), org.assertj.core.api.Assertions.within(5.0));
    }

    @Test
    void aSnapshotCanBeTakenUpAgainAndAgain() {
        Ground ground = TOWN.ground();
        Simulation simulation = ground.begin(scenario(3), Workers.SEQUENTIAL);
        simulation.advanceTo(5);
        Snapshot snapshot = simulation.snapshot();
        simulation.advanceTo(10);
        Frame before = snapshot.frame();
        Simulation one = ground.resume(snapshot, scenario(3), Workers.SEQUENTIAL);
        one.advanceTo(20);
        Simulation other = ground.resume(snapshot, scenario(3), Workers.SEQUENTIAL);
        assertSame(before, snapshot.frame());
        other.advanceTo(20);
        assertSame(one.frame(), other.frame());
    }

    @Test
    void whoIsTakenUpCanBeSentAnotherWay() {
        Ground ground = TOWN.ground();
        Simulation simulation = ground.begin(scenario(3), Workers.SEQUENTIAL);
        simulation.advanceTo(4);
        Scenario changed = new Scenario(
                scenario(3).populations().stream()
                        .map(each -> each.choosing(RouteChoice.to("W")))
                        .toList(),
                scenario(3).hazards(),
                List.of(),
                List.of(),
                List.of(),
                scenario(3).settings(),
                3);
        Simulation resumed = ground.resume(simulation.snapshot(), changed, Workers.SEQUENTIAL);
        int out = resumed.evacuated();
        resumed.advanceTo(120);
        assertThat(resumed.evacuated()).isEqualTo(80);
        long east = java.util.Arrays.stream(resumed.result().exit())
                .filter(exit -> exit == 0)
                .count();
        assertThat(east).isLessThanOrEqualTo(out);
    }
}
