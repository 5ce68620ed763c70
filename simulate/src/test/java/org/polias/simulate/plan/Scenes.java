// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.List;

import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.ground.Situation;

/** Grounds that tests and benchmarks plan for. */
final class Scenes {

    private Scenes() {}

    /**
     * A stadium-like district: a hall of 120 x 90 m with eight doors of 4 m within streets of 10 m, 370 x 370 m, and twelve exits at its
     * edge.
     */
    static Situation stadium(int people) {
        List<Area> blocks = new ArrayList<>();
        double[] low = {10, 95, 180, 275};
        double[] high = {85, 170, 265, 360};
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                boolean isHall = (i == 1 || i == 2) && (j == 1 || j == 2);
                if (!isHall) {
                    blocks.add(Area.rectangle(low[i], low[j], high[i], high[j]));
                }
            }
        }
        double x0 = 125;
        double y0 = 140;
        double x1 = 245;
        double y1 = 230;
        List<Segment> walls = new ArrayList<>();
        List<Door> doors = new ArrayList<>();
        side(walls, doors, x0, y0, x1, y0, "south");
        side(walls, doors, x1, y0, x1, y1, "east");
        side(walls, doors, x1, y1, x0, y1, "north");
        side(walls, doors, x0, y1, x0, y0, "west");
        List<Exit> exits = new ArrayList<>();
        double[] streets = {90, 175, 270};
        for (double s : streets) {
            exits.add(Exit.of("south-" + (int) s, "street", Segment.of(s - 5, 0.5, s + 5, 0.5)));
            exits.add(Exit.of("north-" + (int) s, "street", Segment.of(s - 5, 369.5, s + 5, 369.5)));
            exits.add(Exit.of("west-" + (int) s, "street", Segment.of(0.5, s - 5, 0.5, s + 5)));
            exits.add(Exit.of("east-" + (int) s, "street", Segment.of(369.5, s - 5, 369.5, s + 5)));
        }
        Scene scene = new Scene(
                "stadium",
                List.of(new Level("street", 0, List.of(Area.rectangle(0, 0, 370, 370)), blocks, walls)),
                doors,
                List.of(),
                exits);
        return Situation.of(
                scene, Population.of("hall", people, "street", Area.rectangle(x0 + 1, y0 + 1, x1 - 1, y1 - 1)));
    }

    private static void side(
            List<Segment> walls, List<Door> doors, double ax, double ay, double bx, double by, String name) {
        double length = Math.hypot(bx - ax, by - ay);
        double ux = (bx - ax) / length;
        double uy = (by - ay) / length;
        double from = 0;
        for (int k = 1; k <= 2; k++) {
            double at = length * k / 3;
            walls.add(Segment.of(ax + ux * from, ay + uy * from, ax + ux * (at - 2), ay + uy * (at - 2)));
            doors.add(Door.of(
                    name + "-" + k,
                    "street",
                    Segment.of(ax + ux * (at - 2), ay + uy * (at - 2), ax + ux * (at + 2), ay + uy * (at + 2))));
            from = at + 2;
        }
        walls.add(Segment.of(ax + ux * from, ay + uy * from, bx, by));
    }

    /** A hall of 40 x 30 m with a narrow and a wide exit; most people stand by the narrow one. */
    static Situation lopsided(int people) {
        Scene scene = Scene.of("lopsided", Level.of("street", Area.rectangle(0, 0, 40, 30)))
                .with(Exit.of("narrow", "street", Segment.of(0, 14, 0, 15)))
                .with(Exit.of("wide", "street", Segment.of(40, 12, 40, 17)));
        return Situation.of(scene, Population.of("crowd", people, "street", Area.rectangle(1, 1, 18, 29)));
    }
}
