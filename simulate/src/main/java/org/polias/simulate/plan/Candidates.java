// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Workers;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.Passage;
import org.polias.simulate.plan.Plan.Instruction;

/**
 * Proposes plans: what people do by themselves, what the network's optimum says, and what can be done about gates, streets, times and
 * messages. A plan that would be the same as another is left out.
 */
final class Candidates {

    static final String NEAREST = "nearest-exit";

    /** Fewer of a sector than this are not told anything of their own. */
    private static final double SMALL_SHARE = 0.02;

    private static final int IMPROVEMENTS = 30;
    private static final double WALKING_MPS = 1.34;
    private static final double[] SHUNNING = {1, 1.5, 2, 3, 5};

    private final Trial trial;
    private final Network network;
    private final List<Population> people;
    private final List<Exit> exits;
    private final SortedSet<String> operable;
    /** Exits near the hazard, worst first; empty where there is none. */
    private final List<Integer> endangered;

    private final Function<Plan, Map<Integer, Map<Integer, Double>>> optimum;
    private final List<Plan> plans = new ArrayList<>();

    /** @param optimum the network's shares, of each population to each exit, given a plan's gates; empty where there is none */
    Candidates(
            Trial trial,
            SortedSet<String> operable,
            List<Integer> endangered,
            Function<Plan, Map<Integer, Map<Integer, Double>>> optimum) {
        this.trial = trial;
        this.network = trial.network();
        this.people = trial.people();
        this.exits = network.scene().exits();
        this.operable = operable;
        this.endangered = endangered;
        this.optimum = optimum;
    }

    List<Plan> propose(Workers workers) {
        Plan nearest = plan(NEAREST, "Everybody takes the nearest exit.", each -> RouteChoice.nearest());
        plans.add(nearest);
        List<Supplier<List<Plan>>> first = List.of(
                () -> List.of(improved(optimal(
                        "optimum",
                        "Each sector is divided among exits as the quickest flow has it.",
                        List.of(),
                        List.of()))),
                () -> List.of(improved(named(
                        fromQueues(), "balanced", "Each sector is divided so that all exits are busy to the end."))),
                this::wideExits,
                this::withoutExit,
                this::gates,
                this::streets,
                this::messages);
        List<List<Plan>> proposed = inParallel(first, workers);
        Plan best = proposed.getFirst().getFirst();
        List<Supplier<List<Plan>>> second = List.of(
                () -> List.of(staged(
                        best,
                        "optimum-staged",
                        "As optimum, and sectors that would only queue are held back at their places.")),
                () -> List.of(staged(
                        nearest,
                        "nearest-staged",
                        "Nearest exits, and sectors that would only queue are held back at their places.")),
                () -> List.of(blended(best, nearest)));
        proposed.addAll(inParallel(second, workers));
        proposed.forEach(each -> each.forEach(this::add));
        return List.copyOf(plans);
    }

    private static List<List<Plan>> inParallel(List<Supplier<List<Plan>>> suppliers, Workers workers) {
        List<List<Plan>> made = new ArrayList<>(Collections.nCopies(suppliers.size(), List.of()));
        workers.forEach(suppliers.size(), i -> made.set(i, suppliers.get(i).get()));
        return made;
    }

    private void add(Plan plan) {
        boolean isNew = plans.stream()
                .noneMatch(other -> other.instructions().equals(plan.instructions())
                        && other.open().equals(plan.open())
                        && other.closed().equals(plan.closed()));
        if (isNew) {
            plans.add(plan);
        }
    }

    // What people are told

    private Plan plan(String name, String idea, Function<Population, RouteChoice> route) {
        return new Plan(name, idea, instructions(route), List.of(), List.of());
    }

    private List<Instruction> instructions(Function<Population, RouteChoice> route) {
        return people.stream()
                .filter(Sample::leaves)
                .map(each -> new Instruction(each.id(), route.apply(each), 0))
                .toList();
    }

    private Plan named(Plan plan, String name, String idea) {
        return new Plan(name, idea, plan.instructions(), plan.open(), plan.closed());
    }

    private Plan optimal(String name, String idea, List<String> open, List<String> closed) {
        Plan empty = new Plan(name, idea, List.of(), open, closed);
        Map<Integer, Map<Integer, Double>> shares = optimum.apply(empty);
        return shares.isEmpty() ? assigned(empty, fromQueuesShares(empty, 2)) : assigned(empty, shares);
    }

    private Plan assigned(Plan like, Map<Integer, Map<Integer, Double>> shares) {
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            if (Sample.leaves(people.get(i))) {
                instructions.add(new Instruction(people.get(i).id(), route(shares.getOrDefault(i, Map.of())), 0));
            }
        }
        return new Plan(like.name(), like.idea(), instructions, like.open(), like.closed());
    }

    /** Shares to exits as an instruction that can be given: without the smallest, in per cent. */
    private RouteChoice route(Map<Integer, Double> shares) {
        double sum = shares.values().stream().mapToDouble(each -> each).sum();
        if (!(sum > 0)) {
            return RouteChoice.nearest();
        }
        Map<String, Double> kept = new TreeMap<>();
        shares.forEach((exit, share) -> {
            if (share / sum >= SMALL_SHARE) {
                kept.put(exits.get(exit).id(), Math.max(1, Math.rint(100 * share / sum)));
            }
        });
        if (kept.isEmpty()) {
            shares.forEach((exit, share) -> kept.put(exits.get(exit).id(), 100 * share / sum));
        }
        return kept.size() == 1 ? RouteChoice.to(kept.keySet().iterator().next()) : new RouteChoice.Assigned(kept);
    }

    /**
     * What would come of it if everybody knew all queues, and shunned long ways more or less: the best of some degrees. Long ways have the
     * slow out late.
     */
    private Plan fromQueues() {
        Plan empty = new Plan("", "", List.of(), List.of(), List.of());
        Plan best = empty;
        double least = Double.POSITIVE_INFINITY;
        for (double shunning : SHUNNING) {
            Plan plan = assigned(empty, fromQueuesShares(empty, shunning));
            double score = score(trial.run(plan, 0));
            if (score < least) {
                least = score;
                best = plan;
            }
        }
        return best;
    }

    private Map<Integer, Map<Integer, Double>> fromQueuesShares(Plan gates, double shunning) {
        Plan informed = new Plan(
                "informed",
                "",
                instructions(each -> new RouteChoice.CongestionAware(1, 10, RouteChoice.nearest())),
                gates.open(),
                gates.closed());
        Sample sample = trial.sample(0);
        int[] exit = trial.assignKnowingAll(informed, sample, shunning).exit();
        Map<Integer, Map<Integer, Double>> shares = new TreeMap<>();
        for (int i = 0; i < sample.count; i++) {
            if (exit[i] >= 0) {
                shares.computeIfAbsent(sample.population[i], _ -> new TreeMap<>())
                        .merge(exit[i], 1.0, Double::sum);
            }
        }
        return shares;
    }

    // Better by trying

    /**
     * People are moved, a few at a time, from the exit at which the last come out to those at which the last are out early, as long as
     * that has all out sooner.
     */
    private Plan improved(Plan plan) {
        Sample sample = trial.sample(0);
        Reach reach = new Reach(plan, sample);
        Map<Integer, Map<Integer, Double>> shares = counts(plan, sample);
        Plan best = assigned(plan, shares);
        Outcome outcome = trial.run(best, 0);
        double part = 0.5;
        for (int i = 0; i < IMPROVEMENTS && part > 0.02; i++) {
            Map<Integer, Map<Integer, Double>> moved = moved(shares, outcome, reach, part);
            if (moved.equals(shares)) {
                break;
            }
            Plan next = assigned(plan, moved);
            Outcome tried = trial.run(next, 0);
            if (score(tried) < score(outcome)) {
                shares = moved;
                best = next;
                outcome = tried;
            } else {
                part /= 2;
            }
        }
        return best;
    }

    private static double score(Outcome outcome) {
        double last = outcome.time_s(1);
        return Double.isFinite(last)
                ? 0.7 * outcome.time_s(0.98) + 0.3 * last + outcome.exposure()
                : 1e9
                        + outcome.leaving_s().length
                        - Arrays.stream(outcome.leaving_s())
                                .filter(Double::isFinite)
                                .count();
    }

    /**
     * For each sector and exit, when one more would be out: behind the last at every passage on the way. Those who would be out last are
     * sent where they would be out first.
     */
    private Map<Integer, Map<Integer, Double>> moved(
            Map<Integer, Map<Integer, Double>> shares, Outcome outcome, Reach reach, double part) {
        List<int[]> late = new ArrayList<>();
        double[] busy = outcome.busyUntil_s().clone();
        double[][] finish = new double[people.size()][exits.size()];
        shares.forEach((sector, by) -> by.forEach((exit, count) -> {
            if (count >= 1) {
                finish[sector][exit] = reach.finish_s(sector, exit, busy);
                late.add(new int[] {sector, exit});
            }
        }));
        late.sort(Comparator.<int[]>comparingDouble(each -> -finish[each[0]][each[1]])
                .thenComparingInt(each -> each[0])
                .thenComparingInt(each -> each[1]));
        Map<Integer, Map<Integer, Double>> moved = new TreeMap<>();
        shares.forEach((population, by) -> moved.put(population, new TreeMap<>(by)));
        for (int[] each : late.subList(0, (late.size() + 3) / 4)) {
            int sector = each[0];
            int from = each[1];
            double now = reach.finish_s(sector, from, busy);
            int best = from;
            double earliest = now;
            for (int e = 0; e < exits.size(); e++) {
                double t = reach.finish_s(sector, e, busy);
                if (t < earliest) {
                    earliest = t;
                    best = e;
                }
            }
            if (now - earliest < 2) {
                continue;
            }
            double amount = Math.min(
                    shares.get(sector).get(from), part * (now - earliest) * reach.rate_per_s(sector, best) / 2);
            moved.get(sector).merge(from, -amount, Double::sum);
            moved.get(sector).merge(best, amount, Double::sum);
            // Those who follow find the queues as they would be then.
            reach.add(sector, from, -amount, busy);
            reach.add(sector, best, amount, busy);
        }
        return moved;
    }

    /** Where the middle of each sector would go, under a plan's gates. */
    private final class Reach {

        private final Routes routes;
        private final int[][] first;
        private final double[][] first_s;

        Reach(Plan plan, Sample sample) {
            routes = trial.routes(plan);
            Routes.Ways ways = routes.ways(sample);
            first = new int[people.size()][exits.size()];
            first_s = new double[people.size()][exits.size()];
            double[][] sum = new double[people.size()][exits.size()];
            int[] seen = new int[people.size()];
            for (int i = 0; i < sample.count; i++) {
                seen[sample.population[i]]++;
                for (int e = 0; e < exits.size(); e++) {
                    sum[sample.population[i]][e] += ways.total_m()[i][e];
                }
            }
            int[] typical = new int[people.size()];
            double[] least = new double[people.size()];
            Arrays.fill(typical, -1);
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            for (int i = 0; i < sample.count; i++) {
                int p = sample.population[i];
                double off = 0;
                for (int e = 0; e < exits.size(); e++) {
                    double mean = sum[p][e] / seen[p];
                    off += Double.isFinite(mean) ? Math.abs(ways.total_m()[i][e] - mean) : 0;
                }
                if (off < least[p]) {
                    least[p] = off;
                    typical[p] = i;
                }
            }
            for (int p = 0; p < people.size(); p++) {
                for (int e = 0; e < exits.size(); e++) {
                    first[p][e] = typical[p] < 0 ? -1 : ways.first()[typical[p]][e];
                    first_s[p][e] = typical[p] < 0 ? 0 : ways.first_m()[typical[p]][e] / WALKING_MPS;
                }
            }
        }

        /** @param busy until when each passage is */
        double finish_s(int sector, int exit, double[] busy) {
            int crossing = first[sector][exit];
            double t = first_s[sector][exit];
            while (crossing >= 0) {
                t = Math.max(t, busy[trial.model().server(crossing / 2)]);
                int following = routes.next(crossing, exit);
                if (following < 0) {
                    return t;
                }
                t += routes.step_m(crossing, following) / WALKING_MPS;
                crossing = following;
            }
            return Double.POSITIVE_INFINITY;
        }

        /** So many more or fewer go this way. */
        void add(int sector, int exit, double amount, double[] busy) {
            for (int c = first[sector][exit]; c >= 0; c = routes.next(c, exit)) {
                int server = trial.model().server(c / 2);
                busy[server] += amount / trial.model().rate_per_s(server);
            }
        }

        /** Of the narrowest passage on the way. */
        double rate_per_s(int sector, int exit) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = first[sector][exit]; c >= 0; c = routes.next(c, exit)) {
                least = Math.min(least, trial.model().rate_per_s(trial.model().server(c / 2)));
            }
            return least;
        }
    }

    private static Integer[] order(int n, Function<Integer, Double> key) {
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        Arrays.sort(order, Comparator.<Integer>comparingDouble(key::apply).thenComparingInt(i -> i));
        return order;
    }

    private Map<Integer, Map<Integer, Double>> counts(Plan plan, Sample sample) {
        int[] exit = trial.assign(plan, sample).exit();
        Map<Integer, Map<Integer, Double>> counts = new TreeMap<>();
        for (int i = 0; i < sample.count; i++) {
            if (exit[i] >= 0) {
                counts.computeIfAbsent(sample.population[i], _ -> new TreeMap<>())
                        .merge(exit[i], 1.0, Double::sum);
            }
        }
        return counts;
    }

    // Other things that can be done

    /** Sectors are held back by half of what their people would queue. */
    private Plan staged(Plan plan, String name, String idea) {
        Sample sample = trial.sample(0);
        Routes.Ways ways = trial.routes(plan).ways(sample);
        Assignment assignment = trial.assign(plan, sample);
        double[] walk = new double[people.size()];
        int[] seen = new int[people.size()];
        Outcome outcome = trial.run(plan, 0);
        for (int i = 0; i < sample.count; i++) {
            int e = assignment.exit()[i];
            if (e >= 0) {
                seen[sample.population[i]]++;
                walk[sample.population[i]] += ways.total_m()[i][e] / sample.speed_mps[i];
            }
        }
        // The nearer have left when the farther set out: the order is that of the walking times, spread over half of
        // the time.
        Integer[] order = order(people.size(), p -> seen[p] == 0 ? 0 : walk[p] / seen[p]);
        double span = Math.max(
                0,
                0.5
                        * (outcome.time_s(0.95)
                                - walk[order[order.length - 1]] / Math.max(1, seen[order[order.length - 1]])));
        int total = Math.max(1, sample.count);
        Map<String, Double> delays = new LinkedHashMap<>();
        int before = 0;
        for (int p : order) {
            delays.put(people.get(p).id(), 5 * Math.rint(span * before / total / 5));
            before += seen[p];
        }
        List<Instruction> instructions = plan.instructions().stream()
                .map(each -> new Instruction(each.sector(), each.route(), delays.getOrDefault(each.sector(), 0.0)))
                .toList();
        return new Plan(name, idea, instructions, plan.open(), plan.closed());
    }

    private Plan blended(Plan best, Plan nearest) {
        Sample sample = trial.sample(0);
        Map<Integer, Map<Integer, Double>> half = counts(best, sample);
        counts(nearest, sample)
                .forEach((population, by) -> by.forEach((exit, count) ->
                        half.computeIfAbsent(population, _ -> new TreeMap<>()).merge(exit, count, Double::sum)));
        return assigned(
                new Plan(
                        "optimum-half",
                        "Half-way between optimum and nearest exits: shorter ways.",
                        List.of(),
                        List.of(),
                        List.of()),
                half);
    }

    private List<Plan> messages() {
        List<Plan> told = new ArrayList<>();
        for (int share : new int[] {50, 90}) {
            double informed = share / 100.0;
            told.add(plan(
                    "messages-" + share,
                    "Messages tell where the queues are; %d %% heed them, the others take the nearest exit."
                            .formatted(share),
                    each -> new RouteChoice.CongestionAware(informed, 10, RouteChoice.nearest())));
        }
        return told;
    }

    /** Fewer exits need fewer stewards. */
    private List<Plan> wideExits() {
        double[] rate = new double[exits.size()];
        for (int p = 0; p < network.passages().size(); p++) {
            int exit = network.passages().get(p).exit();
            if (exit >= 0) {
                rate[exit] = trial.model().rate_per_s(trial.model().server(p));
            }
        }
        List<String> closed = new ArrayList<>();
        Integer[] order = order(exits.size(), e -> rate[e]);
        double all = Arrays.stream(rate).filter(Double::isFinite).sum();
        double left = all;
        for (int e : order) {
            if (left - rate[e] >= 0.7 * all && exits.size() - closed.size() > 2) {
                left -= rate[e];
                closed.add(exits.get(e).id());
            }
        }
        return closed.isEmpty()
                ? List.of()
                : List.of(improved(optimal(
                        "wide-exits",
                        "Only the widest exits are used, with stewards at each.",
                        List.of(),
                        List.copyOf(closed))));
    }

    private List<Plan> withoutExit() {
        if (exits.size() < 2) {
            return List.of();
        }
        List<Plan> without = new ArrayList<>();
        int exit = endangered.isEmpty() ? busiest(trial.run(plans.getFirst(), 0)) : endangered.getFirst();
        String id = exits.get(exit).id();
        without.add(improved(optimal(
                "without-" + id,
                endangered.isEmpty()
                        ? "The exit that most would take is kept for responders."
                        : "The exit nearest the hazard is closed.",
                List.of(),
                List.of(id))));
        if (endangered.size() > 1 && exits.size() > 3) {
            List<String> two =
                    endangered.stream().limit(2).map(e -> exits.get(e).id()).toList();
            without.add(
                    improved(optimal("without-two", "The two exits nearest the hazard are closed.", List.of(), two)));
        }
        return without;
    }

    static int busiest(Outcome outcome) {
        int most = 0;
        for (int e = 1; e < outcome.out().length; e++) {
            if (outcome.out()[e] > outcome.out()[most]) {
                most = e;
            }
        }
        return most;
    }

    private List<Plan> gates() {
        List<String> gates = network.passages().stream()
                .filter(each -> operable.contains(each.id())
                        && !each.opening().initially()
                        && each.opening().changes_s().isEmpty())
                .map(Passage::id)
                .distinct()
                .toList();
        if (gates.isEmpty()) {
            return List.of();
        }
        Plan best = improved(optimal("gates-opened", "All gates that stewards can open are opened.", gates, List.of()));
        return List.of(
                best,
                staged(
                        best,
                        "gates-opened-staged",
                        "As gates-opened, and sectors that would only queue are held back."));
    }

    /** A door or street that can be closed: the one with the longest queue, if that can be. */
    private List<Plan> streets() {
        List<String> open = network.passages().stream()
                .filter(each -> operable.contains(each.id())
                        && each.exit() < 0
                        && each.opening().initially())
                .map(Passage::id)
                .distinct()
                .toList();
        if (open.isEmpty()) {
            return List.of();
        }
        String worst = QueueModel.name(network, trial.run(plans.getFirst(), 0).worstPassage());
        String closed = open.contains(worst) ? worst : open.getFirst();
        return List.of(improved(optimal(
                "closed-" + closed,
                "%s is closed, so that nobody queues there.".formatted(closed),
                List.of(),
                List.of(closed))));
    }
}
