// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.access;

import java.time.Instant;

import org.polias.model.detection.Evidence;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;

/**
 * An event at a door, as it is remembered.
 *
 * @param door as the event names it; empty where it does not
 */
public record Occurrence(Instant at, String datastream, long observation, String door) {

    static Occurrence of(Observation observation, String door) {
        return new Occurrence(
                observation.phenomenonTime(),
                observation.datastream().value(),
                observation.id().value(),
                door);
    }

    Evidence evidence() {
        return new Evidence(new DatastreamId(datastream), new ObservationId(observation), at);
    }
}
