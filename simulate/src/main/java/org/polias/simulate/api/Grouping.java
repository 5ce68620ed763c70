// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * Families and friends: they leave together, walk at the pace of the slowest, and wait for each other.
 *
 * @param share which part of the people is in groups
 * @param size how many are in a group; rounded, at least 2
 * @param cohesion_m how far they let each other be before those ahead wait
 */
public record Grouping(double share, Distribution size, double cohesion_m) {

    /** Everybody alone. */
    public static final Grouping NONE = new Grouping(0, Distribution.constant(2), 2);
}
