// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;

/**
 * A sensor near an incident that reports nothing, so that its silence is no evidence of calm.
 *
 * @param lastHeard when it last reported; absent if never
 */
public record SilentSensor(SensorId sensor, DatastreamId datastream, double distance_m, Optional<Instant> lastHeard) {}
