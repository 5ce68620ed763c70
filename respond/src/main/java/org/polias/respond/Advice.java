// SPDX-License-Identifier: Apache-2.0
package org.polias.respond;

import java.util.List;

import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.response.Playbook;

/** Finds the playbooks that an incident calls for. */
public final class Advice {

    private Advice() {}

    /**
     * The playbooks for the incident's leading hypothesis at its criticality that were not advised yet, in the order of {@code
     * playbooks}. None for an incident that is not live or not yet assessed.
     */
    public static List<Playbook> newlyCalledFor(Incident incident, List<Playbook> playbooks) {
        if (!incident.status().isLive() || incident.criticality().isEmpty()) {
            return List.of();
        }
        List<String> advised =
                incident.advice().stream().map(IncidentEvent.Advised::playbook).toList();
        return incident.findLeadingHypothesis().map(Hypothesis::type).stream()
                .flatMap(type -> playbooks.stream()
                        .filter(playbook -> playbook.incidentTypes().contains(type))
                        .filter(playbook -> playbook.fromLevel()
                                        .compareTo(incident.criticality().get().level())
                                <= 0)
                        .filter(playbook -> !advised.contains(playbook.id())))
                .toList();
    }
}
