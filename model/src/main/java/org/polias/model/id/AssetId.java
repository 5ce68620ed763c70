// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names an asset within its tenant. */
public record AssetId(String value) implements Comparable<AssetId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public AssetId {
        Slug.require("asset id", value);
    }

    @Override
    public int compareTo(AssetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
