// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;

/**
 * Somebody who attacks: people within sight run away from him, routes that lead to him are left, and whoever is within reach
 * may be hurt. The hurt stay where they are, and the others walk around them.
 *
 * @param path where he is and when, in rising order of time; between two he walks straight. Before the first he is not there
 * @param until_s when he is stopped
 * @param sight_m within this distance, and with no wall between, people flee
 * @param reach_m within this distance, and with no wall between, people may be hurt
 * @param hurt_per_s how many he hurts in a second, while anybody is within reach
 */
public record Threat(
        String id,
        String level,
        List<Waypoint> path,
        double until_s,
        double sight_m,
        double reach_m,
        double hurt_per_s) {

    /** A place at a time. */
    public record Waypoint(double time_s, Point point) {}

    /** @throws IllegalArgumentException if there is no waypoint, or their times fall */
    public Threat {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("The threat %s has no place.".formatted(id));
        }
        for (int i = 1; i < path.size(); i++) {
            if (!(path.get(i).time_s >= path.get(i - 1).time_s)) {
                throw new IllegalArgumentException(
                        "The threat %s is at its place %d before the one before.".formatted(id, i));
            }
        }
    }

    /** Whether he is there. */
    public boolean isActive(double time_s) {
        return time_s >= path.getFirst().time_s && time_s < until_s;
    }

    /** Where he is at a time; before the first waypoint there, after the last one there. */
    public Point at(double time_s) {
        Waypoint before = path.getFirst();
        for (Waypoint next : path) {
            if (next.time_s > time_s) {
                double span = next.time_s - before.time_s;
                double part = span > 0 ? Math.max(0, (time_s - before.time_s) / span) : 0;
                return new Point(
                        before.point.x_m() + part * (next.point.x_m() - before.point.x_m()),
                        before.point.y_m() + part * (next.point.y_m() - before.point.y_m()));
            }
            before = next;
        }
        return before.point;
    }
}
