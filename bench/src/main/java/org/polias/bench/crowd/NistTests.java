// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.List;
import java.util.Map;

import org.polias.bench.crowd.CrowdCase.Outcome;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Cordon;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Grouping;
import org.polias.simulate.api.Hazards;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Stair;

/** The tests of NIST Technical Note 1822, as far as they are about people on the level and on stairs. */
final class NistTests {

    private NistTests() {}

    static List<CrowdCase> cases() {
        return List.of(
                new CrowdCase("nist 1.1", "pre-evacuation times", "each at its own time", lab -> RimeaTests.moveOff()),
                new CrowdCase(
                        "nist 2.1",
                        "40 m at 1 m/s",
                        "40 s +- 2 s",
                        lab -> RimeaTests.walk(1, 40, 40 / 1.05, 40 / 0.95)),
                new CrowdCase(
                        "nist 2.2", "10 m up a stair", "10 m / speed +- 10 %", lab -> RimeaTests.stair(true, 0.54)),
                new CrowdCase(
                        "nist 2.3", "around a corner", "nobody crosses a wall, all out", lab -> RimeaTests.corner()),
                new CrowdCase("nist 2.4", "speeds by age", "Weidmann's curve +- 8 %", lab -> RimeaTests.ages()),
                new CrowdCase(
                        "nist 2.5",
                        "1.25 m/s in smoke of 1 /m, over 100 m, by a law that halves it",
                        "160 s",
                        lab -> smoke()),
                new CrowdCase("nist 2.8", "counterflow, as imo 8", "time rises, no deadlock", ImoTests::counterflow),
                new CrowdCase(
                        "nist 2.9",
                        "five of 0.5 to 1.25 m/s in a group, over 50 m",
                        "arrive within 10 s",
                        lab -> group()),
                new CrowdCase("nist 2.10", "a wheelchair, a stair and a ramp", "takes the ramp", lab -> wheelchair()),
                new CrowdCase("nist 3.1", "exits as told", "all by the right exit", lab -> RimeaTests.cabins()),
                new CrowdCase(
                        "nist 3.3",
                        "a familiar exit that is farther",
                        "by weight: 30 % to 70 % of the people for equal weights",
                        lab -> familiar()),
                new CrowdCase("nist 4.1", "an exit is lost after 1 s", "all by the other", lab -> exitLost()),
                new CrowdCase(
                        "nist 5.2",
                        "flow through a door of 1 m with the prescribed flow",
                        "at most 1.33 /(m s)",
                        lab -> ImoTests.exitFlow()));
    }

    private static Outcome smoke() {
        Hazards halving = new Hazards() {
            @Override
            public double extinction_per_m(String level, double x_m, double y_m, double time_s) {
                return 1;
            }

            @Override
            public double speedPart(double extinction_per_m) {
                return 1 - 0.5 * extinction_per_m;
            }
        };
        Ground ground = Lab.ground(Rooms.corridor(102));
        Result result = Lab.run(
                ground,
                Scenario.of(Lab.one("walker", Lab.LEVEL, 0.5, 1, Lab.walking(1.25)))
                        .with(
                                new Cordon("from", Lab.LEVEL, Segment.of(1, 0, 1, 2)),
                                new Cordon("to", Lab.LEVEL, Segment.of(101, 0, 101, 2)))
                        .amid(halving)
                        .set(Lab.silent()),
                400);
        double time = Lab.between(result, 0, 1);
        return Outcome.of(Lab.isWithin(time, 158, 162), "%.1f s", time);
    }

    private static Outcome group() {
        Ground ground = Lab.ground(Rooms.corridor(52));
        // The drawn speeds must go as far apart as the test's.
        Result slow = Lab.run(
                ground,
                Scenario.of(Population.of("group", 5, Lab.LEVEL, Area.rectangle(0, 0, 3, 2))
                                .like(Profile.walking(Distribution.uniform(0.5, 1.25)))
                                .grouped(new Grouping(1, Distribution.constant(5), 2)))
                        .set(Lab.silent()),
                300);
        double apart = spread(slow);
        return Outcome.of(
                apart <= 10 && slow.evacuated() == 5,
                "within %.1f s, the last after %.0f s",
                apart,
                slow.evacuation_s(1));
    }

    private static double spread(Result result) {
        double first = Double.POSITIVE_INFINITY;
        double last = 0;
        for (float time : result.leaving_s()) {
            first = Math.min(first, time);
            last = Math.max(last, time);
        }
        return last - first;
    }

    private static Outcome wheelchair() {
        Scene scene = Scene.of(
                        "stair and ramp",
                        Level.of("below", Area.rectangle(0, 0, 6, 12)),
                        Level.of("above", Area.rectangle(12, 0, 18, 12)).at(1.5))
                .with(
                        Stair.of(
                                "stair",
                                new Stair.Landing("below", Segment.of(6, 0, 6, 2)),
                                new Stair.Landing("above", Segment.of(12, 0, 12, 2))),
                        Stair.of(
                                        "ramp",
                                        new Stair.Landing("below", Segment.of(6, 10, 6, 12)),
                                        new Stair.Landing("above", Segment.of(12, 10, 12, 12)))
                                .as(Stair.Kind.RAMP))
                .with(Exit.of("out", "above", Segment.of(17.7, 0, 17.7, 2)));
        Result result = Lab.run(
                Lab.ground(scene),
                Scenario.of(
                                Lab.one("wheelchair", "below", 1, 1, Profile.wheelchairs()),
                                Lab.one("walker", "below", 1, 2, Lab.walking(1.2)))
                        .set(Lab.silent()),
                200);
        boolean ok = result.evacuated() == 2 && result.walked_m()[0] > result.walked_m()[1] + 4;
        return Outcome.of(
                ok,
                "wheelchair %.0f m by the ramp, walker %.0f m by the stair",
                result.walked_m()[0],
                result.walked_m()[1]);
    }

    private static Scene twoExits() {
        return Scene.of("street", Level.of(Lab.LEVEL, Area.rectangle(0, 0, 30, 10)))
                .with(
                        Exit.of("west", Lab.LEVEL, Segment.of(0.3, 4, 0.3, 6)),
                        Exit.of("east", Lab.LEVEL, Segment.of(29.7, 4, 29.7, 6)));
    }

    private static Outcome familiar() {
        Result result = Lab.run(
                Lab.ground(twoExits()),
                Scenario.of(Population.of("people", 60, Lab.LEVEL, Area.rectangle(1, 0, 10, 10))
                                .choosing(new RouteChoice.Familiar(Map.of("west", 1.0, "east", 1.0))))
                        .set(Lab.silent()),
                200);
        int east = 0;
        for (int exit : result.exit()) {
            east += exit == 1 ? 1 : 0;
        }
        return Outcome.of(Lab.isWithin(east, 18, 42) && result.evacuated() == 60, "%d of 60 by the farther one", east);
    }

    private static Outcome exitLost() {
        Scene scene = Scene.of("street", Level.of(Lab.LEVEL, Area.rectangle(0, 0, 30, 10)))
                .with(
                        Exit.of("near", Lab.LEVEL, Segment.of(0.3, 4, 0.3, 6)).open(Opening.until(1)),
                        Exit.of("far", Lab.LEVEL, Segment.of(29.7, 4, 29.7, 6)));
        Result result = Lab.run(
                Lab.ground(scene),
                Scenario.of(Population.of(
                                        "person",
                                        1,
                                        new Placement.At(List.of(new Placement.Spot(Lab.LEVEL, new Point(8, 5)))))
                                .like(Lab.walking(1)))
                        .set(Lab.silent()),
                200);
        return Outcome.of(result.exit()[0] == 1, "by the other, after %.0f s", result.leaving_s()[0]);
    }
}
