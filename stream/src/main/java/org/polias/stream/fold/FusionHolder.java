// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.util.List;
import java.util.Optional;

import org.polias.fuse.Fusion;
import org.polias.fuse.FusionInput;
import org.polias.fuse.FusionState;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;

/** Fusion and the state in which it is. */
final class FusionHolder<S extends Record & FusionState> {

    private final Fusion<S> fusion;
    private S state;
    private final StateDocument<S> document;

    private FusionHolder(Fusion<S> fusion, S state) {
        this.fusion = fusion;
        this.state = state;
        this.document = new StateDocument<>(fusion.stateType());
    }

    static <S extends Record & FusionState> FusionHolder<S> begin(Fusion<S> fusion) {
        return new FusionHolder<>(fusion, fusion.initial());
    }

    static <S extends Record & FusionState> FusionHolder<S> restore(Fusion<S> fusion, byte[] state) {
        return new FusionHolder<>(fusion, StateDocument.read(fusion.stateType(), state));
    }

    List<SiteOutcome> on(FusionInput input) {
        Step<S, SiteOutcome> step = fusion.on(state, input);
        state = step.state();
        return step.outputs();
    }

    Optional<Incident> findIncident(IncidentId id) {
        return state.findIncident(id);
    }

    List<Incident> listLiveIncidents() {
        return state.listLiveIncidents();
    }

    byte[] encoded() {
        return document.write(state);
    }
}
