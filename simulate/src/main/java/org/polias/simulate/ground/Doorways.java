// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.util.ArrayList;
import java.util.List;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.network.Floor;

/**
 * An exit that is drawn on the outer wall of a room is a doorway: people are out when they are through it, not when they touch its line.
 * Such exits get a metre of ground behind them, as wide as they are, with the line at its end.
 */
public final class Doorways {

    private static final double DEPTH_M = 1;
    /** The line stands so far before the end of the doorway. */
    private static final double LINE_M = 0.9;
    /** The doorway overlaps the room by as much, so that no slit is left between them. */
    private static final double OVERLAP_M = 0.05;

    private static final double LOOK_M = 0.3;
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    private Doorways() {}

    /** The scene with a doorway at every exit on an outer wall. Exits amid the ground, in zones, or before obstacles stay as they are. */
    public static Scene added(Scene scene) {
        List<Level> levels = new ArrayList<>(scene.levels());
        List<Exit> exits = new ArrayList<>();
        List<Geometry> floors =
                scene.levels().stream().map(level -> Floor.of(level).geometry()).toList();
        for (Exit exit : scene.exits()) {
            int level = levelOf(scene, exit.level());
            if (level >= 0 && exit.place() instanceof Exit.Place.Line(Segment line)) {
                exits.add(through(exit, line, level, levels, floors.get(level)));
            } else {
                exits.add(exit);
            }
        }
        return new Scene(scene.name(), levels, scene.doors(), scene.stairs(), exits);
    }

    private static Exit through(Exit exit, Segment line, int level, List<Level> levels, Geometry floor) {
        double length = line.length_m();
        if (!(length > 0) || !Double.isFinite(length)) {
            return exit;
        }
        double nx = -(line.to().y_m() - line.from().y_m()) / length;
        double ny = (line.to().x_m() - line.from().x_m()) / length;
        boolean left = isOn(floor, line, nx * LOOK_M, ny * LOOK_M);
        boolean right = isOn(floor, line, -nx * LOOK_M, -ny * LOOK_M);
        if (left == right) {
            return exit;
        }
        double out = left ? -1 : 1;
        Area doorway = Area.of(
                moved(line.from(), nx, ny, -out * OVERLAP_M),
                moved(line.to(), nx, ny, -out * OVERLAP_M),
                moved(line.to(), nx, ny, out * DEPTH_M),
                moved(line.from(), nx, ny, out * DEPTH_M));
        Level before = levels.get(level);
        for (Area obstacle : before.obstacles()) {
            if (obstacle.shell().size() >= 3 && Floor.toGeometry(obstacle).intersects(Floor.toGeometry(doorway))) {
                return exit;
            }
        }
        List<Area> walkable = new ArrayList<>(before.walkable());
        walkable.add(doorway);
        levels.set(level, new Level(before.id(), before.elevation_m(), walkable, before.obstacles(), before.walls()));
        Segment end = new Segment(moved(line.from(), nx, ny, out * LINE_M), moved(line.to(), nx, ny, out * LINE_M));
        return new Exit(exit.id(), exit.level(), new Exit.Place.Line(end), exit.service(), exit.opening());
    }

    private static boolean isOn(Geometry floor, Segment line, double dx, double dy) {
        Point middle = line.middle();
        return floor.intersects(GEOMETRY.createPoint(new Coordinate(middle.x_m() + dx, middle.y_m() + dy)));
    }

    private static Point moved(Point point, double nx, double ny, double by) {
        return new Point(point.x_m() + nx * by, point.y_m() + ny * by);
    }

    private static int levelOf(Scene scene, String id) {
        for (int i = 0; i < scene.levels().size(); i++) {
            if (scene.levels().get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
