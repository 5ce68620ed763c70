// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.OptionalDouble;

/**
 * A door or gate: a line across an opening in the walkable area, from one jamb to the other. Its width is the line's length.
 * A closed door is a wall. Every door counts who passes.
 *
 * @param way which way it may be passed
 * @param limit_per_s how many it lets through in a second (a turnstile, a ticket check, a prescribed flow); none: as many as
 *     squeeze through
 */
public record Door(String id, String level, Segment line, Way way, OptionalDouble limit_per_s, Opening opening) {

    /** Which way a door may be passed, seen along its line. */
    public enum Way {
        BOTH,
        LEFT_TO_RIGHT,
        RIGHT_TO_LEFT
    }

    /** A door that is always open both ways. */
    public static Door of(String id, String level, Segment line) {
        return new Door(id, level, line, Way.BOTH, OptionalDouble.empty(), Opening.ALWAYS);
    }

    public Door passable(Way newWay) {
        return new Door(id, level, line, newWay, limit_per_s, opening);
    }

    public Door limitedTo(double persons_per_s) {
        return new Door(id, level, line, way, OptionalDouble.of(persons_per_s), opening);
    }

    public Door open(Opening newOpening) {
        return new Door(id, level, line, way, limit_per_s, newOpening);
    }
}
