// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names an incident; computed from the detection that opened it. */
public record IncidentId(String value) implements Comparable<IncidentId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public IncidentId {
        Slug.require("incident id", value);
    }

    @Override
    public int compareTo(IncidentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
