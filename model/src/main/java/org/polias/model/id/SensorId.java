// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a sensor within its tenant. */
public record SensorId(String value) implements Comparable<SensorId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public SensorId {
        Slug.require("sensor id", value);
    }

    @Override
    public int compareTo(SensorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
