// SPDX-License-Identifier: Apache-2.0
package org.polias.model.learning;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.detection.DetectionType;
import org.polias.model.id.IncidentId;

/**
 * A detector's claims of some type weigh otherwise at a site from now on.
 *
 * @param incident the incident whose verdict caused it; absent where a detector was reset
 * @param by who caused it; {@code polias} where a verdict grew too old
 * @param before what was added to its log-likelihood ratios before, in nats
 * @param after what is added from now on
 * @param verdicts how many verdicts that rests on
 * @param confirmed how many of those found that something was there, each counted by the claim's share in the incident
 * @param expected how many were predicted to
 * @param sentence what happened, in plain language with values
 */
public record CalibrationChange(
        Instant at,
        String detector,
        DetectionType type,
        Cause cause,
        Optional<IncidentId> incident,
        String by,
        double before,
        double after,
        int verdicts,
        double confirmed,
        double expected,
        String sentence) {

    /** Why it changed. */
    public enum Cause {
        /** Something was there. */
        CONFIRMED,
        /** Nothing was there. */
        REFUTED,
        /** A verdict was taken back, by command or because its incident was reopened. */
        FORGOTTEN,
        /** All verdicts on the detector were taken back. */
        RESET,
        /** A verdict gave way to newer ones. */
        AGED
    }
}
