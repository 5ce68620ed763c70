// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Population;
import org.polias.simulate.flow.DynamicNetwork;
import org.polias.simulate.flow.FlowOverTime;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.Passage;

/**
 * The people on a network as a flow over time: how soon all can be out at best, and who goes where then.
 */
final class Optimum {

    /** People start from squares of this side at least. */
    private static final double MIN_TILE_M = 5;

    private static final int MAX_TILES = 400;
    /** Arcs of the expanded network: about what is solved in a tenth of a second. */
    private static final double COARSE_ARCS = 60_000;

    private static final double FINE_ARCS = 250_000;
    private static final double MIN_STEP_S = 1;
    private static final double[] SHARES = {0.125, 0.375, 0.625, 0.875};

    private final Network network;
    private final Sample.Ground ground;
    private final Capacities capacities;
    private final boolean isOptimistic;
    private final Opening[] openings;
    private final DynamicNetwork flow = new DynamicNetwork();
    /** Population of each source. */
    private final List<Integer> populations = new ArrayList<>();

    /** Exit of each arc into the sink. */
    private final Map<Integer, Integer> exitOf = new LinkedHashMap<>();

    private final double share;
    private final double deviations;
    private double maxSpeed = 0;
    private double meanSpeed = 0;

    /**
     * @param isOptimistic whether nothing may be slower than in truth, for a bound; else it is as expected
     * @param openings when each passage can be used
     */
    Optimum(Network network, Sample.Ground ground, Capacities capacities, boolean isOptimistic, Opening[] openings) {
        this(network, ground, capacities, isOptimistic, openings, 1, 1);
    }

    /**
     * @param share of the people, those who walk slowest
     * @param deviations so many standard deviations above the mean is the pace that none of them exceeds, if for a bound
     */
    private Optimum(
            Network network,
            Sample.Ground ground,
            Capacities capacities,
            boolean isOptimistic,
            Opening[] openings,
            double share,
            double deviations) {
        this.share = share;
        this.deviations = deviations;
        this.network = network;
        this.ground = ground;
        this.capacities = capacities;
        this.isOptimistic = isOptimistic;
        this.openings = openings;
        speeds();
        build();
    }

    /**
     * T* as a bound: of all people at the pace that one in six walks faster than, of the slower half at the mean, and of the slowest
     * tenth at theirs; whichever is latest. Each is a crowd that has to get out too, and whose paces are not above that.
     */
    static double bound_s(
            Network network, Sample.Ground ground, Capacities capacities, Opening[] openings, double atMost_s) {
        double[][] crowds = {{1, 1}, {0.5, 0}, {0.1, -1.2816}};
        double bound = 0;
        int people = ground.people().stream().mapToInt(Population::count).sum();
        for (double[] crowd : crowds) {
            // A few slow ones may happen to stand near the exits.
            if (crowd[0] * people >= 100 || crowd[0] == 1) {
                Optimum optimum = new Optimum(network, ground, capacities, true, openings, crowd[0], crowd[1]);
                bound = Math.max(bound, optimum.quickest_s(atMost_s).orElse(Double.POSITIVE_INFINITY));
            }
        }
        return bound;
    }

    /** When every passage of a network is open by itself. */
    static Opening[] openings(Network network) {
        return network.passages().stream().map(Passage::opening).toArray(Opening[]::new);
    }

    /** T*: none if not all can get out. */
    OptionalDouble quickest_s(double atMost_s) {
        if (flow.demand() == 0) {
            return OptionalDouble.of(0);
        }
        double arcs = flow.arcs().size() + flow.nodes();
        double guess = 300;
        double step = Math.max(MIN_STEP_S, arcs * guess / COARSE_ARCS);
        OptionalDouble coarse = FlowOverTime.quickest_s(flow, step, atMost_s);
        if (coarse.isEmpty()) {
            return coarse;
        }
        double fine = Math.max(MIN_STEP_S, arcs * Math.max(20, coarse.getAsDouble()) / FINE_ARCS);
        return fine < step * 0.8 ? FlowOverTime.quickest_s(flow, fine, atMost_s) : coarse;
    }

    /**
     * How many of each population go to each exit in the flow that has most people out early, by {@code horizon_s}; empty if they
     * cannot.
     */
    Map<Integer, Map<Integer, Double>> shares(double horizon_s) {
        double arcs = flow.arcs().size() + flow.nodes();
        double step = Math.max(2, arcs * horizon_s / COARSE_ARCS);
        Map<Integer, Map<Integer, Double>> shares = new TreeMap<>();
        for (int i = 0; i < 4 && shares.isEmpty(); i++) {
            // Rounding to steps makes ways longer: if it does not fit, a later horizon does.
            for (FlowOverTime.Stream each :
                    FlowOverTime.earliestArrival(flow, step, horizon_s * (1.1 + 0.3 * i) + 8 * step)) {
                shares.computeIfAbsent(populations.get(each.source()), _ -> new TreeMap<>())
                        .merge(exitOf.get(each.lastArc()), each.amount(), Double::sum);
            }
        }
        return shares;
    }

    private void speeds() {
        double people = 0;
        for (Population each : ground.people()) {
            if (Sample.leaves(each)) {
                maxSpeed = Math.max(maxSpeed, speed(each));
                meanSpeed += each.count() * speed(each);
                people += each.count();
            }
        }
        meanSpeed = people > 0 ? meanSpeed / people : 1.34;
        maxSpeed = maxSpeed > 0 ? maxSpeed : 1.34;
    }

    private double speed(Population population) {
        double mean = Draw.meanSpeed(population.profile());
        return isOptimistic ? Math.max(0.1, mean + deviations * Draw.speedDeviation(population.profile())) : mean;
    }

    private void build() {
        double speed = isOptimistic ? maxSpeed : meanSpeed;
        int passages = network.passages().size();
        int[] before = new int[2 * passages];
        int[] after = new int[2 * passages];
        for (int c = 0; c < 2 * passages; c++) {
            before[c] = flow.addNode();
            after[c] = flow.addNode();
        }
        int[] exitNode = new int[network.scene().exits().size()];
        for (int p = 0; p < passages; p++) {
            Passage passage = network.passages().get(p);
            if (passage.exit() >= 0) {
                if (exitNode[passage.exit()] == 0) {
                    exitNode[passage.exit()] = flow.addNode();
                    addExit(exitNode[passage.exit()], passage, openings[p]);
                }
                flow.addWay(before[2 * p], exitNode[passage.exit()], 0);
                continue;
            }
            for (int way = 0; way < (passage.isOneWay() ? 1 : 2); way++) {
                int c = 2 * p + way;
                flow.add(new DynamicNetwork.Arc(
                        before[c],
                        after[c],
                        Routes.length_m(passage) / speed,
                        capacities.rate_per_s(passage, isUp(passage, way)),
                        Double.POSITIVE_INFINITY,
                        openings[p]));
                int place = way == 0 ? passage.to() : passage.from();
                for (int q : network.places().get(place).passages()) {
                    Passage following = network.passages().get(q);
                    int out = following.from() == place ? 2 * q : 2 * q + 1;
                    double d = network.distance_m(place, p, q);
                    if (q != p && Double.isFinite(d) && !(out % 2 == 1 && following.isOneWay())) {
                        flow.addWay(after[c], before[out], d / speed);
                    }
                }
            }
        }
        for (int i = 0; i < ground.people().size(); i++) {
            addPeople(i, before);
        }
    }

    private boolean isUp(Passage passage, int way) {
        if (passage.kind() != Passage.Kind.STAIR) {
            return false;
        }
        double from = elevation(passage.from());
        double to = elevation(passage.to());
        return way == 0 ? to > from : from > to;
    }

    private double elevation(int place) {
        return network.scene().levels().get(network.places().get(place).level()).elevation_m();
    }

    private void addExit(int node, Passage passage, Opening opening) {
        double rate = capacities.rate_per_s(passage, false);
        if (passage.service() instanceof Exit.Service.Vehicles(int seats, double first_s, double headway_s)) {
            int vehicles = (int) Math.min(200, Math.ceil(2.0 * flowDemand() / seats) + 1);
            for (int k = 0; k < vehicles; k++) {
                int arc = flow.add(new DynamicNetwork.Arc(
                        node,
                        DynamicNetwork.SINK,
                        0,
                        rate,
                        seats,
                        new Opening(false, List.of(first_s + k * headway_s, first_s + (k + 1) * headway_s))));
                exitOf.put(arc, passage.exit());
            }
        } else {
            int arc = flow.add(
                    new DynamicNetwork.Arc(node, DynamicNetwork.SINK, 0, rate, Double.POSITIVE_INFINITY, opening));
            exitOf.put(arc, passage.exit());
        }
    }

    private int flowDemand() {
        return ground.people().stream().mapToInt(Population::count).sum();
    }

    private void addPeople(int population, int[] before) {
        List<Sample.Spot> spots = ground.spots().get(population);
        Population people = ground.people().get(population);
        if (spots.isEmpty() || people.count() == 0) {
            return;
        }
        int crowds = Math.max(
                1, (int) ground.spots().stream().filter(each -> !each.isEmpty()).count());
        for (List<Sample.Spot> tile : tiles(spots, Math.max(4, MAX_TILES / crowds))) {
            double amount = share * people.count() * tile.size() / spots.size();
            double[] releases = releases(people);
            int place = tile.getFirst().place();
            int node = flow.addNode();
            for (int q : network.places().get(place).passages()) {
                Passage passage = network.passages().get(q);
                int out = passage.from() == place ? 2 * q : 2 * q + 1;
                double least = Double.POSITIVE_INFINITY;
                double sum = 0;
                for (Sample.Spot spot : tile) {
                    double d = network.distance_m(place, spot.at(), q);
                    least = Math.min(least, d);
                    sum += d;
                }
                double d = isOptimistic ? least : sum / tile.size();
                if (Double.isFinite(d) && !(out % 2 == 1 && passage.isOneWay())) {
                    flow.addWay(node, before[out], d / speed(people));
                }
            }
            for (double release : releases) {
                flow.addSource(node, amount / releases.length, release);
                populations.add(population);
            }
        }
    }

    /** When the people of a population set out, in quarters; for a bound each quarter when its first does. */
    private double[] releases(Population people) {
        if (people.placement() instanceof Placement.Arriving(String _, var _, double from, double until)) {
            double wait = Draw.mean(people.preMovement_s());
            double[] releases = new double[SHARES.length];
            for (int i = 0; i < SHARES.length; i++) {
                releases[i] = from + (until - from) * (isOptimistic ? i / 4.0 : SHARES[i]) + (isOptimistic ? 0 : wait);
            }
            return releases;
        }
        if (people.preMovement_s() instanceof Distribution.Constant(double value)) {
            return new double[] {value};
        }
        double[] releases = new double[SHARES.length];
        for (int i = 0; i < SHARES.length; i++) {
            double of = Draw.quantile(people.preMovement_s(), SHARES[i]);
            double earlier = i == 0 ? 0 : Draw.quantile(people.preMovement_s(), SHARES[i - 1]);
            releases[i] = Math.max(0, isOptimistic ? earlier : of);
        }
        return releases;
    }

    /** Spots together that lie in one place and one square. */
    private static List<List<Sample.Spot>> tiles(List<Sample.Spot> spots, int atMost) {
        double tile = MIN_TILE_M;
        while (true) {
            Map<String, List<Sample.Spot>> tiles = new LinkedHashMap<>();
            for (Sample.Spot spot : spots) {
                String key = spot.place()
                        + ":" + (long) Math.floor(spot.at().x_m() / tile)
                        + ":" + (long) Math.floor(spot.at().y_m() / tile);
                tiles.computeIfAbsent(key, _ -> new ArrayList<>()).add(spot);
            }
            long places = spots.stream().mapToInt(Sample.Spot::place).distinct().count();
            if (tiles.size() <= Math.max(atMost, places)) {
                return List.copyOf(tiles.values());
            }
            tile *= 1.5;
        }
    }
}
