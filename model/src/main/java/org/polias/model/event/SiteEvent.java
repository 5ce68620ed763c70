// SPDX-License-Identifier: Apache-2.0
package org.polias.model.event;

import java.time.Instant;

import org.polias.model.city.SiteDefinition;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.observation.Observation;

/** A record of a site's log: everything that the fold of the site learns, in order. */
public sealed interface SiteEvent {

    SiteKey site();

    /** When it arrived at the platform. Within a site it may step back a little, where several edges write. */
    Instant receivedAt();

    /** A sensor reported. */
    record Observed(SiteKey site, Instant receivedAt, DeviceId device, Observation observation) implements SiteEvent {}

    /** Time passed. Folds learn of time from records alone. */
    record Ticked(SiteKey site, Instant receivedAt) implements SiteEvent {}

    /** The site's definition is this from now on. */
    record Configured(SiteKey site, Instant receivedAt, SiteDefinition definition) implements SiteEvent {}

    /** An operator gave a command. */
    record Commanded(SiteKey site, Instant receivedAt, OperatorCommand command) implements SiteEvent {}

    /** An exercise began; what arises until it ends is marked with its name. */
    record ExerciseBegan(SiteKey site, Instant receivedAt, String exercise, String by) implements SiteEvent {}

    /** The exercise ended. */
    record ExerciseEnded(SiteKey site, Instant receivedAt, String exercise) implements SiteEvent {}
}
