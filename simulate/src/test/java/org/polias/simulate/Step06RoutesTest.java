// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;

/** 6: which exit people choose. */
class Step06RoutesTest {

    private static final Sketch STREET = Sketch.of("""
            W....................E
            W.aaaaaaaa...........E
            W....................E
            """);

    private static int[] counts(Simulation simulation) {
        simulation.advanceTo(200);
        int[] counts = new int[2];
        for (int exit : simulation.result().exit()) {
            counts[exit == 0 ? 0 : 1]++;
        }
        return counts;
    }

    private static int[] counts(RouteChoice route) {
        return counts(STREET.ground().begin(STREET.scenario("a", a -> a.choosing(route)), Workers.SEQUENTIAL));
    }

    // Exits are in the order of the alphabet: 0 is E, 1 is W.

    @Test
    void byItselfEverybodyTakesTheNearest() {
        assertThat(counts(RouteChoice.nearest())).containsExactly(0, 8);
    }

    @Test
    void oneCanBeShownAnother() {
        assertThat(counts(RouteChoice.to("E"))).containsExactly(8, 0);
        assertThat(counts(new RouteChoice.Signed(List.of("E", "W")))).containsExactly(0, 8);
    }

    @Test
    void theFamiliarExitIsTakenByWeight() {
        assertThat(counts(new RouteChoice.Familiar(Map.of("E", 1.0)))).containsExactly(8, 0);
        int[] mixed = counts(new RouteChoice.Familiar(Map.of("E", 1.0, "W", 1.0)));
        assertThat(mixed[0]).isBetween(1, 7);
        assertThat(mixed[0] + mixed[1]).isEqualTo(8);
    }

    @Test
    void aPlanDealsPeopleOutSoThatTheyWalkLittle() {
        Sketch sketch = Sketch.of("W.aabbccdd..E");
        Scenario scenario = sketch.scenario();
        RouteChoice half = new RouteChoice.Assigned(Map.of("E", 0.5, "W", 0.5));
        // One population of all: the two to the east are those who stand farthest east.
        Scenario all = Scenario.of(org.polias.simulate.api.Population.of(
                                "all",
                                0,
                                new org.polias.simulate.api.Placement.At(scenario.populations().stream()
                                        .flatMap(each -> ((org.polias.simulate.api.Placement.At) each.placement())
                                                .spots().stream())
                                        .toList()))
                        .like(Sketch.walker())
                        .choosing(half))
                .set(scenario.settings());
        Simulation simulation = sketch.ground().begin(all, Workers.SEQUENTIAL);
        Frame frame = simulation.frame();
        for (int i = 0; i < frame.count(); i++) {
            assertThat(frame.exit()[i]).as("at %s m", frame.x_m()[i]).isEqualTo(frame.x_m()[i] > 6 ? 0 : 1);
        }
    }

    @Test
    void whoSeesALongQueueGoesElsewhere() {
        Sketch sketch = Sketch.of("""
                ########..............
                ########.aaaaaaaaaa...
                W........aaaaaaaaaa..E
                ########.aaaaaaaaaa..E
                ########.aaaaaaaaaa..E
                ########..............
                """);
        Simulation simply =
                sketch.ground().begin(sketch.scenario("a", a -> a.choosing(RouteChoice.to("W"))), Workers.SEQUENTIAL);
        Simulation informed = sketch.ground()
                .begin(
                        sketch.scenario(
                                "a", a -> a.choosing(new RouteChoice.CongestionAware(1, 2, RouteChoice.to("W")))),
                        Workers.SEQUENTIAL);
        int[] without = counts(simply);
        int[] with = counts(informed);
        assertThat(without).containsExactly(0, 40);
        assertThat(with[0]).isBetween(15, 40);
        assertThat(informed.time_s()).isLessThan(simply.time_s());
    }

    @Test
    void aResponderGoesToAPlaceAndStays() {
        Sketch sketch = Sketch.of("E...r.......");
        Simulation simulation = sketch.ground()
                .begin(
                        sketch.scenario(
                                "r",
                                r -> r.choosing(new RouteChoice.Toward(Sketch.LEVEL, Area.rectangle(10, 0, 11, 1)))),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(30);
        assertThat(simulation.isOver()).isTrue();
        assertThat(simulation.evacuated()).isZero();
        Frame frame = simulation.frame();
        assertThat(frame.condition()).containsExactly(Frame.Condition.ARRIVED);
        assertThat(frame.x_m()[0]).isBetween(9.8f, 11f);
    }

    @Test
    void peopleCanBeRedirectedWhileTheyWalk() {
        Simulation simulation = STREET.begin();
        simulation.advanceTo(2);
        simulation.redirect(List.of("a"), RouteChoice.to("E"));
        int[] counts = counts(simulation);
        assertThat(counts[0]).isGreaterThanOrEqualTo(5);
    }

    @Test
    void whoIsToStayStays() {
        Simulation simulation = STREET.ground()
                .begin(STREET.scenario("a", a -> a.choosing(new RouteChoice.Stay())), Workers.SEQUENTIAL);
        simulation.advanceTo(10);
        assertThat(simulation.present()).isEqualTo(8);
        assertThat(simulation.isOver()).isTrue();
    }

    @Test
    void anExitThatOpensIsFound() {
        Sketch sketch = Sketch.of("W.................a.E").withExit("E", exit -> exit.open(Opening.from(4)));
        assertThat(sketch.run(60)).matches("E: a [0-9]+ s");
    }
}
