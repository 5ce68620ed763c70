// SPDX-License-Identifier: Apache-2.0
package org.polias.model.observation;

import org.polias.model.id.DatastreamId;
import org.polias.model.id.StableHash;

/**
 * Identifies an observation within its datastream. It is computed from what the device sent (its own id where it gave one, else
 * phenomenon time and result), so that the same observation sent twice has the same id.
 */
public record ObservationId(long value) {

    /** The id of an observation to which the device gave an identity of its own, such as a sequence number. */
    public static ObservationId ofDeviceIdentity(DatastreamId datastream, String identity) {
        return new ObservationId(
                new StableHash().add(datastream.value()).add("id").add(identity).value());
    }

    /** Reads the form that {@link #toString()} writes. */
    public static ObservationId parse(String text) {
        return new ObservationId(Long.parseUnsignedLong(text, 16));
    }

    @Override
    public String toString() {
        return "%016x".formatted(value);
    }
}
