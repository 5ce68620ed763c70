// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;

/**
 * Fusion of one site: a pure fold from detections, circumstances and operators' commands to incident events. Of
 * {@link SiteOutcome} it gives out {@code IncidentChanged}, {@code CommandAnswered} and {@code ExerciseChanged}.
 *
 * @param <S> its state: an immutable record, so that it can be written down and read again
 */
public interface Fusion<S extends Record & FusionState> {

    /** The class of the state, by which a stored state is read again. */
    Class<S> stateType();

    /** The state before any input. */
    S initial();

    /** One step. Input that changes nothing returns {@code state} itself. */
    Step<S, SiteOutcome> on(S state, FusionInput input);
}
