// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.simulate.api.FractionalEffectiveDose;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Hazards;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Threat;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** 7: smoke, gas, and people who attack. */
class Step07HazardsTest {

    private static Hazards smoke(double extinction_per_m) {
        return new Hazards() {
            @Override
            public double extinction_per_m(String level, double x_m, double y_m, double time_s) {
                return extinction_per_m;
            }
        };
    }

    private static Hazards gas(double rate_per_s, double fromX_m, double toX_m, double avoidance) {
        return new Hazards() {
            @Override
            public double doseRate_per_s(String level, double x_m, double y_m, double time_s) {
                return x_m >= fromX_m && x_m <= toX_m ? rate_per_s : 0;
            }

            @Override
            public double avoidance(String level, double x_m, double y_m, double time_s) {
                return x_m >= fromX_m && x_m <= toX_m && y_m < 4 ? avoidance : 0;
            }
        };
    }

    @ParameterizedTest(name = "{0} 1/m: {1}")
    @CsvSource({"0, 1", "1, 0.919", "5, 0.596", "10, 0.193", "20, 0.1"})
    void smokeSlowsAsMeasured(double extinction_per_m, double part) {
        Sketch sketch = Sketch.of("a...........E");
        Simulation simulation =
                sketch.ground().begin(sketch.scenario().amid(smoke(extinction_per_m)), Workers.SEQUENTIAL);
        simulation.advanceTo(300);
        assertThat(simulation.result().leaving_s()[0])
                .isCloseTo((float) (11.5 / (Sketch.SPEED_MPS * part)), within(1.2f));
    }

    @ParameterizedTest(name = "CO {0} ppm, CO2 {1} %, O2 {2} %")
    @CsvSource({"1000, 2, 15, 981.71", "0, 0, 12, 1666.49", "1000, 0, 20.9, 1692.82", "1000, 3.43, 20.9, 846.50"})
    void gasesOfAFireOvercomeInTheTimeOfTheStandard(double co_ppm, double co2, double o2, double expected_s) {
        double rate = FractionalEffectiveDose.rate_per_s(co_ppm, co2, o2);
        assertThat(1 / rate).isCloseTo(expected_s, within(expected_s * 0.01));
    }

    @Test
    void whoIsOvercomeStaysAndTheOthersWalkAround() {
        Sketch sketch = Sketch.of("""
                ..................E
                b.a...............E
                ..................E
                """);
        // a has gathered the dose after 4 s; b comes later, and faster through.
        Simulation simulation = sketch.ground()
                .begin(
                        sketch.scenario("b", b -> b.leavingAfter(org.polias.simulate.api.Distribution.constant(30)))
                                .amid(new Hazards() {
                                    @Override
                                    public double doseRate_per_s(String level, double x, double y, double time_s) {
                                        return time_s < 20 && x > 1.5 ? 0.25 : 0;
                                    }
                                }),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(120);
        assertThat(simulation.down()).isEqualTo(1);
        assertThat(simulation.evacuated()).isEqualTo(1);
        Result result = simulation.result();
        assertThat(result.overcome()).isEqualTo(1);
        assertThat(result.dose()[0]).isGreaterThanOrEqualTo(1);
        assertThat(result.dose()[1]).isZero();
        assertThat(simulation.frame().condition()).containsExactly(Frame.Condition.DOWN);
    }

    @Test
    void oneGoesALongWayRoundGas() {
        Sketch sketch = Sketch.of("""
                .........
                .#######.
                .#######.
                .#######.
                .#######.
                .#######.
                a.......E
                """);
        Simulation straight = sketch.begin();
        straight.advanceTo(60);
        Simulation round = sketch.ground().begin(sketch.scenario().amid(gas(0.001, 3, 6, 1)), Workers.SEQUENTIAL);
        round.advanceTo(60);
        assertThat(straight.result().walked_m()[0]).isLessThan(9);
        assertThat(round.result().walked_m()[0]).isGreaterThan(16);
        assertThat(round.result().dose()[0])
                .as("only where it cannot be avoided")
                .isLessThan(0.02f);
    }

    @Test
    void peopleRunFromAnAttackerAndNotPastHim() {
        Sketch sketch = Sketch.of("W.........a......E");
        Threat attacker = new Threat(
                "attacker",
                Sketch.LEVEL,
                List.of(new Threat.Waypoint(0, new Point(14.5, 0.5))),
                Double.POSITIVE_INFINITY,
                20,
                1,
                1);
        assertThat(sketch.run(60)).startsWith("E: a");
        String told = sketch.run(sketch.scenario().with(attacker), 60);
        assertThat(told).matches("W: a [0-9]+ s");
    }

    @Test
    void whoDoesNotSeeTheAttackerGoesOn() {
        Sketch sketch = Sketch.of("""
                ..#......
                a.#......
                ..#......
                ..#......
                E.#......
                """);
        Threat attacker = new Threat(
                "attacker",
                Sketch.LEVEL,
                List.of(new Threat.Waypoint(0, new Point(4, 2.5))),
                Double.POSITIVE_INFINITY,
                20,
                10,
                1);
        Simulation simulation = sketch.ground().begin(sketch.scenario().with(attacker), Workers.SEQUENTIAL);
        simulation.advanceTo(1.2);
        assertThat(simulation.frame().condition()).containsExactly(Frame.Condition.WALKING);
    }

    @Test
    void anAttackerHurtsWhoIsWithinReach() {
        Sketch sketch = Sketch.of("""
                aaaaaaaaaa..........E
                aaaaaaaaaa..........E
                """);
        Threat attacker = new Threat(
                "attacker",
                Sketch.LEVEL,
                List.of(new Threat.Waypoint(0, new Point(0.5, 1)), new Threat.Waypoint(20, new Point(10, 1))),
                20,
                30,
                3,
                0.5);
        Simulation simulation = sketch.ground()
                .begin(
                        sketch.scenario("a", a -> a.choosing(RouteChoice.to("E")))
                                .with(attacker),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(60);
        Result result = simulation.result();
        assertThat(result.hurt()).isBetween(1, 10);
        assertThat(simulation.down()).isEqualTo(result.hurt());
        assertThat(simulation.evacuated()).isEqualTo(20 - result.hurt());
    }
}
