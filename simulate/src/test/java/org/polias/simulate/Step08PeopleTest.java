// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Grouping;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.MeasurementArea;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** 8: what people are like, and how they are measured. */
class Step08PeopleTest {

    private static final Settings SETTINGS = new Settings(0.2, OptionalDouble.empty(), 1);

    private static Ground square(double side_m) {
        return CrowdSimulator.prepare(
                Scene.of("square", Level.of("street", Area.rectangle(0, 0, side_m, side_m)))
                        .with(Exit.of("east", "street", Segment.of(side_m, 0, side_m, side_m))),
                SETTINGS,
                Workers.SEQUENTIAL);
    }

    @ParameterizedTest(name = "{0} years: {1} m/s")
    @CsvSource({"20, 1.61", "50, 1.41", "80, 0.68"})
    void theOldWalkSlowerByWeidmannsCurve(double age, double speed_mps) {
        Simulation simulation = square(100)
                .begin(
                        Scenario.of(Population.of("p", 60, "street", Area.rectangle(0, 0, 40, 100))
                                        .like(Profile.aged(Distribution.constant(age))))
                                .set(SETTINGS),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(6);
        Frame frame = simulation.frame();
        double sum = 0;
        for (float speed : frame.speed_mps()) {
            sum += speed;
        }
        assertThat(sum / frame.count()).isCloseTo(speed_mps, within(0.12 * speed_mps));
    }

    @Test
    void everybodyMovesOffAtTheOwnTime() {
        Simulation simulation = square(30)
                .begin(
                        Scenario.of(Population.of("p", 30, "street", Area.rectangle(0, 0, 10, 30))
                                        .leavingAfter(Distribution.uniform(10, 20)))
                                .set(SETTINGS),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(9.8);
        assertThat(simulation.frame().condition()).containsOnly(Frame.Condition.WAITING);
        simulation.advanceTo(15);
        assertThat(simulation.frame().condition()).contains(Frame.Condition.WAITING, Frame.Condition.WALKING);
        simulation.advanceTo(20.4);
        assertThat(simulation.frame().condition()).doesNotContain(Frame.Condition.WAITING);
    }

    @Test
    void aGroupArrivesTogetherAtThePaceOfTheSlowest() {
        Simulation simulation = square(60)
                .begin(
                        Scenario.of(Population.of("family", 5, "street", Area.rectangle(1, 28, 4, 31))
                                        .like(Profile.walking(Distribution.uniform(0.5, 1.25)))
                                        .grouped(new Grouping(1, Distribution.constant(5), 2)))
                                .set(SETTINGS),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(300);
        float[] times = simulation.result().leaving_s();
        float first = Float.MAX_VALUE;
        float last = 0;
        for (float time : times) {
            first = Math.min(first, time);
            last = Math.max(last, time);
        }
        assertThat(last - first).isLessThan(10);
        assertThat(first).as("nobody at more than 0.8 m/s").isGreaterThan(60);
    }

    @Test
    void peopleArriveOneAfterAnother() {
        Simulation simulation = square(30)
                .begin(
                        Scenario.of(Population.of(
                                        "p", 40, new Placement.Arriving("street", Area.rectangle(0, 10, 2, 20), 5, 45)))
                                .set(SETTINGS),
                        Workers.SEQUENTIAL);
        simulation.advanceTo(4.8);
        assertThat(simulation.present()).isZero();
        simulation.advanceTo(25);
        assertThat(simulation.present() + simulation.evacuated()).isBetween(15, 25);
        simulation.advanceTo(200);
        assertThat(simulation.evacuated()).isEqualTo(40);
        assertThat(simulation.isOver()).isTrue();
    }

    @Test
    void theVoronoiDensityOfACrowdThatStandsEvenlyIsItsDensity() {
        Simulation simulation = square(20)
                .begin(
                        Scenario.of(Population.of("p", 800, "street", Area.rectangle(0, 0, 20, 20))
                                        .choosing(new org.polias.simulate.api.RouteChoice.Stay()))
                                .with(new MeasurementArea("middle", "street", Area.rectangle(5, 5, 15, 15)))
                                .set(SETTINGS),
                        Workers.SEQUENTIAL);
        simulation.step();
        Result.AreaSeries middle = simulation.result().areas().getFirst();
        assertThat(middle.area_m2()).isEqualTo(100);
        assertThat(middle.density_per_m2()[0]).isCloseTo(2, within(0.15f));
        assertThat(middle.people()[0]).isBetween(185, 215);
        assertThat(middle.pressure_per_s2()[0]).isCloseTo(0, within(0.01f));
        assertThat(simulation.result().maps().getFirst().maxDensity_per_m2()[10 * 22 + 10])
                .isBetween(1.3f, 3f);
    }
}
