// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a tenant: one city's organisation, whose data no other tenant sees. */
public record TenantId(String value) implements Comparable<TenantId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public TenantId {
        Slug.require("tenant id", value);
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
