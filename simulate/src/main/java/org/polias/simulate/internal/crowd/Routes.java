// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.internal.ground.PreparedGround;

/** Which field each person follows. */
final class Routes {

    private final PreparedGround ground;
    private final Ways ways;
    private final boolean[] exitOpen;

    Routes(PreparedGround ground, Ways ways) {
        this.ground = ground;
        this.ways = ways;
        exitOpen = new boolean[ways.exits()];
    }

    /** Takes note of which exits are open. */
    void refresh() {
        int doors = ground.scene().doors().size();
        for (int i = 0; i < exitOpen.length; i++) {
            exitOpen[i] = ways.open()[doors + i];
        }
    }

    boolean isOpen(int exit) {
        return exitOpen[exit];
    }

    float distance(int exit, boolean onWheels, int node) {
        return node < 0
                ? Float.POSITIVE_INFINITY
                : ways.fields().get(ways.fieldOf(exit, onWheels)).distance()[node];
    }

    /**
     * The field for one who stands at a node.
     *
     * @param temper a number in [0, 1[ that is the person's
     * @return -1 if there is none
     */
    int choose(RouteChoice route, int node, boolean onWheels, float temper) {
        return switch (route) {
            case RouteChoice.Nearest ignored -> nearest(null, node, onWheels);
            case RouteChoice.Familiar familiar -> familiar(familiar, node, onWheels, temper);
            case RouteChoice.Signed signed -> {
                int found = nearest(signed.exits(), node, onWheels);
                yield found >= 0 ? found : nearest(null, node, onWheels);
            }
            // Dealt out among all by assign; who comes alone goes by weight.
            case RouteChoice.Assigned assigned ->
                familiar(new RouteChoice.Familiar(assigned.shares()), node, onWheels, temper);
            case RouteChoice.CongestionAware aware -> choose(aware.others(), node, onWheels, temper);
            case RouteChoice.Toward toward -> ways.fieldOf(toward);
            case RouteChoice.Stay ignored -> -1;
        };
    }

    private int nearest(@org.jspecify.annotations.Nullable List<String> among, int node, boolean onWheels) {
        int best = -1;
        float least = Float.POSITIVE_INFINITY;
        for (int exit = 0; exit < exitOpen.length; exit++) {
            if (!exitOpen[exit] || among != null && !among.contains(id(exit))) {
                continue;
            }
            float distance = distance(exit, onWheels, node);
            if (distance < least) {
                least = distance;
                best = exit;
            }
        }
        return best < 0 ? -1 : ways.fieldOf(best, onWheels);
    }

    private String id(int exit) {
        return ground.scene().exits().get(exit).id();
    }

    private int familiar(RouteChoice.Familiar familiar, int node, boolean onWheels, float temper) {
        double sum = 0;
        for (int exit = 0; exit < exitOpen.length; exit++) {
            sum += familiar.weights().getOrDefault(id(exit), 0.0);
        }
        double mark = temper * sum;
        for (int exit = 0; exit < exitOpen.length; exit++) {
            double weight = familiar.weights().getOrDefault(id(exit), 0.0);
            mark -= weight;
            if (weight > 0 && mark < 0) {
                return exitOpen[exit] && distance(exit, onWheels, node) < Float.POSITIVE_INFINITY
                        ? ways.fieldOf(exit, onWheels)
                        : nearest(null, node, onWheels);
            }
        }
        return nearest(null, node, onWheels);
    }

    /**
     * Deals exits out by shares, so that people walk little in all: everybody to the nearest at first; then, from the exits with too
     * many, those move who lose least by it.
     *
     * @param nodes where each stands
     * @return for each the exit; -1 if there is none
     */
    int[] assign(RouteChoice.Assigned assigned, int[] nodes, boolean onWheels) {
        int people = nodes.length;
        int exits = exitOpen.length;
        double[] share = new double[exits];
        double sum = 0;
        for (int exit = 0; exit < exits; exit++) {
            share[exit] = exitOpen[exit] ? assigned.shares().getOrDefault(id(exit), 0.0) : 0;
            sum += share[exit];
        }
        int[] chosen = new int[people];
        int[] left = quota(share, sum, people);
        if (sum <= 0) {
            Arrays.setAll(chosen, i -> ways.exitOf(nearest(null, nodes[i], onWheels)));
            return chosen;
        }
        Arrays.fill(chosen, -1);
        for (int i = 0; i < people; i++) {
            float least = Float.POSITIVE_INFINITY;
            for (int exit = 0; exit < exits; exit++) {
                if (share[exit] > 0 && distance(exit, onWheels, nodes[i]) < least) {
                    least = distance(exit, onWheels, nodes[i]);
                    chosen[i] = exit;
                }
            }
            if (chosen[i] >= 0) {
                left[chosen[i]]--;
            }
        }
        // Each round settles at least one exit or fills one, so there are few.
        for (int round = 0; round < 2 * exits; round++) {
            List<Move> moves = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                int from = chosen[i];
                if (from < 0 || left[from] >= 0) {
                    continue;
                }
                for (int exit = 0; exit < exits; exit++) {
                    float more = distance(exit, onWheels, nodes[i]) - distance(from, onWheels, nodes[i]);
                    if (left[exit] > 0 && more < Float.POSITIVE_INFINITY) {
                        moves.add(new Move(i, from, exit, more));
                    }
                }
            }
            if (moves.isEmpty()) {
                break;
            }
            moves.sort(Comparator.comparingDouble(Move::more).thenComparingInt(Move::person));
            for (Move move : moves) {
                if (chosen[move.person] == move.from && left[move.from] < 0 && left[move.to] > 0) {
                    chosen[move.person] = move.to;
                    left[move.from]++;
                    left[move.to]--;
                }
            }
        }
        return chosen;
    }

    private record Move(int person, int from, int to, float more) {}

    /** Whole numbers in proportion, by largest remainder. */
    private static int[] quota(double[] share, double sum, int people) {
        int[] quota = new int[share.length];
        if (!(sum > 0)) {
            return quota;
        }
        int given = 0;
        for (int i = 0; i < share.length; i++) {
            quota[i] = (int) (people * share[i] / sum);
            given += quota[i];
        }
        while (given < people) {
            int next = 0;
            double largest = -1;
            for (int i = 0; i < share.length; i++) {
                double rest = people * share[i] / sum - quota[i];
                if (share[i] > 0 && rest > largest) {
                    largest = rest;
                    next = i;
                }
            }
            quota[next]++;
            given++;
        }
        return quota;
    }

    /** The exits named by a rule. */
    static List<String> named(RouteChoice route) {
        return switch (route) {
            case RouteChoice.Familiar familiar -> sorted(familiar.weights());
            case RouteChoice.Assigned assigned -> sorted(assigned.shares());
            case RouteChoice.Signed signed -> signed.exits();
            case RouteChoice.CongestionAware aware -> named(aware.others());
            case RouteChoice.Nearest ignored -> List.of();
            case RouteChoice.Toward ignored -> List.of();
            case RouteChoice.Stay ignored -> List.of();
        };
    }

    private static List<String> sorted(Map<String, Double> weights) {
        return weights.keySet().stream().sorted().toList();
    }
}
