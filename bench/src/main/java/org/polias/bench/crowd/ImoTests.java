// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.List;
import java.util.Locale;

import org.polias.bench.crowd.CrowdCase.Outcome;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;

/**
 * The tests of IMO's MSC.1/Circ.1533. Where they prescribe a flow through a door, the door has it as its limit: people left to
 * themselves pass faster, and that is told too.
 */
final class ImoTests {

    /** Through a door, persons per second and metre (IMO's table). */
    static final double DOOR_FLOW_PER_MS = 1.33;

    private ImoTests() {}

    static List<CrowdCase> cases() {
        return List.of(
                new CrowdCase("imo 1", "40 m at 1 m/s", "40 s", lab -> RimeaTests.walk(1, 40, 39.5, 40.5)),
                new CrowdCase("imo 2", "10 m up a stair at 1 m/s", "10 s", lab -> RimeaTests.stair(true, 1 / 1.33)),
                new CrowdCase("imo 3", "10 m down a stair at 1 m/s", "10 s", lab -> RimeaTests.stair(false, 1 / 1.33)),
                new CrowdCase(
                        "imo 4",
                        "100 persons, room of 8 x 5 m, door of 1 m with the prescribed flow",
                        "at most 1.33 /s",
                        lab -> exitFlow()),
                new CrowdCase("imo 5", "response times", "each at its own time", lab -> RimeaTests.moveOff()),
                new CrowdCase("imo 6", "around a corner", "nobody crosses a wall, all out", lab -> RimeaTests.corner()),
                new CrowdCase("imo 7", "speeds by age", "Weidmann's curve +- 8 %", lab -> RimeaTests.ages()),
                new CrowdCase(
                        "imo 8",
                        "100 against 0, 10, 50, 100 through 10 x 2 m",
                        "time rises, no deadlock",
                        ImoTests::counterflow),
                new CrowdCase(
                        "imo 9",
                        "1000 persons by four doors, then by two",
                        "about twice: 1.7-2.3",
                        lab -> RimeaTests.hall()),
                new CrowdCase("imo 10", "cabins with told exits", "all by the right exit", lab -> RimeaTests.cabins()),
                new CrowdCase(
                        "imo 11",
                        "room, corridor, stair up",
                        "jams at the room's exit and, growing, at the stair's foot",
                        lab -> RimeaTests.jamAtStair()));
    }

    static Outcome exitFlow() {
        double free = exitFlow(Rooms.roomOfEightByFive());
        double limited = exitFlow(Rooms.roomOfEightByFive()
                .with(Door.of("door", Lab.LEVEL, Segment.of(8.1, 2, 8.1, 3)).limitedTo(DOOR_FLOW_PER_MS)));
        return Outcome.of(
                limited <= DOOR_FLOW_PER_MS + 0.01 && limited > 1.2,
                "%.2f /s (people left to themselves: %.2f /s)",
                limited,
                free);
    }

    private static double exitFlow(Scene scene) {
        Result result = Lab.run(
                Lab.ground(scene),
                Scenario.of(Population.of("crowd", 100, Lab.LEVEL, Area.rectangle(0, 0, 7.5, 5)))
                        .with(new org.polias.simulate.api.Cordon("line", Lab.LEVEL, Segment.of(8.15, 2, 8.15, 3)))
                        .set(Lab.silent()),
                400);
        return result.evacuated() < 100
                ? Double.NaN
                : result.cordons().getFirst().flow_per_s(0, 1);
    }

    static Outcome counterflow(Lab lab) {
        Ground ground = Lab.ground(Rooms.twoRooms());
        int[] against = {0, 10, 50, 100};
        double before = 0;
        boolean ok = true;
        StringBuilder told = new StringBuilder();
        int seeds = lab.seeds(10);
        for (int others : against) {
            double sum = 0;
            int stuck = 0;
            for (int seed = 1; seed <= seeds; seed++) {
                Result result = Lab.run(ground, Rooms.counterflow(others).seeded(seed), 900);
                stuck += result.evacuated() < 100 + others ? 1 : 0;
                double last = 0;
                for (int i = 0; i < 100; i++) {
                    last = Math.max(last, Float.isNaN(result.leaving_s()[i]) ? 900 : result.leaving_s()[i]);
                }
                sum += last / seeds;
            }
            ok &= stuck == 0 && sum > before;
            before = sum;
            told.append(String.format(
                    Locale.ROOT, "%d: %.0f s%s  ", others, sum, stuck == 0 ? "" : " (%d stuck)".formatted(stuck)));
        }
        return new Outcome(ok, told.append("mean of %d seeds".formatted(seeds)).toString());
    }
}
