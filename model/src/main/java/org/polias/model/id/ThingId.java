// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a thing (SensorThings: the physical object that carries sensors) within its tenant. */
public record ThingId(String value) implements Comparable<ThingId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public ThingId {
        Slug.require("thing id", value);
    }

    @Override
    public int compareTo(ThingId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
