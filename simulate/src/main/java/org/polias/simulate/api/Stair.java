// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.OptionalDouble;

/**
 * A stair or ramp between two levels. In plan it is the quadrilateral between its two landing lines; one enters and leaves it
 * across these only.
 *
 * @param foot the line at which it begins
 * @param head the line at which it ends, on another level or the same
 * @param slopeLength_m the length along the slope; none: from the plan and the difference of the levels' heights
 */
public record Stair(String id, Kind kind, Landing foot, Landing head, OptionalDouble slopeLength_m) {

    /** How it is walked. */
    public enum Kind {
        /** Speeds are those of stairs; wheelchairs cannot pass. */
        STAIR,
        /** Speeds are those of ramps. */
        RAMP
    }

    /** Where a stair meets a level. */
    public record Landing(String level, Segment line) {}

    public static Stair of(String id, Landing foot, Landing head) {
        return new Stair(id, Kind.STAIR, foot, head, OptionalDouble.empty());
    }

    public Stair ofSlopeLength(double length_m) {
        return new Stair(id, kind, foot, head, OptionalDouble.of(length_m));
    }

    public Stair as(Kind newKind) {
        return new Stair(id, newKind, foot, head, slopeLength_m);
    }
}
