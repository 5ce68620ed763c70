// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

import org.polias.bench.crowd.CrowdCase.Outcome;
import org.polias.bench.crowd.Plots.Plot;
import org.polias.bench.crowd.Plots.Series;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Cordon;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.MeasurementArea;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Stair;

/** The tests of RiMEA's guideline. */
final class RimeaTests {

    private RimeaTests() {}

    static List<CrowdCase> cases() {
        return List.of(
                new CrowdCase("rimea 1", "one person, 40 m at 1.33 m/s", "26-34 s", lab -> walk(1.33, 40, 26, 34)),
                new CrowdCase(
                        "rimea 2", "one person up a stair of 10 m", "10 m / speed +- 10 %", lab -> stair(true, 0.54)),
                new CrowdCase(
                        "rimea 3",
                        "one person down a stair of 10 m",
                        "10 m / speed +- 10 %",
                        lab -> stair(false, 0.61)),
                new CrowdCase(
                        "rimea 4",
                        "1000 x 10 m, 0.5 to 6 /m2, gauges of 2 x 2 m",
                        "speed falls, flow = density x speed +- 15 %",
                        RimeaTests::fundamentalDiagram),
                new CrowdCase(
                        "rimea 4 single file",
                        "one behind the other, 0.5 to 2 /m",
                        "speed falls, within 0.25 m/s of (1/density - 0.36 m) / 1.06 s",
                        lab -> singleFile()),
                new CrowdCase(
                        "rimea 5",
                        "10 persons who move off between 10 and 100 s",
                        "each at its own time",
                        lab -> moveOff()),
                new CrowdCase(
                        "rimea 6", "20 persons around a corner", "nobody crosses a wall, all out", lab -> corner()),
                new CrowdCase("rimea 7", "50 persons of each age", "Weidmann's curve +- 8 %", lab -> ages()),
                new CrowdCase(
                        "rimea 8",
                        "three storeys: what the parameters do",
                        "faster: shorter; later: longer",
                        lab -> threeStoreys()),
                new CrowdCase(
                        "rimea 9",
                        "1000 persons by four doors, then by two",
                        "two take 1.7-2.3 times as long",
                        lab -> hall()),
                new CrowdCase("rimea 10", "23 persons told their exits", "all by the right exit", lab -> cabins()),
                new CrowdCase(
                        "rimea 11",
                        "1000 persons, a near and a far exit",
                        "most by the near one, some by the far one",
                        lab -> nearAndFar()),
                new CrowdCase(
                        "rimea 12",
                        "two rooms and a corridor of 1 m",
                        "a jam in the first room only",
                        lab -> jamInFirstRoom()),
                new CrowdCase(
                        "rimea 13",
                        "room, corridor, stair up",
                        "jams at the room's exit and, growing, at the stair's foot",
                        lab -> jamAtStair()),
                new CrowdCase(
                        "rimea 14",
                        "a long way on the level, a short one over two stairs",
                        "documented",
                        lab -> longOrOverStairs()),
                new CrowdCase(
                        "rimea 15",
                        "500 persons around a wide corner",
                        "between the straight ways of the outer and the inner length",
                        lab -> wideCorner()));
    }

    static Outcome walk(double speed, double distance, double low, double high) {
        Ground ground = Lab.ground(Rooms.corridor(distance + 2));
        Result result = Lab.run(
                ground,
                Scenario.of(Lab.one("walker", Lab.LEVEL, 0.5, 1, Lab.walking(speed)))
                        .with(
                                new Cordon("from", Lab.LEVEL, Segment.of(1, 0, 1, 2)),
                                new Cordon("to", Lab.LEVEL, Segment.of(1 + distance, 0, 1 + distance, 2)))
                        .set(Lab.silent()),
                300);
        double time = Lab.between(result, 0, 1);
        return Outcome.of(Lab.isWithin(time, low, high), "%.1f s", time);
    }

    static Outcome stair(boolean up, double part) {
        double speed = 1.33;
        Ground ground = Lab.ground(Rooms.stair());
        Result result = Lab.run(
                ground,
                Scenario.of(Lab.one(
                                        "walker",
                                        up ? "below" : "above",
                                        up ? 1 : 15,
                                        1,
                                        Lab.walking(speed).onStairs(part, part))
                                .choosing(RouteChoice.to(up ? "top" : "bottom")))
                        .with(
                                new Cordon("foot", "below", Segment.of(3.9, 0, 3.9, 2)),
                                new Cordon("head", "above", Segment.of(12.1, 0, 12.1, 2)))
                        .set(Lab.silent()),
                300);
        double time = Math.abs(Lab.between(result, 0, 1));
        double expected = 10 / (speed * part);
        return Outcome.of(Lab.isWithin(time, 0.9 * expected, 1.1 * expected), "%.1f s for %.1f s", time, expected);
    }

    private static Outcome fundamentalDiagram(Lab lab) {
        double length = lab.quick() ? 300 : 1000;
        double width = 10;
        Ground ground = Lab.ground(Scene.of("corridor", Level.of(Lab.LEVEL, Area.rectangle(0, 0, length, width)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(length, 0, length, width))));
        double[] asked = {0.5, 1, 2, 3, 4, 5, 6};
        double[] density = new double[asked.length];
        double[] speed = new double[asked.length];
        double middle = lab.quick() ? 70 : 300;
        boolean ok = true;
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < asked.length; i++) {
            Result result = Lab.run(
                    ground,
                    Scenario.of(Population.of(
                                            "crowd",
                                            (int) (asked[i] * length * width * 0.96),
                                            Lab.LEVEL,
                                            Area.rectangle(0, 0, length, width))
                                    .like(Profile.walking(Distribution.uniform(1.2, 1.4))))
                            .with(
                                    gauge("gauge 1", middle - 1, 4),
                                    gauge("gauge 2", middle - 1, 7),
                                    gauge("gauge 3", middle - 11, 4))
                            .with(new Cordon("line", Lab.LEVEL, Segment.of(middle, 3, middle, 7)))
                            .set(Lab.sampled()),
                    60);
            for (Result.AreaSeries area : result.areas()) {
                density[i] += Lab.mean(area.density_per_m2(), area.time_s(), 10, 60) / 3;
                speed[i] += Lab.mean(area.speed_mps(), area.time_s(), 10, 60) / 3;
            }
            long passed = 0;
            for (float time : result.cordons().getFirst().all_s()) {
                passed += time >= 10 ? 1 : 0;
            }
            double flow = passed / (4 * 50.0);
            boolean fits = Math.abs(flow - density[i] * speed[i]) <= Math.max(0.15 * flow, 0.06);
            boolean falls = i == 0 || speed[i] <= speed[i - 1] + 0.03;
            ok &= fits && falls;
            told.append(String.format(
                    Locale.ROOT,
                    "%s%.1f:%.2f,%.2f%s",
                    i == 0 ? "" : " ",
                    density[i],
                    speed[i],
                    flow,
                    fits && falls ? "" : "!"));
        }
        double[] flows = new double[asked.length];
        Arrays.setAll(flows, i -> density[i] * speed[i]);
        lab.plots()
                .add(
                        "rimea-4",
                        new Plot(
                                "RiMEA 4: specific flow in a corridor of 10 m",
                                "density, persons per square metre",
                                "flow, persons per second and metre",
                                6.5,
                                2,
                                List.of(
                                        Series.line("Weidmann", WEIDMANN_DENSITY, weidmannFlow()),
                                        Series.dots("simulated", density, flows))));
        return new Outcome(ok && speed[0] > 1.1, "density:speed,flow " + told);
    }

    private static MeasurementArea gauge(String id, double x, double y) {
        return new MeasurementArea(id, Lab.LEVEL, Area.rectangle(x, y, x + 2, y + 2));
    }

    private static final double[] WEIDMANN_DENSITY = {0.2, 0.5, 1, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.4};

    private static double[] weidmannFlow() {
        double[] flow = new double[WEIDMANN_DENSITY.length];
        for (int i = 0; i < flow.length; i++) {
            double density = WEIDMANN_DENSITY[i];
            flow[i] = density * 1.34 * (1 - Math.exp(-1.913 * (1 / density - 1 / 5.4)));
        }
        return flow;
    }

    private static Outcome singleFile() {
        double length = 240;
        Ground ground = Lab.ground(
                Scene.of("file", Level.of(Lab.LEVEL, Area.rectangle(0, 0, length, 0.7)))
                        .with(Exit.of("out", Lab.LEVEL, Segment.of(length, 0, length, 0.7))),
                0.175);
        boolean ok = true;
        double before = 9;
        StringBuilder told = new StringBuilder();
        for (double density : new double[] {0.5, 0.75, 1, 1.5, 2}) {
            List<Placement.Spot> spots = new ArrayList<>();
            for (double x = 0.5; x < length - 0.5; x += 1 / density) {
                spots.add(new Placement.Spot(Lab.LEVEL, new Point(x, 0.35)));
            }
            Simulation simulation = Lab.begin(
                    ground,
                    Scenario.of(Population.of("file", 0, new Placement.At(spots))
                                    .like(Profile.walking(Distribution.uniform(1.2, 1.4))))
                            .set(Lab.silent()));
            simulation.advanceTo(10);
            double sum = 0;
            int count = 0;
            while (simulation.time_s() < 20) {
                simulation.step();
                Frame frame = simulation.frame();
                for (int i = 0; i < frame.count(); i++) {
                    if (frame.x_m()[i] > 30 && frame.x_m()[i] < 60) {
                        sum += frame.speed_mps()[i];
                        count++;
                    }
                }
            }
            double speed = sum / count;
            double expected = Math.clamp((1 / density - 0.36) / 1.06, 0, 1.3);
            ok &= Math.abs(speed - expected) <= 0.25 && speed <= before + 0.02;
            before = speed;
            told.append(String.format(Locale.ROOT, "%.2f/m:%.2f(%.2f) ", density, speed, expected));
        }
        return new Outcome(ok, told.toString().strip());
    }

    static Outcome moveOff() {
        Ground ground = Lab.ground(Rooms.roomOfEightByFive());
        float[] began = new float[10];
        Arrays.fill(began, Float.NaN);
        float[] toldAt = new float[10];
        Arrays.fill(toldAt, Float.NaN);
        Result result = Lab.run(
                ground,
                Scenario.of(Population.of("people", 10, Lab.LEVEL, Area.rectangle(0, 0, 7, 5))
                                .leavingAfter(Distribution.uniform(10, 100)))
                        .set(Lab.silent()),
                300,
                simulation -> {
                    Frame frame = simulation.frame();
                    for (int i = 0; i < frame.count(); i++) {
                        int person = frame.person()[i];
                        if (frame.condition()[i] != Frame.Condition.WAITING && Float.isNaN(toldAt[person])) {
                            toldAt[person] = (float) frame.time_s();
                        }
                        if (frame.speed_mps()[i] > 0.1 && Float.isNaN(began[person])) {
                            began[person] = (float) frame.time_s();
                        }
                    }
                });
        boolean ok = result.evacuated() == 10;
        for (int i = 0; i < 10; i++) {
            ok &= began[i] >= 10 && began[i] <= 101 && began[i] - toldAt[i] <= 0.5;
        }
        float[] sorted = began.clone();
        Arrays.sort(sorted);
        return Outcome.of(ok, "%.0f to %.0f s, all moving within 0.5 s of their time", sorted[0], sorted[9]);
    }

    static Outcome corner() {
        Ground ground = Lab.ground(Rooms.corner());
        int[] outside = {0};
        Result result = Lab.run(
                ground,
                Scenario.of(Population.of("people", 20, Lab.LEVEL, Area.rectangle(0, 0, 6, 2)))
                        .set(Lab.silent()),
                120,
                simulation -> {
                    Frame frame = simulation.frame();
                    for (int i = 0; i < frame.count(); i++) {
                        if (!ground.isWalkable(Lab.LEVEL, new Point(frame.x_m()[i], frame.y_m()[i]))) {
                            outside[0]++;
                        }
                    }
                });
        return Outcome.of(
                outside[0] == 0 && result.evacuated() == 20,
                "%d of 20 out in %.0f s, %d times outside",
                result.evacuated(),
                result.evacuation_s(1),
                outside[0]);
    }

    static Outcome ages() {
        double[] ages = {20, 30, 40, 50, 60, 70, 80};
        double[] curve = {1.61, 1.54, 1.48, 1.41, 1.29, 1.08, 0.68};
        Ground ground = Lab.ground(Scene.of("field", Level.of(Lab.LEVEL, Area.rectangle(0, 0, 60, 150)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(60, 0, 60, 150))));
        boolean ok = true;
        StringBuilder told = new StringBuilder();
        for (int a = 0; a < ages.length; a++) {
            List<Placement.Spot> spots = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                spots.add(new Placement.Spot(Lab.LEVEL, new Point(2, 1 + 2.95 * i)));
            }
            Simulation simulation = Lab.begin(
                    ground,
                    Scenario.of(Population.of("people", 0, new Placement.At(spots))
                                    .like(Profile.aged(Distribution.constant(ages[a]))))
                            .set(Lab.silent()));
            simulation.advanceTo(10);
            double sum = 0;
            for (float speed : simulation.frame().speed_mps()) {
                sum += speed;
            }
            double mean = sum / 50;
            ok &= Math.abs(mean / curve[a] - 1) <= 0.08;
            told.append(String.format(Locale.ROOT, "%.0f:%.2f(%.2f) ", ages[a], mean, curve[a]));
        }
        return new Outcome(ok, told.toString().strip());
    }

    private static Outcome threeStoreys() {
        double base = threeStoreys(Profile.adults(), 0);
        double fast = threeStoreys(Profile.walking(new Distribution.Normal(1.7, 0.26, 0.6, 2.4)), 0);
        double slowOnStairs = threeStoreys(Profile.adults().onStairs(0.4, 0.4), 0);
        double wideGap = threeStoreys(Profile.adults().keeping(1.5), 0);
        double late = threeStoreys(Profile.adults(), 60);
        boolean ok = Double.isFinite(base)
                && fast < base
                && slowOnStairs > base
                && wideGap > base
                && Lab.isWithin(late, base + 30, base + 75);
        return Outcome.of(
                ok,
                "%.0f s; faster %.0f, slow on stairs %.0f, time gap x1.5 %.0f, up to 60 s late %.0f",
                base,
                fast,
                slowOnStairs,
                wideGap,
                late);
    }

    /**
     * Each storey: six rooms of four at a corridor of 1.5 m; a flight at its eastern end leads to the next, which lies farther east;
     * the exit is at the western end of the lowest.
     */
    private static double threeStoreys(Profile profile, double late_s) {
        List<Level> levels = new ArrayList<>();
        Scenario scenario = Scenario.of().set(Lab.silent());
        for (int storey = 0; storey < 3; storey++) {
            String level = "storey " + storey;
            double west = STOREY_M * storey;
            Area[] areas = new Area[13];
            for (int i = 0; i < 6; i++) {
                double x = west + i * 4.2;
                areas[2 * i] = Area.rectangle(x, 1.7, x + 4, 5.7);
                areas[2 * i + 1] = Area.rectangle(x + 1.5, 1.5, x + 2.5, 1.7);
                scenario = scenario.with(Population.of("room %d.%d".formatted(storey, i), 4, level, areas[2 * i])
                        .like(profile)
                        .leavingAfter(Distribution.uniform(0, late_s)));
            }
            areas[12] = Area.rectangle(west, 0, west + CORRIDOR_M, 1.5);
            levels.add(Level.of(level, areas).at(3 * storey));
        }
        List<Stair> flights = new ArrayList<>();
        for (int storey = 0; storey < 2; storey++) {
            double foot = STOREY_M * storey + CORRIDOR_M;
            double head = STOREY_M * (storey + 1);
            flights.add(Stair.of(
                    "flight " + storey,
                    new Stair.Landing("storey " + storey, Segment.of(foot, 0, foot, 1.5)),
                    new Stair.Landing("storey " + (storey + 1), Segment.of(head, 0, head, 1.5))));
        }
        Scene scene = new Scene("three storeys", levels, List.of(), flights, List.of())
                .with(Exit.of("out", "storey 0", Segment.of(0.3, 0, 0.3, 1.5)));
        Result result = Lab.run(Lab.ground(scene, 0.25), scenario, 600);
        return result.evacuation_s(1);
    }

    /** From the western end of a storey to that of the next. */
    private static final double STOREY_M = 36;

    private static final double CORRIDOR_M = 30;

    static Outcome hall() {
        double four = Lab.run(Lab.ground(Rooms.hall(true)), Rooms.thousandInTheHall(), 900)
                .evacuation_s(1);
        double two = Lab.run(Lab.ground(Rooms.hall(false)), Rooms.thousandInTheHall(), 1800)
                .evacuation_s(1);
        return Outcome.of(
                Lab.isWithin(two / four, 1.7, 2.3),
                "%.0f s, then %.0f s: %.2f times (a peer's windows: 108-132, 180-220 s)",
                four,
                two,
                two / four);
    }

    static Outcome cabins() {
        Scenario scenario = Rooms.cabinsOccupied();
        Result result = Lab.run(Lab.ground(Rooms.cabins()), scenario, 200);
        int right = 0;
        int person = 0;
        for (Population population : scenario.populations()) {
            int expected = population.route().equals(RouteChoice.to("main")) ? 0 : 1;
            for (int k = 0; k < population.count(); k++) {
                right += result.exit()[person++] == expected ? 1 : 0;
            }
        }
        return Outcome.of(right == 23, "%d of 23 by the right exit", right);
    }

    private static Outcome nearAndFar() {
        Ground ground = Lab.ground(Scene.of(
                        "hall",
                        Level.of(
                                Lab.LEVEL,
                                Area.rectangle(0, 0, 30, 20),
                                Area.rectangle(20, -Rooms.WALL_M, 21, 0),
                                Area.rectangle(28, -Rooms.WALL_M, 29, 0),
                                Area.rectangle(17, -4, 24, -Rooms.WALL_M),
                                Area.rectangle(25, -4, 32, -Rooms.WALL_M)))
                .with(
                        Exit.of("near", Lab.LEVEL, Segment.of(17, -4, 24, -4)),
                        Exit.of("far", Lab.LEVEL, Segment.of(25, -4, 32, -4))));
        Result result = Lab.run(
                ground,
                Scenario.of(Population.of("crowd", 1000, Lab.LEVEL, Area.rectangle(0, 0, 19, 20))
                                .choosing(new RouteChoice.CongestionAware(0.6, 5, RouteChoice.nearest())))
                        .set(Lab.silent()),
                1800);
        int near = 0;
        int far = 0;
        for (int exit : result.exit()) {
            near += exit == 0 ? 1 : 0;
            far += exit == 1 ? 1 : 0;
        }
        return Outcome.of(
                near > far && far >= 50 && near + far == 1000,
                "%d by the near exit, %d by the far one, %.0f s",
                near,
                far,
                result.evacuation_s(1));
    }

    private static Outcome jamInFirstRoom() {
        Ground ground = Lab.ground(Scene.of(
                        "two rooms",
                        Level.of(
                                Lab.LEVEL,
                                Area.rectangle(0, 0, 10, 10),
                                Area.rectangle(10, 4.5, 15, 5.5),
                                Area.rectangle(15, 0, 25, 10),
                                Area.rectangle(25, 4.5, 25 + Rooms.WALL_M, 5.5),
                                Area.rectangle(25 + Rooms.WALL_M, 0, 29, 10)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(29, 0, 29, 10))));
        Result result = Lab.run(
                ground,
                Scenario.of(Population.of("crowd", 150, Lab.LEVEL, Area.rectangle(0, 0, 5, 10)))
                        .with(
                                new MeasurementArea("first", Lab.LEVEL, Area.rectangle(8, 4, 10, 6)),
                                new MeasurementArea("second", Lab.LEVEL, Area.rectangle(23, 4, 25, 6)))
                        .set(Lab.sampled()),
                300);
        double first = busiest(result, 0);
        double second = busiest(result, 1);
        return Outcome.of(
                first >= 2.5 && second <= 1.5 && result.evacuated() == 150,
                "%.1f /m2 before the corridor, %.1f /m2 before the exit",
                first,
                second);
    }

    /** The mean density in the middle of the time, when people flow. */
    private static double busiest(Result result, int area) {
        Result.AreaSeries series = result.areas().get(area);
        double end = result.evacuation_s(1);
        return Lab.mean(series.density_per_m2(), series.time_s(), 0.25 * end, 0.6 * end);
    }

    static Outcome jamAtStair() {
        Result result = Lab.run(
                Lab.ground(Rooms.roomCorridorStair()),
                Scenario.of(Population.of("crowd", 150, "below", Area.rectangle(0, 0, 5, 8)))
                        .with(
                                new MeasurementArea("exit", "below", Area.rectangle(3, 3, 5, 5)),
                                new MeasurementArea("foot", "below", Area.rectangle(15, 3, 17, 5)),
                                new MeasurementArea("corridor", "below", Area.rectangle(9, 3, 11, 5)))
                        .set(Lab.sampled()),
                400);
        Result.AreaSeries foot = result.areas().get(1);
        Result.AreaSeries corridor = result.areas().get(2);
        double exit = Lab.mean(result.areas().get(0).density_per_m2(), foot.time_s(), 5, 25);
        double early = Lab.mean(foot.density_per_m2(), foot.time_s(), 8, 14);
        double late = Lab.mean(foot.density_per_m2(), foot.time_s(), 30, 45);
        double behindEarly = Lab.mean(corridor.density_per_m2(), corridor.time_s(), 8, 14);
        double behindLate = Lab.mean(corridor.density_per_m2(), corridor.time_s(), 30, 45);
        boolean grows = behindLate > behindEarly || late > early;
        return Outcome.of(
                exit > 2 && late > 1.7 && grows && result.evacuated() == 150,
                "%.1f /m2 at the exit; foot %.1f, later %.1f /m2; 6 m before it %.1f, later %.1f /m2",
                exit,
                early,
                late,
                behindEarly,
                behindLate);
    }

    private static Outcome longOrOverStairs() {
        Scene scene = Scene.of(
                        "long or over stairs",
                        Level.of(
                                "below",
                                Area.rectangle(0, 0, 10, 3),
                                Area.rectangle(0, 3, 3, 30),
                                Area.rectangle(0, 27, 40, 30),
                                Area.rectangle(37, 0, 40, 30),
                                Area.rectangle(30, 0, 40, 3)),
                        Level.of("above", Area.rectangle(16, 0, 24, 3)).at(3))
                .with(
                        Stair.of(
                                "up",
                                new Stair.Landing("below", Segment.of(10, 0, 10, 3)),
                                new Stair.Landing("above", Segment.of(16, 0, 16, 3))),
                        Stair.of(
                                "down",
                                new Stair.Landing("below", Segment.of(30, 0, 30, 3)),
                                new Stair.Landing("above", Segment.of(24, 0, 24, 3))))
                .with(Exit.of("out", "below", Segment.of(37, 3, 40, 3)));
        Result result = Lab.run(
                Lab.ground(scene),
                Scenario.of(Population.of("people", 30, "below", Area.rectangle(2, 0, 8, 3)))
                        .with(new Cordon("above", "above", Segment.of(20, 0, 20, 3)))
                        .set(Lab.silent()),
                400);
        int over = result.cordons().getFirst().all_s().length;
        return Outcome.of(
                result.evacuated() == 30,
                "%d of 30 over the stairs (31 m against 84 m): the shortest way counts, whatever it climbs; %.0f s",
                over,
                result.evacuation_s(1));
    }

    private static Outcome wideCorner() {
        double outer = straight(75.4);
        double inner = straight(44);
        Ground ground = Lab.ground(Scene.of(
                        "wide corner",
                        Level.of(Lab.LEVEL, Area.rectangle(-6, 0, 54, 20), Area.rectangle(34, 0, 54, 30)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(34, 30, 54, 30))));
        double corner = leave(ground);
        return Outcome.of(
                inner < corner && corner < outer,
                "%.1f s; straight 44 m: %.1f s, 75.4 m: %.1f s",
                corner,
                inner,
                outer);
    }

    private static double straight(double length) {
        return leave(Lab.ground(Scene.of("straight", Level.of(Lab.LEVEL, Area.rectangle(-6, 0, length, 20)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(length, 0, length, 20)))));
    }

    private static double leave(Ground ground) {
        return Lab.run(
                        ground,
                        Scenario.of(Population.of("crowd", 500, Lab.LEVEL, Area.rectangle(-6, 0, 0, 20)))
                                .set(new org.polias.simulate.api.Settings(
                                        Lab.silent().step_s(), OptionalDouble.empty(), 0)),
                        600)
                .evacuation_s(1);
    }
}
