// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/** Names a device: whoever holds credentials to deliver observations. */
public record DeviceId(String value) implements Comparable<DeviceId> {

    /** @throws IllegalArgumentException if {@code value} is not a valid {@linkplain Slug slug} */
    public DeviceId {
        Slug.require("device id", value);
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
