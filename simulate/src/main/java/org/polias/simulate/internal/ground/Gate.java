// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

/**
 * A line that can be open or closed: a door, or the line of an exit. Gates are numbered: doors first, then the exits, in the scene's
 * order; an exit that is an area has a gate that no way crosses.
 *
 * @param surface on which it is
 * @param forward whether it may be crossed from left to right
 * @param backward whether it may be crossed from right to left
 */
public record Gate(Line line, int surface, boolean forward, boolean backward) {

    /** Whether it may be crossed, when open, in the sense of {@link Line#crossing}. */
    public boolean allows(int crossing) {
        return crossing > 0 ? forward : backward;
    }
}
