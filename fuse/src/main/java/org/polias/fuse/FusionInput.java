// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.event.Health;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.response.Playbook;

/** What fusion is told. */
public sealed interface FusionInput {

    /** When the platform learned it: never steps back. */
    Instant at();

    /** A detector claimed something. */
    record Claimed(Instant at, Detection detection) implements FusionInput {}

    /** So many people were counted in a zone. */
    record Counted(Instant at, DatastreamId datastream, ZoneId zone, long people) implements FusionInput {}

    /** Time passed. */
    record Ticked(Instant at) implements FusionInput {}

    /** The site is this from now on. */
    record Configured(Instant at, SiteDefinition definition) implements FusionInput {}

    /** An operator gave a command. */
    record Commanded(Instant at, OperatorCommand command) implements FusionInput {}

    /** A datastream's health changed. */
    record HealthChanged(Instant at, DatastreamId datastream, Health health, Optional<Instant> lastHeard)
            implements FusionInput {}

    /** Response found a playbook that fits an incident. */
    record PlaybookFound(Instant at, IncidentId incident, Playbook playbook) implements FusionInput {}

    /** An exercise began. */
    record ExerciseBegan(Instant at, String exercise) implements FusionInput {}

    /** The exercise ended. */
    record ExerciseEnded(Instant at) implements FusionInput {}
}
