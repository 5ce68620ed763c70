// SPDX-License-Identifier: Apache-2.0
package org.polias.model.response;

import java.util.List;
import java.util.Set;

import org.polias.model.Sorted;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;

/**
 * What to do when an incident of some type arises.
 *
 * @param id its name in the city's files
 * @param incidentTypes the types of incident for which it is meant
 * @param fromLevel the criticality from which on it applies
 */
public record Playbook(
        String id,
        String title,
        Set<IncidentType> incidentTypes,
        CriticalityLevel fromLevel,
        List<PlaybookStep> steps) {

    public Playbook {
        incidentTypes = Sorted.copyOf(incidentTypes);
        steps = List.copyOf(steps);
    }
}
