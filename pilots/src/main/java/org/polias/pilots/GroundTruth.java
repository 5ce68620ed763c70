// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;

import org.polias.model.incident.IncidentType;
import org.polias.model.place.Position;

/**
 * What truly happened in an exercise, for scoring what the platform made of it.
 *
 * @param exercise the exercise's id
 * @param what one sentence
 */
public record GroundTruth(
        String exercise, IncidentType type, Position position, Instant from, Instant to, String what) {}
