// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;

/**
 * A storey, or the street.
 *
 * @param id its name, unique among the levels of a scene
 * @param elevation_m its height; decides which way a stair goes up
 * @param walkable where one can walk: the union of these, without the obstacles
 * @param obstacles what stands in the way
 * @param walls thin walls: lines that nobody crosses
 */
public record Level(String id, double elevation_m, List<Area> walkable, List<Area> obstacles, List<Segment> walls) {

    public Level {
        walkable = List.copyOf(walkable);
        obstacles = List.copyOf(obstacles);
        walls = List.copyOf(walls);
    }

    /** A level at height 0 without obstacles. */
    public static Level of(String id, Area... walkable) {
        return new Level(id, 0, List.of(walkable), List.of(), List.of());
    }

    public Level withObstacles(Area... more) {
        return new Level(id, elevation_m, walkable, List.of(more), walls);
    }

    public Level withWalls(Segment... more) {
        return new Level(id, elevation_m, walkable, obstacles, List.of(more));
    }

    public Level at(double newElevation_m) {
        return new Level(id, newElevation_m, walkable, obstacles, walls);
    }
}
