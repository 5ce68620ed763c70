// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;

import org.polias.model.id.IncidentId;

/** That a live incident has something that others may have, too: an entry of the index, in the order of happening within a key. */
public record Mention(LinkKey key, Instant startedAt, IncidentId incident) implements Comparable<Mention> {

    @Override
    public int compareTo(Mention other) {
        int byKey = key.compareTo(other.key);
        if (byKey != 0) {
            return byKey;
        }
        int byTime = startedAt.compareTo(other.startedAt);
        return byTime != 0 ? byTime : incident.compareTo(other.incident);
    }
}
