// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a zone within its tenant. */
public record ZoneId(String value) implements Comparable<ZoneId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public ZoneId {
        Slug.require("zone id", value);
    }

    @Override
    public int compareTo(ZoneId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
