// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands in the way, nobody walks through it: each step of each person stays on the ground and crosses no wall. */
class NobodyCrossesAWallProperties {

    private static final double SIDE_M = 24;
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    @Property(tries = 25)
    void nobodyCrossesAWall(@ForAll @IntRange(min = 0, max = 100_000) int seed) {
        Random random = new Random(seed);
        List<Area> obstacles = new ArrayList<>();
        List<Segment> walls = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            double x = 2 + random.nextDouble() * (SIDE_M - 6);
            double y = 2 + random.nextDouble() * (SIDE_M - 6);
            double angle = random.nextDouble() * Math.PI;
            double length = 0.5 + 5 * random.nextDouble();
            double width = 0.02 + random.nextDouble();
            obstacles.add(oblong(x, y, angle, length, width));
            walls.add(Segment.of(
                    y, x, y + 4 * Math.cos(angle * 2), Math.clamp(x + 4 * Math.sin(angle * 2), 0.5, SIDE_M - 0.5)));
        }
        Ground ground = CrowdSimulator.prepare(
                Scene.of(
                                "maze",
                                Level.of("street", Area.rectangle(0, 0, SIDE_M, SIDE_M))
                                        .withObstacles(obstacles.toArray(Area[]::new))
                                        .withWalls(walls.toArray(Segment[]::new)))
                        .with(
                                Exit.of("east", "street", Segment.of(SIDE_M, 10, SIDE_M, 12)),
                                Exit.of("south", "street", Segment.of(3, 0, 4, 0))),
                new Settings(0.2, OptionalDouble.of(0.25), 0),
                Workers.SEQUENTIAL);
        Geometry solid = GEOMETRIES.createPolygon();
        for (Area obstacle : obstacles) {
            solid = solid.union(polygon(obstacle));
        }
        // Rounding of positions to float apart.
        Geometry core = solid.buffer(-1e-4);
        Simulation simulation = ground.begin(
                Scenario.of(Population.of("crowd", 250, "street", Area.rectangle(0, 0, SIDE_M, SIDE_M)))
                        .set(new Settings(0.2, OptionalDouble.empty(), 0))
                        .seeded(seed),
                Workers.SEQUENTIAL);
        float[] lastX = new float[250];
        float[] lastY = new float[250];
        boolean[] known = new boolean[250];
        for (int step = 0; step < 100 && !simulation.isOver(); step++) {
            Frame frame = simulation.frame();
            for (int i = 0; i < frame.count(); i++) {
                int person = frame.person()[i];
                Point here = new Point(frame.x_m()[i], frame.y_m()[i]);
                assertThat(ground.isWalkable("street", here))
                        .as("seed %d: person %d at %s", seed, person, here)
                        .isTrue();
                if (known[person]) {
                    Coordinate from = new Coordinate(lastX[person], lastY[person]);
                    Coordinate to = new Coordinate(here.x_m(), here.y_m());
                    Geometry way = GEOMETRIES.createLineString(new Coordinate[] {from, to});
                    assertThat(way.intersects(core))
                            .as("seed %d: person %d from %s to %s through an obstacle", seed, person, from, to)
                            .isFalse();
                    for (Segment wall : walls) {
                        assertThat(way.crosses(line(wall)))
                                .as("seed %d: person %d from %s to %s through %s", seed, person, from, to, wall)
                                .isFalse();
                    }
                }
                lastX[person] = frame.x_m()[i];
                lastY[person] = frame.y_m()[i];
                known[person] = true;
            }
            simulation.step();
        }
    }

    private static Area oblong(double x, double y, double angle, double length, double width) {
        double ux = Math.cos(angle);
        double uy = Math.sin(angle);
        return Area.of(
                new Point(x, y),
                new Point(x + length * ux, y + length * uy),
                new Point(x + length * ux - width * uy, y + length * uy + width * ux),
                new Point(x - width * uy, y + width * ux));
    }

    private static Geometry polygon(Area area) {
        List<Coordinate> corners = new ArrayList<>();
        area.shell().forEach(point -> corners.add(new Coordinate(point.x_m(), point.y_m())));
        corners.add(corners.getFirst());
        return GEOMETRIES.createPolygon(corners.toArray(Coordinate[]::new));
    }

    private static Geometry line(Segment segment) {
        return GEOMETRIES.createLineString(new Coordinate[] {
            new Coordinate(segment.from().x_m(), segment.from().y_m()),
            new Coordinate(segment.to().x_m(), segment.to().y_m())
        });
    }
}
