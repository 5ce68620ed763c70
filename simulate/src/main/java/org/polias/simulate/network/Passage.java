// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.OptionalDouble;

import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.Point;

/**
 * Where people pass from one place to another, or out.
 *
 * @param id of the door, stair or exit; of a narrow part of the ground a name made of its number
 * @param from a place
 * @param to the other place; {@link #OUTSIDE} for an exit
 * @param exit index of the scene's exit, -1 for all others. Several passages may lead to one exit
 * @param width_m the narrowest width
 * @param isCorridor whether the ground before it is hardly wider: people come to it in a stream already, not from all sides
 * @param length_m how far one walks within it: the slope of a stair, else 0
 * @param isOneWay whether it is passed from {@code from} to {@code to} only
 * @param limit_per_s how many it lets through; none: as many as its width does
 * @param service what an exit takes
 */
public record Passage(
        String id,
        Kind kind,
        int from,
        int to,
        int exit,
        double width_m,
        boolean isCorridor,
        double length_m,
        Point at,
        boolean isOneWay,
        OptionalDouble limit_per_s,
        Exit.Service service,
        Opening opening) {

    /** The place that an exit leads to. */
    public static final int OUTSIDE = -1;

    /** What it is. */
    public enum Kind {
        DOOR,
        /** Where the ground itself narrows: a street between houses, a path. */
        NARROWING,
        STAIR,
        RAMP,
        EXIT
    }

    Passage closed() {
        return new Passage(
                id,
                kind,
                from,
                to,
                exit,
                width_m,
                isCorridor,
                length_m,
                at,
                isOneWay,
                limit_per_s,
                service,
                Opening.NEVER);
    }
}
