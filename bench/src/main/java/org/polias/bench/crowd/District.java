// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.ArrayList;
import java.util.List;

import org.polias.simulate.api.Area;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;

/**
 * A stadium's district, as others were measured on: a hall of 120 x 90 m with eight doors of 4 m, in a grid of streets of 10 m, 370 x
 * 370 m in all, with twelve exits of 10 m at its edges. More people than the hall holds at 2 to a square metre stand in a
 * larger one: all lengths of hall and streets grow, doors and streets with them.
 */
public record District(Scene scene, Area hall, double scale) {

    public static final String LEVEL = "street";

    private static final double PEOPLE_PER_M2 = 2;
    private static final double HALF_HALL_X_M = 60;
    private static final double HALF_HALL_Y_M = 45;
    private static final double HALF_SIDE_M = 185;
    private static final double HALF_STREET_M = 5;
    private static final double HALF_DOOR_M = 2;

    /** The district for a number of people. */
    public static District of(int people) {
        double full = PEOPLE_PER_M2 * 4 * HALF_HALL_X_M * HALF_HALL_Y_M;
        double scale = Math.max(1, Math.sqrt(people / full));
        return new District(
                scene(scale),
                Area.rectangle(
                        -HALF_HALL_X_M * scale, -HALF_HALL_Y_M * scale, HALF_HALL_X_M * scale, HALF_HALL_Y_M * scale),
                scale);
    }

    /** Adults who fill the hall and all leave at once by the nearest exit. */
    public Scenario scenario(int people, Settings settings) {
        return Scenario.of(Population.of("crowd", people, LEVEL, hall)).set(settings);
    }

    private static Scene scene(double s) {
        double[] middleX = {-180, -122.5, -65, 65, 122.5, 180};
        double[] middleY = {-180, -115, -50, 50, 115, 180};
        List<Area> blocks = new ArrayList<>();
        for (int i = 0; i + 1 < middleX.length; i++) {
            for (int j = 0; j + 1 < middleY.length; j++) {
                double x0 = middleX[i] + HALF_STREET_M;
                double x1 = middleX[i + 1] - HALF_STREET_M;
                double y0 = middleY[j] + HALF_STREET_M;
                double y1 = middleY[j + 1] - HALF_STREET_M;
                boolean isColumnOfHall = i == 2;
                boolean isRowOfHall = j == 2;
                if (isColumnOfHall && isRowOfHall) {
                    continue;
                }
                // Long blocks beside the hall have a street through their middle.
                if (isColumnOfHall) {
                    blocks.add(block(s, x0, y0, -HALF_STREET_M, y1));
                    blocks.add(block(s, HALF_STREET_M, y0, x1, y1));
                } else if (isRowOfHall) {
                    blocks.add(block(s, x0, y0, x1, -HALF_STREET_M));
                    blocks.add(block(s, x0, HALF_STREET_M, x1, y1));
                } else {
                    blocks.add(block(s, x0, y0, x1, y1));
                }
            }
        }
        List<Segment> walls = new ArrayList<>();
        double[] doorsX = {-30, 30};
        double[] doorsY = {-20, 20};
        for (int side = -1; side <= 1; side += 2) {
            double from = -HALF_HALL_X_M;
            for (double door : doorsX) {
                walls.add(wall(s, from, side * HALF_HALL_Y_M, door - HALF_DOOR_M, side * HALF_HALL_Y_M));
                from = door + HALF_DOOR_M;
            }
            walls.add(wall(s, from, side * HALF_HALL_Y_M, HALF_HALL_X_M, side * HALF_HALL_Y_M));
            from = -HALF_HALL_Y_M;
            for (double door : doorsY) {
                walls.add(wall(s, side * HALF_HALL_X_M, from, side * HALF_HALL_X_M, door - HALF_DOOR_M));
                from = door + HALF_DOOR_M;
            }
            walls.add(wall(s, side * HALF_HALL_X_M, from, side * HALF_HALL_X_M, HALF_HALL_Y_M));
        }
        Scene scene = Scene.of(
                "stadium district",
                Level.of(LEVEL, block(s, -HALF_SIDE_M, -HALF_SIDE_M, HALF_SIDE_M, HALF_SIDE_M))
                        .withObstacles(blocks.toArray(Area[]::new))
                        .withWalls(walls.toArray(Segment[]::new)));
        int number = 1;
        for (double x : new double[] {-122.5, 0, 122.5}) {
            scene = scene.with(
                    Exit.of(
                            "north " + number,
                            LEVEL,
                            wall(s, x - HALF_STREET_M, HALF_SIDE_M, x + HALF_STREET_M, HALF_SIDE_M)),
                    Exit.of(
                            "south " + number,
                            LEVEL,
                            wall(s, x - HALF_STREET_M, -HALF_SIDE_M, x + HALF_STREET_M, -HALF_SIDE_M)));
            number++;
        }
        number = 1;
        for (double y : new double[] {-115, 0, 115}) {
            scene = scene.with(
                    Exit.of(
                            "west " + number,
                            LEVEL,
                            wall(s, -HALF_SIDE_M, y - HALF_STREET_M, -HALF_SIDE_M, y + HALF_STREET_M)),
                    Exit.of(
                            "east " + number,
                            LEVEL,
                            wall(s, HALF_SIDE_M, y - HALF_STREET_M, HALF_SIDE_M, y + HALF_STREET_M)));
            number++;
        }
        return scene;
    }

    private static Area block(double s, double x0, double y0, double x1, double y1) {
        return Area.rectangle(s * x0, s * y0, s * x1, s * y1);
    }

    private static Segment wall(double s, double x0, double y0, double x1, double y1) {
        return Segment.of(s * x0, s * y0, s * x1, s * y1);
    }
}
