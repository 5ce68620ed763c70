// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.cityday;

import java.time.Instant;
import java.util.List;

import org.polias.model.id.DetectionId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Position;

/**
 * Something that truly happened.
 *
 * @param id its name within the day
 * @param place where it began
 * @param detections what sensors claimed because of it, in the order of their arrival
 */
public record Happening(
        String id,
        SiteKey site,
        IncidentType type,
        Instant begins,
        Instant ends,
        Position place,
        List<DetectionId> detections) {

    public Happening {
        detections = List.copyOf(detections);
    }
}
