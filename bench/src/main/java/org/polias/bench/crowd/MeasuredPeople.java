// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.polias.bench.crowd.CrowdCase.Outcome;
import org.polias.bench.crowd.Plots.Plot;
import org.polias.bench.crowd.Plots.Series;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Cordon;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.MeasurementArea;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;

/** Against measurements of people: flows through bottlenecks, and the fundamental diagram. */
final class MeasuredPeople {

    /** Specific flows through bottlenecks of 0.6 to 2.5 m that people were measured with, persons per second and metre. */
    private static final double FLOW_LOW = 1.5;

    private static final double FLOW_HIGH = 2.3;
    /** How far from the data of Juelich a flow may be. */
    private static final double TOLERANCE = 0.10;

    private MeasuredPeople() {}

    static List<CrowdCase> cases() {
        List<CrowdCase> cases = new ArrayList<>();
        for (double width : new double[] {0.8, 1.0, 1.2, 1.8, 2.4}) {
            cases.add(new CrowdCase(
                    String.format(Locale.ROOT, "bottleneck %.1f m", width),
                    "150 adults (more for the wider) in a corridor of 5 m before an opening, 20 seeds",
                    "each seed 1.5-2.3 /(m s), all out",
                    lab -> bottleneck(lab, width)));
        }
        for (int i = 0; i < JuelichData.WIDTH_M.length; i++) {
            int index = i;
            cases.add(new CrowdCase(
                    String.format(Locale.ROOT, "juelich bottleneck %.1f m", JuelichData.WIDTH_M[i]),
                    "350 students from a half circle of 3 /m2 through boards of 1 m",
                    String.format(Locale.ROOT, "%.2f /s +- 10 %%", JuelichData.FLOW_PER_S[i]),
                    lab -> hermes(lab, index)));
        }
        cases.add(new CrowdCase(
                "juelich gate 0.5 m",
                "75 students in a corridor of 5.6 m before a gate",
                String.format(Locale.ROOT, "%.2f /s +- 10 %%", JuelichData.GATE_FLOW_PER_S),
                MeasuredPeople::gate));
        cases.add(new CrowdCase(
                "juelich fundamental diagram",
                "corridor of 4 m, Voronoi density and speed",
                "within the data's 10-90 % at every density",
                MeasuredPeople::fundamentalDiagram));
        return cases;
    }

    private static Outcome bottleneck(Lab lab, double width) {
        int people = (int) Math.round(Math.max(150, 120 * width));
        double depth = people / (5 * 3.0);
        Ground ground = Lab.ground(Scene.of(
                        "bottleneck",
                        Level.of(
                                Lab.LEVEL,
                                Area.rectangle(-depth - 3, -2.5, 0, 2.5),
                                Area.rectangle(0, -width / 2, 0.4, width / 2),
                                Area.rectangle(0.4, -8, 8, 8)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(8, -8, 8, 8))));
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double sum = 0;
        int stuck = 0;
        int seeds = lab.seeds(20);
        for (int seed = 1; seed <= seeds; seed++) {
            Result result = Lab.run(
                    ground,
                    Scenario.of(Population.of("crowd", people, Lab.LEVEL, Area.rectangle(-depth - 1, -2.5, -1, 2.5)))
                            .with(new Cordon("throat", Lab.LEVEL, Segment.of(0.2, -width / 2, 0.2, width / 2)))
                            .set(Lab.silent())
                            .seeded(seed),
                    people / width * 3);
            double flow = result.cordons().getFirst().flow_per_s(0.1, 0.9) / width;
            stuck += result.evacuated() < people ? 1 : 0;
            least = Math.min(least, flow);
            most = Math.max(most, flow);
            sum += flow / seeds;
        }
        return Outcome.of(
                stuck == 0 && least >= FLOW_LOW && most <= FLOW_HIGH,
                "mean %.2f, %.2f-%.2f /(m s) over %d seeds, %d jammed for good",
                sum,
                least,
                most,
                seeds,
                stuck);
    }

    private static Outcome hermes(Lab lab, int index) {
        double width = JuelichData.WIDTH_M[index];
        Ground ground = Lab.ground(Scene.of(
                        "hermes",
                        Level.of(
                                Lab.LEVEL,
                                Area.rectangle(-15, -10, 0, 10),
                                Area.rectangle(0, -width / 2, 1, width / 2),
                                Area.rectangle(1, -10, 10, 10)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(10, -10, 10, 10))));
        List<Point> halfCircle = new ArrayList<>();
        for (int i = 0; i <= 32; i++) {
            double angle = Math.PI / 2 + Math.PI * i / 32;
            halfCircle.add(new Point(8.62 * Math.cos(angle), 8.62 * Math.sin(angle)));
        }
        double sum = 0;
        double front = 0;
        double speed = 0;
        int seeds = lab.seeds(10);
        for (int seed = 1; seed <= seeds; seed++) {
            Result result = Lab.run(
                    ground,
                    Scenario.of(Population.of("students", 350, Lab.LEVEL, new Area(halfCircle, List.of()))
                                    .like(Lab.STUDENTS))
                            .with(new Cordon("gap", Lab.LEVEL, Segment.of(0.5, -width / 2, 0.5, width / 2)))
                            .with(new MeasurementArea("front", Lab.LEVEL, Area.rectangle(-2, -1.4, 0, 1.4)))
                            .set(Lab.sampled())
                            .seeded(seed),
                    200);
            sum += result.cordons().getFirst().flow_per_s(0.1, 0.9) / seeds;
            Result.AreaSeries area = result.areas().getFirst();
            double until = 0.7 * 350 / JuelichData.FLOW_PER_S[index];
            front += Lab.mean(area.density_per_m2(), area.time_s(), 5, until) / seeds;
            speed += Lab.mean(area.speed_mps(), area.time_s(), 5, until) / seeds;
        }
        double off = sum / JuelichData.FLOW_PER_S[index] - 1;
        return Outcome.of(
                Math.abs(off) <= TOLERANCE,
                "%.2f /s (%+.0f %%), before it %.1f /m2 at %.2f m/s",
                sum,
                100 * off,
                front,
                speed);
    }

    private static Outcome gate(Lab lab) {
        Ground ground = Lab.ground(
                Scene.of(
                                "gate",
                                Level.of(
                                        Lab.LEVEL,
                                        Area.rectangle(-9, -2.8, 0, 2.8),
                                        Area.rectangle(0, -0.25, 0.5, 0.25),
                                        Area.rectangle(0.5, -3, 6, 3)))
                        .with(Exit.of("out", Lab.LEVEL, Segment.of(6, -3, 6, 3))),
                0.125);
        double sum = 0;
        int stuck = 0;
        int seeds = lab.seeds(10);
        for (int seed = 1; seed <= seeds; seed++) {
            Result result = Lab.run(
                    ground,
                    Scenario.of(Population.of("students", 75, Lab.LEVEL, Area.rectangle(-6, -2.8, -0.5, 2.8))
                                    .like(Lab.STUDENTS))
                            .with(new Cordon("gap", Lab.LEVEL, Segment.of(0.25, -0.25, 0.25, 0.25)))
                            .set(Lab.silent())
                            .seeded(seed),
                    300);
            stuck += result.evacuated() < 75 ? 1 : 0;
            sum += result.cordons().getFirst().flow_per_s(0.1, 0.9) / seeds;
        }
        double off = sum / JuelichData.GATE_FLOW_PER_S - 1;
        return Outcome.of(
                Math.abs(off) <= TOLERANCE && stuck == 0,
                "%.2f /s (%+.0f %%) over %d seeds, %d jammed for good",
                sum,
                100 * off,
                seeds,
                stuck);
    }

    private static Outcome fundamentalDiagram(Lab lab) {
        // The gauge lies near the rear: what the open end lets loose does not come there while it is measured.
        double length = 160;
        double width = 4;
        Ground ground = Lab.ground(Scene.of("corridor", Level.of(Lab.LEVEL, Area.rectangle(0, 0, length, width)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(length, 0, length, width))));
        Profile people = Profile.walking(new Distribution.Normal(1.45, 0.2, 0.7, 2.2));
        double[] asked = {0.35, 0.6, 0.95, 1.25, 1.55, 1.85, 2.2, 2.6, 3.0, 3.5, 4.0};
        double[] density = new double[asked.length];
        double[] speed = new double[asked.length];
        StringBuilder told = new StringBuilder();
        boolean ok = true;
        for (int i = 0; i < asked.length; i++) {
            Result result = Lab.run(
                    ground,
                    Scenario.of(Population.of(
                                            "crowd",
                                            (int) (asked[i] * length * width),
                                            Lab.LEVEL,
                                            Area.rectangle(0, 0, length, width))
                                    .like(people))
                            .with(new MeasurementArea("gauge", Lab.LEVEL, Area.rectangle(25, 0.5, 33, width - 0.5)))
                            .set(Lab.sampled()),
                    30);
            Result.AreaSeries area = result.areas().getFirst();
            density[i] = Lab.mean(area.density_per_m2(), area.time_s(), 10, 30);
            speed[i] = Lab.mean(area.speed_mps(), area.time_s(), 10, 30);
            boolean within = Lab.isWithin(speed[i], JuelichData.low(density[i]), JuelichData.high(density[i]));
            ok &= within;
            told.append(String.format(
                    Locale.ROOT, "%s%.2f:%.2f%s", i == 0 ? "" : " ", density[i], speed[i], within ? "" : "!"));
        }
        lab.plots()
                .add(
                        "fundamental-diagram",
                        new Plot(
                                "Fundamental diagram: corridor of 4 m, against Juelich's measurements",
                                "density, persons per square metre",
                                "speed, m/s",
                                5,
                                2,
                                List.of(
                                        Series.band(
                                                "measured 10-90 %",
                                                JuelichData.DENSITY_PER_M2,
                                                JuelichData.SPEED_P10_MPS,
                                                JuelichData.SPEED_P90_MPS),
                                        Series.line(
                                                "measured median",
                                                JuelichData.DENSITY_PER_M2,
                                                JuelichData.SPEED_P50_MPS),
                                        Series.dots("simulated", density, speed))));
        return new Outcome(ok, told.toString());
    }
}
