// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.fusion;

import java.util.List;

import org.polias.model.id.DetectionId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentType;

/**
 * Something that truly happened, as fusion is judged by it.
 *
 * @param detections what was claimed because of it
 */
public record TrueIncident(String id, SiteKey site, IncidentType type, List<DetectionId> detections) {

    public TrueIncident {
        detections = List.copyOf(detections);
    }
}
