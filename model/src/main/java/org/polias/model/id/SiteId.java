// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a site within its tenant. */
public record SiteId(String value) implements Comparable<SiteId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public SiteId {
        Slug.require("site id", value);
    }

    @Override
    public int compareTo(SiteId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
