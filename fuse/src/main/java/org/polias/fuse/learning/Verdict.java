// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.learning;

import java.time.Instant;
import java.util.List;

import org.polias.model.detection.DetectionType;
import org.polias.model.id.IncidentId;

/**
 * What an operator found of an incident.
 *
 * @param real whether something was there
 * @param witnesses whose claims carried the incident
 */
public record Verdict(IncidentId incident, Instant at, String by, boolean real, List<Witness> witnesses) {

    public Verdict {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * A detector and what it claimed.
     *
     * @param share of what spoke for the incident, 0 to 1
     * @param predicted the incident's probability as it would have been without the correction then in force
     */
    public record Witness(String detector, DetectionType type, double share, double predicted) {}
}
