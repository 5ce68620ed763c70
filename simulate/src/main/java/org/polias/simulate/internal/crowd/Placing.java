// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Problem.Kind;
import org.polias.simulate.internal.ground.Bins;
import org.polias.simulate.internal.ground.PreparedGround;
import org.polias.simulate.internal.ground.Terrain;
import org.polias.simulate.internal.ground.Walls;

/** Finds places for people to stand: on the ground, off the walls, and not on each other. */
final class Placing {

    /** Bodies closer than this cannot be. */
    private static final double CLOSEST_M = 0.33;
    /** From walls to the middle of a body. */
    private static final double OFF_WALL_M = 0.2;
    /** Rows of a triangular pattern are this much of the spacing apart. */
    private static final double ROW = Math.sqrt(0.75);

    record Spot(int surface, float x, float y) {}

    private final PreparedGround ground;
    private final List<Problem> problems;
    private final Map<Long, List<Spot>> taken = new HashMap<>();

    Placing(PreparedGround ground, List<Problem> problems) {
        this.ground = ground;
        this.problems = problems;
    }

    /** Places at which nobody else will be put. */
    List<Spot> spread(String population, int count, String level, Area area, SplittableRandom random) {
        int surface = ground.terrain().level(level);
        double room_m2 = ground.walkable_m2(level, area);
        Geometry geometry = Terrain.geometry(area);
        if (count == 0 || room_m2 <= 0) {
            if (count > 0) {
                problems.add(new Problem(
                        Kind.NO_ROOM,
                        population,
                        "Its area on the level '%s' has no walkable ground.%nMaybe it lies beside the ground, or in an obstacle."
                                .formatted(level)));
            }
            return List.of();
        }
        double spacing = Math.min(2.5, Math.sqrt(room_m2 / count / ROW));
        while (spacing > CLOSEST_M) {
            List<Spot> found = pattern(surface, geometry, spacing, random);
            if (found.size() >= count) {
                return choose(found, count, random);
            }
            spacing *= 0.95;
        }
        problems.add(new Problem(
                Kind.NO_ROOM,
                population,
                "There is no room for %d people on %.1f m2 of the level '%s'.%nMaybe fewer, or a larger area: more than about 7 to a square metre do not fit."
                        .formatted(count, room_m2, level)));
        return List.of();
    }

    private List<Spot> pattern(int surface, Geometry geometry, double spacing, SplittableRandom random) {
        IndexedPointInAreaLocator locator = new IndexedPointInAreaLocator(geometry);
        Envelope box = geometry.getEnvelopeInternal();
        double jitter = Math.min(0.3 * spacing, Math.max(0, spacing - CLOSEST_M) / 2);
        double offX = random.nextDouble() * spacing;
        double offY = random.nextDouble() * spacing * ROW;
        List<Spot> found = new ArrayList<>();
        int row = 0;
        for (double y = box.getMinY() - offY; y <= box.getMaxY() + spacing; y += spacing * ROW, row++) {
            for (double x = box.getMinX() - offX + (row & 1) * spacing / 2;
                    x <= box.getMaxX() + spacing;
                    x += spacing) {
                double angle = random.nextDouble() * 2 * Math.PI;
                double radius = jitter * Math.sqrt(random.nextDouble());
                double px = x + radius * Math.cos(angle);
                double py = y + radius * Math.sin(angle);
                if (locator.locate(new Coordinate(px, py)) != Location.EXTERIOR && isClear(surface, px, py)) {
                    found.add(new Spot(surface, (float) px, (float) py));
                }
            }
        }
        return found;
    }

    /** Some of the places, each as likely as another, in an order that says nothing. */
    private List<Spot> choose(List<Spot> from, int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(from.size() - i);
            Spot spot = from.get(other);
            from.set(other, from.get(i));
            from.set(i, spot);
        }
        List<Spot> chosen = new ArrayList<>(from.subList(0, count));
        chosen.forEach(this::take);
        return chosen;
    }

    /** The places asked for, moved where nobody can stand. */
    List<Spot> exactly(String population, List<Placement.Spot> asked) {
        List<Spot> spots = new ArrayList<>();
        int moved = 0;
        for (Placement.Spot spot : asked) {
            int surface = ground.terrain().level(spot.level());
            double x = spot.point().x_m();
            double y = spot.point().y_m();
            if (ground.isWalkable(surface, x, y) && ground.lattice().node(surface, x, y) >= 0) {
                spots.add(new Spot(surface, (float) x, (float) y));
            } else {
                moved++;
                spots.add(nearest(surface, x, y));
            }
        }
        if (moved > 0) {
            problems.add(new Problem(
                    Kind.MOVED,
                    population,
                    "%d of %d people stood where nobody can, and were moved to the nearest ground."
                            .formatted(moved, asked.size())));
        }
        spots.forEach(this::take);
        return spots;
    }

    private Spot nearest(int surface, double x, double y) {
        double best = Double.POSITIVE_INFINITY;
        int node = 0;
        var lattice = ground.lattice();
        for (int i = 0; i < lattice.count(); i++) {
            double distance =
                    Math.hypot(lattice.x(i) - x, lattice.y(i) - y) + (lattice.surfaceOf(i) == surface ? 0 : 1e6);
            if (distance < best) {
                best = distance;
                node = i;
            }
        }
        return new Spot(lattice.surfaceOf(node), lattice.x(node), lattice.y(node));
    }

    /** Whether somebody can stand there who is not on the wall, nor on another. */
    boolean isClear(int surface, double x, double y) {
        if (!ground.isWalkable(surface, x, y) || ground.lattice().node(surface, x, y) < 0) {
            return false;
        }
        Walls walls = ground.walls();
        Bins near = walls.near();
        int bin = near.bin(surface, x, y);
        for (int i = near.start(bin); i < near.end(bin); i++) {
            int item = near.item(i);
            if (item < walls.count() && walls.distance(item, x, y) < OFF_WALL_M) {
                return false;
            }
        }
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                List<Spot> others = taken.get(key(surface, x + dx * CLOSEST_M, y + dy * CLOSEST_M));
                if (others != null) {
                    for (Spot other : others) {
                        if (Math.hypot(other.x() - x, other.y() - y) < CLOSEST_M) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private void take(Spot spot) {
        taken.computeIfAbsent(key(spot.surface(), spot.x(), spot.y()), key -> new ArrayList<>(2))
                .add(spot);
    }

    private static long key(int surface, double x, double y) {
        long column = (long) Math.floor(x / CLOSEST_M) + (1L << 24);
        long row = (long) Math.floor(y / CLOSEST_M) + (1L << 24);
        return ((long) surface << 50) ^ (column << 25) ^ row;
    }
}
