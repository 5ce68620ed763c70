// SPDX-License-Identifier: Apache-2.0
package org.polias.model.detection;

import java.time.Instant;

import org.polias.model.id.DatastreamId;
import org.polias.model.observation.ObservationId;

/** An observation on which a detection rests. */
public record Evidence(DatastreamId datastream, ObservationId observation, Instant phenomenonTime) {}
