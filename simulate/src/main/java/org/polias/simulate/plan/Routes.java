// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.Arrays;
import java.util.PriorityQueue;

import org.polias.simulate.network.Network;
import org.polias.simulate.network.Passage;

/**
 * The shortest ways through a network to each exit. A crossing is a passage with the place from which it is passed: crossing 2p is
 * passage p from its {@code from}, 2p + 1 from its {@code to}.
 */
final class Routes {

    private final Network network;
    private final int exits;
    /** Metres from before a crossing to each exit: [exit][crossing]. */
    private final double[][] remaining;
    /** The crossing after a crossing on the way to each exit; -1: it is out. */
    private final int[][] next;

    private final int[] from;

    private Routes(Network network, int exits) {
        this.network = network;
        this.exits = exits;
        int crossings = 2 * network.passages().size();
        this.remaining = new double[exits][crossings];
        this.next = new int[exits][crossings];
        this.from = network.passages().stream().mapToInt(Passage::from).toArray();
    }

    /** @param isOpen whether each passage can be used */
    static Routes of(Network network, boolean[] isOpen) {
        Routes routes = new Routes(network, network.scene().exits().size());
        for (int exit = 0; exit < routes.exits; exit++) {
            routes.find(exit, isOpen);
        }
        return routes;
    }

    private void find(int exit, boolean[] isOpen) {
        double[] distance = remaining[exit];
        int[] after = next[exit];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        Arrays.fill(after, -1);
        PriorityQueue<double[]> queue =
                new PriorityQueue<>((a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
        for (int p = 0; p < network.passages().size(); p++) {
            if (network.passages().get(p).exit() == exit && isOpen[p]) {
                distance[2 * p] = 0;
                queue.add(new double[] {0, 2 * p});
            }
        }
        while (!queue.isEmpty()) {
            double[] head = queue.poll();
            int crossing = (int) head[1];
            if (head[0] > distance[crossing]) {
                continue;
            }
            int place = placeBefore(crossing);
            for (int q : network.places().get(place).passages()) {
                Passage passage = network.passages().get(q);
                if (q == crossing / 2 || !isOpen[q] || passage.exit() >= 0) {
                    continue;
                }
                // q is passed into the place, so from its other side.
                int before = passage.to() == place ? 2 * q : 2 * q + 1;
                if (before == 2 * q + 1 && passage.isOneWay()) {
                    continue;
                }
                double through = length_m(passage) + network.distance_m(place, q, crossing / 2) + distance[crossing];
                if (through < distance[before]) {
                    distance[before] = through;
                    after[before] = crossing;
                    queue.add(new double[] {through, before});
                }
            }
        }
    }

    /** The length of a passage in metres of level ground that take as long. */
    static double length_m(Passage passage) {
        return switch (passage.kind()) {
            case DOOR, NARROWING, EXIT, RAMP -> passage.length_m();
            case STAIR -> passage.length_m() / Capacities.STAIR_SPEED;
        };
    }

    int placeBefore(int crossing) {
        Passage passage = network.passages().get(crossing / 2);
        return crossing % 2 == 0 ? passage.from() : passage.to();
    }

    int placeAfter(int crossing) {
        Passage passage = network.passages().get(crossing / 2);
        return crossing % 2 == 0 ? passage.to() : passage.from();
    }

    /** The crossing that follows a crossing on the way to an exit; -1 behind the exit. */
    int next(int crossing, int exit) {
        return next[exit][crossing];
    }

    /** The distance between a crossing and the one that follows it, its own length included. */
    double step_m(int crossing, int following) {
        return length_m(network.passages().get(crossing / 2))
                + network.distance_m(placeAfter(crossing), crossing / 2, following / 2);
    }

    /** The crossing that lies before one who is at a crossing, to begin anew towards another exit; -1 if there is no way. */
    int instead(int crossing, int exit) {
        int place = placeBefore(crossing);
        int best = -1;
        double shortest = Double.POSITIVE_INFINITY;
        for (int q : network.places().get(place).passages()) {
            int out = crossingFrom(place, q);
            double d = network.distance_m(place, crossing / 2, q) + remaining[exit][out];
            if (d < shortest) {
                shortest = d;
                best = out;
            }
        }
        return best;
    }

    double insteadLength_m(int crossing, int exit) {
        int out = instead(crossing, exit);
        return out < 0
                ? Double.POSITIVE_INFINITY
                : network.distance_m(placeBefore(crossing), crossing / 2, out / 2) + remaining[exit][out];
    }

    /**
     * The ways of people to every exit.
     *
     * @param first the crossing by which each way begins, -1 where there is none: [person][exit]
     * @param first_m metres to it
     * @param total_m metres to the exit; infinite where there is no way
     */
    record Ways(int[][] first, float[][] first_m, float[][] total_m) {}

    /** The ways of all people of a sample. */
    Ways ways(Sample sample) {
        int[][] first = new int[sample.count][exits];
        float[][] first_m = new float[sample.count][exits];
        float[][] total_m = new float[sample.count][exits];
        double[] near = new double[network.passages().size()];
        for (int i = 0; i < sample.count; i++) {
            int place = sample.place[i];
            network.distances_m(place, sample.at[i], near);
            int[] around = network.passagesOf(place);
            for (int e = 0; e < exits; e++) {
                int best = -1;
                int slot = -1;
                double shortest = Double.POSITIVE_INFINITY;
                double[] left = remaining[e];
                for (int k = 0; k < around.length; k++) {
                    int out = crossingFrom(place, around[k]);
                    double d = near[k] + left[out];
                    if (d < shortest) {
                        shortest = d;
                        best = out;
                        slot = k;
                    }
                }
                first[i][e] = best;
                first_m[i][e] = slot < 0 ? Float.POSITIVE_INFINITY : (float) near[slot];
                total_m[i][e] = (float) shortest;
            }
        }
        return new Ways(first, first_m, total_m);
    }

    /** Metres from before a crossing to an exit; infinite if there is no way. */
    double remaining_m(int crossing, int exit) {
        return remaining[exit][crossing];
    }

    private int crossingFrom(int place, int passage) {
        return from[passage] == place ? 2 * passage : 2 * passage + 1;
    }

    int exits() {
        return exits;
    }
}
