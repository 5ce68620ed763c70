// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a detection; computed from what it derives from. */
public record DetectionId(String value) implements Comparable<DetectionId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public DetectionId {
        Slug.require("detection id", value);
    }

    @Override
    public int compareTo(DetectionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
