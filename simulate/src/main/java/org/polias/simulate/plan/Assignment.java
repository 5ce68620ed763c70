// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.network.Network;

/**
 * What each person of a sample does under a plan.
 *
 * @param exit the exit that each makes for; -1 where none can be reached
 * @param sets_s when each sets out
 */
record Assignment(int[] exit, double[] sets_s) {

    /**
     * Deals the people of a sample to exits as a plan says.
     *
     * @param knowing 0: the informed know the queues at exits; from 1 on they know all queues on their way, and shun walking so many times
     *     as much as waiting
     */
    static Assignment of(
            Plan plan,
            Sample sample,
            Routes routes,
            Routes.Ways ways,
            QueueModel model,
            Network network,
            List<Population> people,
            double knowing) {
        float[][] distance = ways.total_m();
        int[] exit = new int[sample.count];
        double[] sets = new double[sample.count];
        Arrays.fill(exit, -1);
        List<Integer> informed = new ArrayList<>();
        int from = 0;
        while (from < sample.count) {
            int population = sample.population[from];
            int to = from;
            while (to < sample.count && sample.population[to] == population) {
                to++;
            }
            Population each = people.get(population);
            Optional<Plan.Instruction> told = plan.find(each.id());
            double delay = told.map(Plan.Instruction::delay_s).orElse(0.0);
            for (int i = from; i < to; i++) {
                sets[i] = sample.ready_s[i] + delay;
            }
            RouteChoice route = told.map(Plan.Instruction::route).orElse(each.route());
            SplittableRandom random = new SplittableRandom(sample.seed * 31 + population);
            choose(route, from, to, distance, exit, network, random, informed);
            from = to;
        }
        chooseByQueue(informed, sample, sets, exit, routes, ways, model, network, knowing);
        return new Assignment(exit, sets);
    }

    private static void choose(
            RouteChoice route,
            int from,
            int to,
            float[][] distance,
            int[] exit,
            Network network,
            SplittableRandom random,
            List<Integer> informed) {
        switch (route) {
            case RouteChoice.Nearest _ -> {
                for (int i = from; i < to; i++) {
                    exit[i] = nearest(distance[i], null);
                }
            }
            case RouteChoice.Signed(List<String> signed) -> {
                boolean[] shown = shown(network, signed);
                for (int i = from; i < to; i++) {
                    int best = nearest(distance[i], shown);
                    exit[i] = best < 0 ? nearest(distance[i], null) : best;
                }
            }
            case RouteChoice.Familiar(Map<String, Double> weights) -> {
                double[] weight = weights(network, weights);
                double sum = Arrays.stream(weight).sum();
                for (int i = from; i < to; i++) {
                    double at = random.nextDouble() * sum;
                    int e = 0;
                    while (e < weight.length - 1 && at >= weight[e]) {
                        at -= weight[e++];
                    }
                    exit[i] = distance[i][e] < Double.POSITIVE_INFINITY ? e : nearest(distance[i], null);
                }
            }
            case RouteChoice.Assigned(Map<String, Double> shares) ->
                deal(weights(network, shares), from, to, distance, exit);
            case RouteChoice.CongestionAware(double informedShare, double _, RouteChoice others) -> {
                choose(others, from, to, distance, exit, network, random, new ArrayList<>());
                for (int i = from; i < to; i++) {
                    if (random.nextDouble() < informedShare) {
                        informed.add(i);
                    }
                }
            }
            case RouteChoice.Toward _, RouteChoice.Stay _ -> Arrays.fill(exit, from, to, -1);
        }
    }

    /**
     * So many of the people to each exit as the shares say, each to one that is near: those first who would lose most by their second
     * choice.
     */
    private static void deal(double[] share, int from, int to, float[][] distance, int[] exit) {
        int n = to - from;
        double sum = Arrays.stream(share).sum();
        int[] room = new int[share.length];
        int given = 0;
        double[] rest = new double[share.length];
        for (int e = 0; e < share.length; e++) {
            double exact = sum > 0 ? share[e] / sum * n : 0;
            room[e] = (int) Math.floor(exact);
            rest[e] = exact - room[e];
            given += room[e];
        }
        while (given < n) {
            int most = 0;
            for (int e = 1; e < share.length; e++) {
                if (rest[e] > rest[most]) {
                    most = e;
                }
            }
            room[most]++;
            rest[most] = -1;
            given++;
        }
        Integer[] order = new Integer[n];
        double[] regret = new double[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            regret[i] = regret(distance[from + i], room);
        }
        Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -regret[i]).thenComparingInt(i -> i));
        // Those who find their exit full are dealt again by what they would lose then.
        List<Integer> left = new ArrayList<>(List.of(order));
        while (!left.isEmpty()) {
            List<Integer> again = new ArrayList<>();
            boolean[] wasOpen = new boolean[room.length];
            for (int e = 0; e < room.length; e++) {
                wasOpen[e] = room[e] > 0;
            }
            for (int i : left) {
                int best = nearest(distance[from + i], wasOpen);
                if (best < 0) {
                    exit[from + i] = nearest(distance[from + i], null);
                } else if (room[best] > 0) {
                    exit[from + i] = best;
                    room[best]--;
                } else {
                    again.add(i);
                }
            }
            again.sort(Comparator.<Integer>comparingDouble(i -> -regret(distance[from + i], room))
                    .thenComparingInt(i -> i));
            left = again;
        }
    }

    private static double regret(float[] distance, int[] room) {
        double best = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int e = 0; e < distance.length; e++) {
            if (room[e] > 0) {
                if (distance[e] < best) {
                    second = best;
                    best = distance[e];
                } else {
                    second = Math.min(second, distance[e]);
                }
            }
        }
        return second == Double.POSITIVE_INFINITY ? 0 : second - best;
    }

    /** Who knows the queues takes the way by which he expects to be out first, given those who chose before. */
    private static void chooseByQueue(
            List<Integer> informed,
            Sample sample,
            double[] sets,
            int[] exit,
            Routes routes,
            Routes.Ways ways,
            QueueModel model,
            Network network,
            double knowing) {
        if (informed.isEmpty()) {
            return;
        }
        double[] busyUntil = new double[network.passages().size()];
        boolean[] isInformed = new boolean[sample.count];
        informed.forEach(i -> isInformed[i] = true);
        for (int i = 0; i < sample.count; i++) {
            if (!isInformed[i] && exit[i] >= 0) {
                expected(i, exit[i], sample, sets, routes, ways, model, busyUntil, true, knowing);
            }
        }
        informed.sort(Comparator.<Integer>comparingDouble(i -> sets[i]).thenComparingInt(i -> i));
        for (int i : informed) {
            int best = -1;
            double earliest = Double.POSITIVE_INFINITY;
            for (int e = 0; e < routes.exits(); e++) {
                double t = expected(i, e, sample, sets, routes, ways, model, busyUntil, false, knowing);
                if (t < earliest) {
                    earliest = t;
                    best = e;
                }
            }
            if (best >= 0) {
                exit[i] = best;
                expected(i, best, sample, sets, routes, ways, model, busyUntil, true, knowing);
            }
        }
    }

    private static double expected(
            int person,
            int exit,
            Sample sample,
            double[] sets,
            Routes routes,
            Routes.Ways ways,
            QueueModel model,
            double[] busyUntil,
            boolean joins,
            double knowing) {
        int crossing = ways.first()[person][exit];
        if (crossing < 0) {
            return Double.POSITIVE_INFINITY;
        }
        double speed = sample.speed_mps[person] / Math.max(1, knowing);
        double t = sets[person] + ways.first_m()[person][exit] / speed;
        while (true) {
            int following = routes.next(crossing, exit);
            // Signs and messages tell of the queues at exits; those at doors on the way only one who plans knows.
            if (knowing > 0 || following < 0) {
                int server = model.server(crossing / 2);
                double rate = model.rate_per_s(server);
                t = Math.max(t, busyUntil[server]) + 1 / rate;
                if (joins) {
                    // Those who come later but are nearer are served before: the queue grows by one, not up to this
                    // one.
                    busyUntil[server] += 1 / rate;
                }
            }
            if (following < 0) {
                return t;
            }
            t += routes.step_m(crossing, following) / speed;
            crossing = following;
        }
    }

    private static int nearest(float[] distance, boolean @Nullable [] among) {
        int best = -1;
        for (int e = 0; e < distance.length; e++) {
            if ((among == null || among[e])
                    && distance[e] < Double.POSITIVE_INFINITY
                    && (best < 0 || distance[e] < distance[best])) {
                best = e;
            }
        }
        return best;
    }

    private static boolean[] shown(Network network, List<String> ids) {
        boolean[] shown = new boolean[network.scene().exits().size()];
        for (int e = 0; e < shown.length; e++) {
            shown[e] = ids.contains(network.scene().exits().get(e).id());
        }
        return shown;
    }

    private static double[] weights(Network network, Map<String, Double> byId) {
        Map<String, Double> sorted = new TreeMap<>(byId);
        double[] weight = new double[network.scene().exits().size()];
        for (int e = 0; e < weight.length; e++) {
            weight[e] = sorted.getOrDefault(network.scene().exits().get(e).id(), 0.0);
        }
        return weight;
    }
}
