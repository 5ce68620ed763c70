// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.polias.simulate.api.Area;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.network.Network;

/**
 * The people of one replication, drawn: where each is, how fast and when ready. The same for every plan, so that plans are compared on
 * the same people (common random numbers).
 */
final class Sample {

    /** Who stands in a wall is taken to the nearest ground within this distance. */
    private static final double SNAP_M = 5;

    final int count;
    /** Index of the population. */
    final int[] population;

    final int[] place;
    final Point[] at;
    final double[] speed_mps;
    final double[] ready_s;
    /** How capacities are in this replication, as a multiple, by passage. */
    final double[] capacity;

    final long seed;

    private Sample(int count, int passages, long seed) {
        this.count = count;
        this.population = new int[count];
        this.place = new int[count];
        this.at = new Point[count];
        this.speed_mps = new double[count];
        this.ready_s = new double[count];
        this.capacity = new double[passages];
        this.seed = seed;
    }

    /** Where the people of each population can be, worked out once. */
    record Ground(Network network, List<Population> people, List<List<Spot>> spots) {

        static Ground of(Network network, List<Population> people) {
            List<List<Spot>> spots = new ArrayList<>();
            for (Population each : people) {
                spots.add(leaves(each) ? spots(network, each) : List.of());
            }
            return new Ground(network, people, spots);
        }

        private static List<Spot> spots(Network network, Population population) {
            List<Spot> spots = new ArrayList<>();
            switch (population.placement()) {
                case Placement.Within(String level, var area) -> addArea(network, level, area, spots);
                case Placement.Arriving(String level, var area, double _, double _) ->
                    addArea(network, level, area, spots);
                case Placement.At(var places) -> {
                    for (Placement.Spot each : places) {
                        int level = network.level(each.level());
                        if (level >= 0) {
                            addSpot(network, level, each.point(), spots);
                        }
                    }
                }
            }
            return spots;
        }

        private static void addArea(Network network, String levelId, Area area, List<Spot> spots) {
            int level = network.level(levelId);
            if (level < 0) {
                return;
            }
            int stride = 1;
            List<Point> points = network.points(level, area, stride);
            for (Point each : points) {
                addSpot(network, level, each, spots);
            }
            if (points.isEmpty() && !area.shell().isEmpty()) {
                addSpot(network, level, area.shell().getFirst(), spots);
            }
        }

        private static void addSpot(Network network, int level, Point point, List<Spot> spots) {
            Point snapped = network.snapped(level, point, SNAP_M);
            int place = network.placeAt(level, snapped, 0);
            if (place >= 0) {
                spots.add(new Spot(place, snapped));
            }
        }
    }

    /** A place where somebody may be. */
    record Spot(int place, Point at) {}

    /** Whether people of this population are on their way out at all. */
    static boolean leaves(Population population) {
        return switch (population.route()) {
            case RouteChoice.Toward _, RouteChoice.Stay _ -> false;
            case RouteChoice.Nearest _,
                    RouteChoice.Familiar _,
                    RouteChoice.Signed _,
                    RouteChoice.Assigned _,
                    RouteChoice.CongestionAware _ -> true;
        };
    }

    /**
     * Draws the people of a replication.
     *
     * @param factor by which the counts are multiplied
     */
    static Sample draw(Ground ground, long seed, int replication, double factor) {
        int count = 0;
        List<Population> people = ground.people();
        int[] counts = new int[people.size()];
        for (int i = 0; i < people.size(); i++) {
            counts[i] = ground.spots().get(i).isEmpty()
                    ? 0
                    : (int) Math.round(people.get(i).count() * factor);
            count += counts[i];
        }
        Sample sample = new Sample(count, ground.network().passages().size(), seed);
        SplittableRandom root = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + replication);
        SplittableRandom capacities = root.split();
        for (int p = 0; p < sample.capacity.length; p++) {
            // Flows through the same door differ by some per cent from one crowd to the next.
            sample.capacity[p] = Math.clamp(1 + 0.04 * capacities.nextGaussian(), 0.85, 1.15);
        }
        int k = 0;
        for (int i = 0; i < people.size(); i++) {
            Population population = people.get(i);
            List<Spot> spots = ground.spots().get(i);
            SplittableRandom random = root.split();
            boolean isExact = population.placement() instanceof Placement.At;
            for (int j = 0; j < counts[i]; j++) {
                Spot spot = isExact ? spots.get(j % spots.size()) : spots.get(random.nextInt(spots.size()));
                sample.population[k] = i;
                sample.place[k] = spot.place();
                sample.at[k] = spot.at();
                sample.speed_mps[k] = Draw.speed(population.profile(), random);
                sample.ready_s[k] = Math.max(0, Draw.from(population.preMovement_s(), random));
                if (population.placement() instanceof Placement.Arriving(String _, var _, double from, double until)) {
                    sample.ready_s[k] += from + (until - from) * (j + 0.5) / counts[i];
                }
                k++;
            }
        }
        return sample;
    }
}
