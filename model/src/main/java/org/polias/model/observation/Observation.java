// SPDX-License-Identifier: Apache-2.0
package org.polias.model.observation;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.id.DatastreamId;
import org.polias.model.place.Position;

/**
 * What a sensor reported (OGC Observations and Measurements).
 *
 * @param phenomenonTime when that was so in the world, by the sensor's clock
 * @param position where, if it is elsewhere than the thing's position (a vehicle, a drone)
 */
public record Observation(
        ObservationId id,
        DatastreamId datastream,
        Instant phenomenonTime,
        Result result,
        Quality quality,
        Optional<Position> position) {}
