// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.List;

import org.polias.simulate.api.Area;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Stair;

/** Grounds that several standards test on. */
final class Rooms {

    /** As thick as walls are drawn. */
    static final double WALL_M = 0.2;

    private Rooms() {}

    /** A corridor 2 m wide along x from 0 to {@code length}, with its exit at the end. */
    static Scene corridor(double length_m) {
        return Scene.of("corridor", Level.of(Lab.LEVEL, Area.rectangle(0, 0, length_m, 2)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(length_m - 0.3, 0, length_m - 0.3, 2)));
    }

    /** Two landings of 4 m and between them a stair 2 m wide whose slope is 10 m long (8 m in plan, 6 m high). */
    static Scene stair() {
        return Scene.of(
                        "stair",
                        Level.of("below", Area.rectangle(0, 0, 4, 2)),
                        Level.of("above", Area.rectangle(12, 0, 16, 2)).at(6))
                .with(Stair.of(
                                "stair",
                                new Stair.Landing("below", Segment.of(4, 0, 4, 2)),
                                new Stair.Landing("above", Segment.of(12, 0, 12, 2)))
                        .ofSlopeLength(10))
                .with(
                        Exit.of("bottom", "below", Segment.of(0.3, 0, 0.3, 2)),
                        Exit.of("top", "above", Segment.of(15.7, 0, 15.7, 2)));
    }

    /** A room of 8 x 5 m with an exit of 1 m in the middle of a wall of 5 m; outside is ground for 4 m. */
    static Scene roomOfEightByFive() {
        return Scene.of(
                        "room",
                        Level.of(
                                Lab.LEVEL,
                                Area.rectangle(0, 0, 8, 5),
                                Area.rectangle(8, 2, 8 + WALL_M, 3),
                                Area.rectangle(8 + WALL_M, 0, 12, 5)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(12, 0, 12, 5)));
    }

    /** Two legs 2 m wide and 10 m long that meet at a right angle. */
    static Scene corner() {
        return Scene.of("corner", Level.of(Lab.LEVEL, Area.rectangle(0, 0, 12, 2), Area.rectangle(10, 0, 12, 12)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(10, 11.7, 12, 11.7)));
    }

    /** A hall of 30 x 20 m with four doors of 1 m, 4 m from the corners in the long walls; doors lead to strips of street. */
    static Scene hall(boolean allDoors) {
        Level level = Level.of(
                Lab.LEVEL,
                Area.rectangle(0, 0, 30, 20),
                Area.rectangle(-3, -6, 33, -WALL_M),
                Area.rectangle(-3, 20 + WALL_M, 33, 26),
                Area.rectangle(4, -WALL_M, 5, 0),
                Area.rectangle(25, -WALL_M, 26, 0),
                Area.rectangle(4, 20, 5, 20 + WALL_M),
                Area.rectangle(25, 20, 26, 20 + WALL_M));
        Scene scene = Scene.of("hall", level)
                .with(
                        Exit.of("south west", Lab.LEVEL, Segment.of(-3, -6, 15, -6)),
                        Exit.of("south east", Lab.LEVEL, Segment.of(15, -6, 33, -6)));
        if (!allDoors) {
            Level without = Level.of(
                    Lab.LEVEL,
                    Area.rectangle(0, 0, 30, 20),
                    Area.rectangle(-3, -6, 33, -WALL_M),
                    Area.rectangle(4, -WALL_M, 5, 0),
                    Area.rectangle(25, -WALL_M, 26, 0));
            return new Scene("hall", List.of(without), List.of(), List.of(), scene.exits());
        }
        return scene.with(
                Exit.of("north west", Lab.LEVEL, Segment.of(-3, 26, 15, 26)),
                Exit.of("north east", Lab.LEVEL, Segment.of(15, 26, 33, 26)));
    }

    /** A thousand people in the hall, 2 m off its walls. */
    static Scenario thousandInTheHall() {
        return Scenario.of(Population.of("crowd", 1000, Lab.LEVEL, Area.rectangle(2, 2, 28, 18)))
                .set(Lab.silent());
    }

    /** Two rooms of 10 x 10 m with a corridor of 10 x 2 m between them, and a way out at the far end of each. */
    static Scene twoRooms() {
        return Scene.of(
                        "two rooms",
                        Level.of(
                                Lab.LEVEL,
                                Area.rectangle(0, 0, 10, 10),
                                Area.rectangle(10, 4, 20, 6),
                                Area.rectangle(20, 0, 30, 10)))
                .with(
                        Exit.of("west", Lab.LEVEL, Segment.of(0.3, 0, 0.3, 10)),
                        Exit.of("east", Lab.LEVEL, Segment.of(29.7, 0, 29.7, 10)));
    }

    /** A hundred from the western room to the east, against others from the eastern room to the west. */
    static Scenario counterflow(int against) {
        Scenario scenario = Scenario.of(Population.of("eastwards", 100, Lab.LEVEL, Area.rectangle(0.5, 0, 9, 10))
                        .choosing(RouteChoice.to("east")))
                .set(Lab.silent());
        return against == 0
                ? scenario
                : scenario.with(Population.of("westwards", against, Lab.LEVEL, Area.rectangle(21, 0, 29.5, 10))
                        .choosing(RouteChoice.to("west")));
    }

    /**
     * Twelve rooms of 3 x 5 m on both sides of a corridor 1 m wide, doors of 0.9 m; the main exit of 1.2 m at the western end, a
     * second one at the eastern end.
     */
    static Scene cabins() {
        Area[] areas = new Area[12 + 12 + 3];
        int count = 0;
        for (int i = 0; i < 6; i++) {
            double x = i * (3 + WALL_M);
            areas[count++] = Area.rectangle(x, 1 + WALL_M, x + 3, 6 + WALL_M);
            areas[count++] = Area.rectangle(x + 1, 1, x + 1.9, 1 + WALL_M);
            areas[count++] = Area.rectangle(x, -5 - WALL_M, x + 3, -WALL_M);
            areas[count++] = Area.rectangle(x + 1, -WALL_M, x + 1.9, 0);
        }
        areas[count++] = Area.rectangle(-1.5, 0, 20.5, 1);
        areas[count++] = Area.rectangle(-3, -0.1, -1.5, 1.1);
        areas[count] = Area.rectangle(20.5, 0, 22, 1);
        return Scene.of("cabins", Level.of(Lab.LEVEL, areas))
                .with(
                        Exit.of("main", Lab.LEVEL, Segment.of(-3, -0.1, -3, 1.1)),
                        Exit.of("second", Lab.LEVEL, Segment.of(22, 0, 22, 1)));
    }

    /** 23 people in the cabins: from rooms 1 to 4 and 7 to 10 by the main exit, the others by the second one. */
    static Scenario cabinsOccupied() {
        Scenario scenario = Scenario.of().set(Lab.silent());
        for (int room = 1; room <= 12; room++) {
            boolean isNorth = room <= 6;
            int column = (room - 1) % 6;
            double x = column * (3 + WALL_M);
            double y = isNorth ? 1 + WALL_M : -5 - WALL_M;
            boolean takesMain = room <= 4 || room >= 7 && room <= 10;
            scenario = scenario.with(
                    Population.of("room " + room, room == 12 ? 1 : 2, Lab.LEVEL, Area.rectangle(x, y, x + 3, y + 5))
                            .choosing(RouteChoice.to(takesMain ? "main" : "second")));
        }
        return scenario;
    }

    /** A room of 5 x 8 m, a corridor of 2 x 12 m, and a stair up that is as wide. */
    static Scene roomCorridorStair() {
        return Scene.of(
                        "room, corridor, stair",
                        Level.of("below", Area.rectangle(0, 0, 5, 8), Area.rectangle(5, 3, 17, 5)),
                        Level.of("above", Area.rectangle(19.4, 3, 26, 5)).at(1.8))
                .with(Stair.of(
                                "stair",
                                new Stair.Landing("below", Segment.of(17, 3, 17, 5)),
                                new Stair.Landing("above", Segment.of(19.4, 3, 19.4, 5)))
                        .ofSlopeLength(3))
                .with(Exit.of("out", "above", Segment.of(25.7, 3, 25.7, 5)));
    }
}
