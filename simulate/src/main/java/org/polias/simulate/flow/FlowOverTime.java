// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

import com.google.ortools.Loader;
import com.google.ortools.graph.MaxFlow;
import com.google.ortools.graph.MinCostFlow;

/**
 * Flows over time by time-expanded networks (Ford and Fulkerson 1958): a copy of every node for each step of time, arcs from the copy
 * of the step in which one sets out to that in which one arrives, and waiting from each copy to the next. Solved by OR-Tools.
 */
public final class FlowOverTime {

    static {
        Loader.loadNativeLibraries();
    }

    /** Flow is counted in these parts of a person, so that small capacities in short steps are not rounded away. */
    private static final double UNITS = 1000;
    /** So many times the demand wants in where it is asked what a step could bring. */
    private static final int PLENTY = 3;

    private final DynamicNetwork.Arc[] arcs;
    private final DynamicNetwork.Source[] sources;
    private final int nodes;
    private final double step_s;
    private final boolean isOptimistic;

    private FlowOverTime(DynamicNetwork network, double step_s, boolean isOptimistic) {
        if (!(step_s > 0)) {
            throw new IllegalArgumentException("A step of %s s is none.".formatted(step_s));
        }
        this.arcs = network.arcs().toArray(DynamicNetwork.Arc[]::new);
        this.sources = network.sources().toArray(DynamicNetwork.Source[]::new);
        this.nodes = network.nodes();
        this.step_s = step_s;
        this.isOptimistic = isOptimistic;
    }

    /**
     * The time T* of the quickest flow: the smallest horizon whose maximum flow over time is the demand. Travel times are rounded
     * down to steps, so that the result is never above the true T*, and at most a step for each arc on the way below it; within the
     * last step it is interpolated.
     *
     * @param step_s the step of time
     * @param atMost_s where the search ends
     * @return none if not all can reach the sink by {@code atMost_s}
     */
    public static OptionalDouble quickest_s(DynamicNetwork network, double step_s, double atMost_s) {
        return new FlowOverTime(network, step_s, true).quickest(atMost_s);
    }

    /** The greatest number that can reach the sink by a horizon. */
    public static double most(DynamicNetwork network, double step_s, double horizon_s) {
        FlowOverTime flow = new FlowOverTime(network, step_s, true);
        return flow.maximum((int) Math.floor(horizon_s / step_s + 1e-9)) / UNITS;
    }

    /**
     * Flow along one way.
     *
     * @param source number of the source
     * @param lastArc number of the arc by which it reached the sink
     * @param left_s when it left the source's node
     * @param arrived_s when it reached the sink
     */
    public record Stream(int source, int lastArc, double amount, double left_s, double arrived_s) {}

    /**
     * The flow that has the least sum of arrival times, as the streams that it is made of: what an earliest-arrival flow is, where there
     * is one. Travel times are rounded to the nearest step, at least one.
     *
     * @param horizon_s by when all are to arrive
     * @return none if they cannot
     */
    public static List<Stream> earliestArrival(DynamicNetwork network, double step_s, double horizon_s) {
        return new FlowOverTime(network, step_s, false).earliest((int) Math.ceil(horizon_s / step_s));
    }

    private OptionalDouble quickest(double atMost_s) {
        long demand = demand();
        if (demand == 0) {
            return OptionalDouble.of(0);
        }
        int limit = (int) Math.ceil(atMost_s / step_s);
        int low = 0;
        int high = Math.min(limit, Math.max(1, (int) (firstGuess() / step_s)));
        long flow = maximum(high);
        while (flow < demand) {
            if (high >= limit) {
                return OptionalDouble.empty();
            }
            low = high;
            high = Math.min(limit, high + Math.max(1, high / 2));
            flow = maximum(high);
        }
        long below = low == 0 ? 0 : -1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            long reached = maximum(middle);
            if (reached >= demand) {
                high = middle;
            } else {
                low = middle;
                below = reached;
            }
        }
        if (below < 0) {
            below = maximum(low);
        }
        // How much of the last step is needed: the demand that is left, over what the step brings when more than enough
        // want in.
        double brought = Math.max(1, maximum(high, PLENTY) - maximum(low, PLENTY));
        return OptionalDouble.of((low + Math.min(1, (demand - below) / brought)) * step_s);
    }

    /** Demand over all capacity into the sink. */
    private double firstGuess() {
        double capacity = 0;
        for (DynamicNetwork.Arc arc : arcs) {
            if (arc.to() == DynamicNetwork.SINK) {
                capacity += arc.capacity_per_s();
            }
        }
        double guess = Double.isFinite(capacity) && capacity > 0 ? demand() / UNITS / capacity : 10 * step_s;
        return Math.clamp(guess, step_s, 100_000);
    }

    private long demand() {
        long demand = 0;
        for (DynamicNetwork.Source source : sources) {
            demand += units(source.amount());
        }
        return demand;
    }

    private int steps(double travel_s) {
        return isOptimistic
                ? (int) Math.floor(travel_s / step_s + 1e-9)
                : Math.max(1, (int) Math.round(travel_s / step_s));
    }

    private int release(DynamicNetwork.Source source) {
        return (int) Math.floor(Math.max(0, source.release_s()) / step_s + 1e-9);
    }

    private long capacity(DynamicNetwork.Arc arc, int step) {
        if (!arc.opening().isOpen(step * step_s) && !arc.opening().isOpen((step + 1) * step_s - 1e-9)) {
            return 0;
        }
        return units(arc.capacity_per_s() * step_s);
    }

    private static long units(double amount) {
        return amount > 1e12 ? Long.MAX_VALUE / 1_000_000 : Math.round(amount * UNITS);
    }

    /** Node numbers: 0 the sink, 1 the super-source, then the sources, then arcs of limited total, then a copy for each step. */
    private int copy(int node, int step) {
        return 2 + sources.length + arcs.length + step * nodes + node;
    }

    private long maximum(int horizon) {
        return maximum(horizon, 1);
    }

    private long maximum(int horizon, int supplies) {
        if (horizon <= 0) {
            return 0;
        }
        MaxFlow flow = new MaxFlow();
        new Expansion(horizon, supplies) {
            @Override
            int arc(int from, int to, long capacity, long cost) {
                return flow.addArcWithCapacity(from, to, capacity);
            }
        }.build();
        MaxFlow.Status status = flow.solve(1, 0);
        if (status != MaxFlow.Status.OPTIMAL) {
            throw new IllegalStateException("The maximum flow over %d steps ended as %s.".formatted(horizon, status));
        }
        return flow.getOptimalFlow();
    }

    private List<Stream> earliest(int horizon) {
        MinCostFlow flow = new MinCostFlow();
        Expansion expansion = new Expansion(horizon, 1) {
            @Override
            int arc(int from, int to, long capacity, long cost) {
                return flow.addArcWithCapacityAndUnitCost(from, to, capacity, cost);
            }
        };
        expansion.build();
        long demand = demand();
        flow.setNodeSupply(1, demand);
        flow.setNodeSupply(0, -demand);
        if (flow.solve() != MinCostFlow.Status.OPTIMAL) {
            return List.of();
        }
        return expansion.streams(flow);
    }

    /** Writes the expanded network down arc by arc, in an order that does not change, and reads flows back. */
    private abstract class Expansion {

        private final int horizon;
        private final int supplies;
        private final List<int[]> written = new ArrayList<>();

        /** @param supplies by what the sources' amounts are multiplied */
        Expansion(int horizon, int supplies) {
            this.horizon = horizon;
            this.supplies = supplies;
        }

        abstract int arc(int from, int to, long capacity, long cost);

        private void write(int from, int to, long capacity, long cost, int arc) {
            if (capacity > 0) {
                arc(from, to, capacity, cost);
                if (!isOptimistic) {
                    written.add(new int[] {from, to, arc});
                }
            }
        }

        void build() {
            long any = Long.MAX_VALUE / 1_000_000;
            for (int s = 0; s < sources.length; s++) {
                int step = release(sources[s]);
                long amount = supplies * units(sources[s].amount());
                write(1, 2 + s, amount, 0, -1);
                if (step < horizon) {
                    write(2 + s, copy(sources[s].node(), step), amount, 0, -1);
                }
            }
            for (int a = 0; a < arcs.length; a++) {
                DynamicNetwork.Arc arc = arcs[a];
                int travel = steps(arc.travel_s());
                boolean isTotal = Double.isFinite(arc.total());
                if (isTotal) {
                    if (arc.to() != DynamicNetwork.SINK) {
                        throw new IllegalStateException("Only arcs into the sink may be limited in total.");
                    }
                    write(2 + sources.length + a, 0, units(arc.total()), 0, a);
                }
                for (int step = 0; step < horizon; step++) {
                    int arrives = step + travel;
                    if (arrives >= horizon) {
                        break;
                    }
                    int to = arc.to() != DynamicNetwork.SINK
                            ? copy(arc.to(), arrives)
                            : isTotal ? 2 + sources.length + a : 0;
                    write(
                            copy(arc.from(), step),
                            to,
                            capacity(arc, step),
                            arc.to() == DynamicNetwork.SINK ? arrives : 0,
                            a);
                }
            }
            for (int node = 1; node < nodes; node++) {
                for (int step = 0; step + 1 < horizon; step++) {
                    write(copy(node, step), copy(node, step + 1), any, 0, -1);
                }
            }
        }

        /** Follows the flow from each source to the sink until all of it is accounted for. Time only goes forward, so ways end. */
        List<Stream> streams(MinCostFlow flow) {
            int count = written.size();
            int all = copy(0, horizon);
            int[] first = new int[all + 1];
            for (int[] arc : written) {
                first[arc[0] + 1]++;
            }
            for (int i = 0; i < all; i++) {
                first[i + 1] += first[i];
            }
            int[] fill = Arrays.copyOf(first, all);
            int[] out = new int[count];
            long[] left = new long[count];
            for (int i = 0; i < count; i++) {
                out[fill[written.get(i)[0]]++] = i;
                left[i] = flow.getFlow(i);
            }
            int[] next = Arrays.copyOf(first, all);
            List<Stream> streams = new ArrayList<>();
            int[] way = new int[horizon * 4 + 16];
            for (int s = 0; s < sources.length; s++) {
                while (true) {
                    int node = 2 + s;
                    int length = 0;
                    long amount = Long.MAX_VALUE;
                    while (node != 0) {
                        while (next[node] < first[node + 1] && left[out[next[node]]] == 0) {
                            next[node]++;
                        }
                        if (next[node] == first[node + 1]) {
                            break;
                        }
                        int arc = out[next[node]];
                        amount = Math.min(amount, left[arc]);
                        if (length == way.length) {
                            way = Arrays.copyOf(way, 2 * length);
                        }
                        way[length++] = arc;
                        node = written.get(arc)[1];
                    }
                    if (node != 0 || length == 0) {
                        break;
                    }
                    for (int i = 0; i < length; i++) {
                        left[way[i]] -= amount;
                    }
                    streams.add(stream(s, way, length, amount));
                }
            }
            return streams;
        }

        private Stream stream(int source, int[] way, int length, long amount) {
            int lastArc = -1;
            int lastStep = 0;
            int leaves = -1;
            for (int i = 0; i < length; i++) {
                int[] arc = written.get(way[i]);
                if (arc[2] >= 0) {
                    int from = arc[0] - copy(0, 0);
                    if (from >= 0) {
                        lastStep = from / nodes + steps(arcs[arc[2]].travel_s());
                        if (leaves < 0) {
                            leaves = from / nodes;
                        }
                    }
                    lastArc = arc[2];
                }
            }
            return new Stream(source, lastArc, amount / UNITS, leaves * step_s, (lastStep + 1) * step_s);
        }
    }
}
