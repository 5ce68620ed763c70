// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Cordon;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;

/** 2: many want through a narrow place. The long verification, with all widths and seeds, is './polias evaluate crowd'. */
class Step02QueueTest {

    private static final Settings SETTINGS = new Settings(0.2, OptionalDouble.empty(), 0);

    @ParameterizedTest(name = "{0} m")
    @ValueSource(doubles = {0.8, 1.2, 2.4})
    void aDoorPassesAsManyAsPeopleDo(double width_m) {
        Ground ground = CrowdSimulator.prepare(
                Scene.of(
                                "bottleneck",
                                Level.of(
                                        "street",
                                        Area.rectangle(0, -2.5, 12, 2.5),
                                        Area.rectangle(12, -width_m / 2, 12.4, width_m / 2),
                                        Area.rectangle(12.4, -5, 18, 5)))
                        .with(Exit.of("out", "street", Segment.of(18, -5, 18, 5))),
                SETTINGS,
                Workers.SEQUENTIAL);
        Simulation simulation = ground.begin(
                Scenario.of(Population.of("crowd", 120, "street", Area.rectangle(1, -2.4, 11, 2.4)))
                        .with(new Cordon("throat", "street", Segment.of(12.2, -width_m / 2, 12.2, width_m / 2)))
                        .set(SETTINGS),
                Workers.SEQUENTIAL);
        simulation.advanceTo(300);
        assertThat(simulation.evacuated()).isEqualTo(120);
        double specific = simulation.result().cordons().getFirst().flow_per_s(0.1, 0.9) / width_m;
        assertThat(specific).isBetween(1.4, 2.5);
    }

    @Test
    void whoComesFirstGoesFirst() {
        assertThat(Sketch.of("c.b.a.........E").run(60)).isEqualTo("E: a 8 s, b 10 s, c 11 s");
    }

    @Test
    void nobodyOvertakesWhereThereIsNoRoom() {
        Sketch sketch = Sketch.of("f.s...........E");
        String told = sketch.run(
                sketch.scenario(
                        "s",
                        s -> s.like(org.polias.simulate.api.Profile.walking(
                                org.polias.simulate.api.Distribution.constant(0.5)))),
                90);
        assertThat(told).matches("E: s 2[3-6] s, f 2[4-7] s");
    }

    @Test
    void oneOvertakesASlowOneWhereThereIsRoom() {
        Sketch sketch = Sketch.of("""
                ...............
                f.s...........E
                ...............
                """);
        String told = sketch.run(
                sketch.scenario(
                        "s",
                        s -> s.like(org.polias.simulate.api.Profile.walking(
                                org.polias.simulate.api.Distribution.constant(0.5)))),
                90);
        assertThat(told).matches("E: f 1[1-4] s, s 2[3-6] s");
    }
}
