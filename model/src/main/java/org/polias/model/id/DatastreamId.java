// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a datastream within its tenant: one observed property of one sensor. */
public record DatastreamId(String value) implements Comparable<DatastreamId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public DatastreamId {
        Slug.require("datastream id", value);
    }

    @Override
    public int compareTo(DatastreamId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
