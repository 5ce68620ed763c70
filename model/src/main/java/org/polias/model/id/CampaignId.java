// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a campaign; computed from its first two incidents and from when it was found. */
public record CampaignId(String value) implements Comparable<CampaignId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public CampaignId {
        Slug.require("campaign id", value);
    }

    @Override
    public int compareTo(CampaignId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
