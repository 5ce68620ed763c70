// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.util.List;
import java.util.Optional;

import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;

/** What may be asked of fusion's state from outside. */
public interface FusionState {

    /** The incident with this id, while fusion remembers it. */
    Optional<Incident> findIncident(IncidentId id);

    /** All incidents that are live, in the order in which they opened. */
    List<Incident> listLiveIncidents();
}
