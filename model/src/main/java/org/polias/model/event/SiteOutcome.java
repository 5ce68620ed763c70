// SPDX-License-Identifier: Apache-2.0
package org.polias.model.event;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.admission.Reason;
import org.polias.model.detection.Detection;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.learning.CalibrationChange;
import org.polias.model.observation.ObservationId;

/** What the fold of a site gives out. */
public sealed interface SiteOutcome {

    SiteKey site();

    /** A detector claimed something. */
    record Detected(SiteKey site, Detection detection) implements SiteOutcome {}

    /** Something happened to an incident. */
    record IncidentChanged(SiteKey site, IncidentEvent event) implements SiteOutcome {}

    /** A datastream's health changed. */
    record HealthChanged(SiteKey site, DatastreamId datastream, Health health, Instant since, String detail)
            implements SiteOutcome {}

    /** An observation in the log had no effect. */
    record Discarded(SiteKey site, DatastreamId datastream, ObservationId observation, Reason reason, Instant at)
            implements SiteOutcome {}

    /** A command was carried out, or refused for the reason given. */
    record CommandAnswered(SiteKey site, String commandId, Optional<String> refusal, Instant at)
            implements SiteOutcome {}

    /**
     * A sensor's word is doubted from now on, or no longer.
     *
     * @param lies the probability that it lies
     */
    record TrustChanged(SiteKey site, SensorId sensor, boolean doubted, double lies, String reason, Instant at)
            implements SiteOutcome {}

    /** A detection was laid to a case, which is the incident of this id if there is or will be one. Told where it is asked for. */
    record Gathered(SiteKey site, DetectionId detection, IncidentId incident) implements SiteOutcome {}

    /** What a detector's claims weigh at this site was corrected by a verdict, or that correction taken back. */
    record CalibrationChanged(SiteKey site, CalibrationChange change) implements SiteOutcome {}

    /** An exercise began ({@code exercise} present) or ended. */
    record ExerciseChanged(SiteKey site, Optional<String> exercise, Instant at) implements SiteOutcome {}
}
