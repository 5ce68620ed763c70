// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.flow;

import java.util.ArrayList;
import java.util.List;

import org.polias.simulate.api.Opening;

/**
 * A network in which flow takes time: nodes at which people may wait, arcs with a travel time and a capacity, sources with supplies
 * that are released at a time, and one sink.
 */
public final class DynamicNetwork {

    /** The sink's number. */
    public static final int SINK = 0;

    private final List<Arc> arcs = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private int nodes = 1;

    /**
     * @param capacity_per_s how many may enter it in a second; infinite for any number
     * @param total how many may enter it at all; infinite for any number
     * @param opening when it may be entered
     */
    public record Arc(int from, int to, double travel_s, double capacity_per_s, double total, Opening opening) {}

    /** People who are at {@code node} from {@code release_s} on. */
    public record Source(int node, double amount, double release_s) {}

    /** Adds a node and returns its number. */
    public int addNode() {
        return nodes++;
    }

    /** Adds an arc that any number may enter at any time. */
    public int addWay(int from, int to, double travel_s) {
        return add(new Arc(from, to, travel_s, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Opening.ALWAYS));
    }

    /** Adds an arc and returns its number. */
    public int add(Arc arc) {
        if (arc.from < 0 || arc.from >= nodes || arc.to < 0 || arc.to >= nodes || !(arc.travel_s >= 0)) {
            throw new IllegalArgumentException("The arc %s does not fit a network of %d nodes.".formatted(arc, nodes));
        }
        if (!(arc.capacity_per_s >= 0) || !(arc.total >= 0)) {
            throw new IllegalArgumentException("The arc %s has no capacity.".formatted(arc));
        }
        arcs.add(arc);
        return arcs.size() - 1;
    }

    /** Adds a supply and returns its number. */
    public int addSource(int node, double amount, double release_s) {
        sources.add(new Source(node, amount, release_s));
        return sources.size() - 1;
    }

    public int nodes() {
        return nodes;
    }

    public List<Arc> arcs() {
        return List.copyOf(arcs);
    }

    public List<Source> sources() {
        return List.copyOf(sources);
    }

    /** All that the sources supply. */
    public double demand() {
        return sources.stream().mapToDouble(Source::amount).sum();
    }
}
