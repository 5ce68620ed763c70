// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;
import java.util.Map;

/** Which exit somebody makes for. Distances are walking distances; a closed exit is not chosen by those who know of it. */
public sealed interface RouteChoice {

    /** The exit at the smallest walking distance. */
    record Nearest() implements RouteChoice {}

    /**
     * The exits that people came in by, by weight; who finds his closed takes the nearest.
     *
     * @param weights exit to weight; need not sum to one
     */
    record Familiar(Map<String, Double> weights) implements RouteChoice {
        public Familiar {
            weights = Map.copyOf(weights);
        }
    }

    /** The nearest of the exits that the signs, stewards or messages show. */
    record Signed(List<String> exits) implements RouteChoice {
        public Signed {
            exits = List.copyOf(exits);
        }
    }

    /**
     * As a plan says: exit to the share of the people, who are dealt so that the sum of their walking distances is small.
     *
     * @param shares need not sum to one
     */
    record Assigned(Map<String, Double> shares) implements RouteChoice {
        public Assigned {
            shares = Map.copyOf(shares);
        }
    }

    /**
     * Some know where the queues are and go where they expect to be out first, the others by another rule. The informed look
     * again and again, and change only when it pays.
     *
     * @param informedShare which part of the people is informed
     * @param review_s how often each informed person looks again
     */
    record CongestionAware(double informedShare, double review_s, RouteChoice others) implements RouteChoice {}

    /** To a place rather than out: responders, searchers. They stay there. */
    record Toward(String level, Area area) implements RouteChoice {}

    /** Nowhere: people who stay where they are until told otherwise. */
    record Stay() implements RouteChoice {}

    static RouteChoice nearest() {
        return new Nearest();
    }

    /** All to one exit. */
    static RouteChoice to(String exit) {
        return new Signed(List.of(exit));
    }
}
