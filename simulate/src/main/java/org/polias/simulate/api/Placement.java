// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;

/** Where the people of a population are at first. */
public sealed interface Placement {

    /** Somewhere in an area, spread evenly. */
    record Within(String level, Area area) implements Placement {}

    /** Each at a given place. The population's count is the number of places. */
    record At(List<Spot> spots) implements Placement {
        public At {
            spots = List.copyOf(spots);
        }
    }

    /** They come in across an area one after another, evenly between two times; who finds no room waits outside. */
    record Arriving(String level, Area area, double from_s, double until_s) implements Placement {}

    /** A place on a level. */
    record Spot(String level, Point point) {}
}
