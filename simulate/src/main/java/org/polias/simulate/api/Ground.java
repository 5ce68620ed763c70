// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;

/**
 * A scene made ready to walk on: mended, checked, and with a field of walking distances to every exit. Immutable and shared:
 * many simulations may run on one ground, from several threads.
 */
public interface Ground {

    Scene scene();

    /** What was mended, and what is suspicious but can be lived with. */
    List<Problem> problems();

    /** The area on which one can walk, all levels. */
    double walkable_m2();

    /** The cell of the navigation grid. */
    double cell_m();

    boolean isWalkable(String level, Point point);

    /** The area of the part of {@code area} on which one can walk. */
    double walkable_m2(String level, Area area);

    /**
     * The walking distance from a point to an exit with all doors as at time 0.
     *
     * @return metres; infinite if there is no way
     */
    double distance_m(String exit, String level, Point point);

    /**
     * Begins a simulation at time 0.
     *
     * @throws UnusableInput if something in {@code scenario} is wrong
     */
    Simulation begin(Scenario scenario, Workers workers);

    /**
     * Begins a simulation where another one was: the same people at the same places with what has happened to them, at the same
     * time. Populations of {@code scenario} are matched by id; for those that are in both, the route choice is made anew by
     * {@code scenario}, and a person who has not moved off yet does so by its pre-movement time counted from now. Populations
     * that are new are added. Doors and exits are as {@code snapshot} has them.
     *
     * @throws UnusableInput if something in {@code scenario} is wrong
     */
    Simulation resume(Snapshot snapshot, Scenario scenario, Workers workers);
}
