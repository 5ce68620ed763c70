// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * People who belong together in where they are, what they are like and what they do.
 *
 * @param preMovement_s how long each stays before moving off
 */
public record Population(
        String id,
        int count,
        Placement placement,
        Profile profile,
        Distribution preMovement_s,
        Grouping grouping,
        RouteChoice route) {

    /** Adults spread over an area, who leave at once by the nearest exit. */
    public static Population of(String id, int count, String level, Area area) {
        return of(id, count, new Placement.Within(level, area));
    }

    /** Adults who leave at once by the nearest exit. */
    public static Population of(String id, int count, Placement placement) {
        return new Population(
                id, count, placement, Profile.adults(), Distribution.constant(0), Grouping.NONE, RouteChoice.nearest());
    }

    public Population like(Profile newProfile) {
        return new Population(id, count, placement, newProfile, preMovement_s, grouping, route);
    }

    public Population leavingAfter(Distribution newPreMovement_s) {
        return new Population(id, count, placement, profile, newPreMovement_s, grouping, route);
    }

    public Population grouped(Grouping newGrouping) {
        return new Population(id, count, placement, profile, preMovement_s, newGrouping, route);
    }

    public Population choosing(RouteChoice newRoute) {
        return new Population(id, count, placement, profile, preMovement_s, grouping, newRoute);
    }
}
