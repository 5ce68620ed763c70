// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of OpenStreetMap as it was mapped: nothing is interpreted yet.
 *
 * @param nodes by id
 * @param bounds what the file says that it covers, or else what its nodes cover; absent if it has none
 */
public record MapData(Map<Long, Node> nodes, List<Way> ways, List<Relation> relations, Optional<Bounds> bounds) {

    /** A point; most have no tags. */
    public record Node(double longitude, double latitude, Map<String, String> tags) {}

    /** A line or, if it is closed, perhaps an area. */
    public record Way(long id, long[] nodes, Map<String, String> tags) {

        boolean isClosed() {
            return nodes.length >= 4 && nodes[0] == nodes[nodes.length - 1];
        }
    }

    /** Ways that belong together: here, the rings of an area. */
    public record Relation(long id, List<Member> members, Map<String, String> tags) {
        public Relation {
            members = List.copyOf(members);
        }
    }

    /** A way of a relation. */
    public record Member(long way, String role) {}

    /** A rectangle in degrees. */
    public record Bounds(double west, double south, double east, double north) {}
}
