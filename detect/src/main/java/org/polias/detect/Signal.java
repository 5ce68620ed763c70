// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.time.Instant;

import org.polias.model.observation.Observation;

/** What a detector is told. */
public sealed interface Signal {

    /** When the platform learned it: never steps back within one site's fold. */
    Instant knownAt();

    /** A datastream to which the detector listens had an observation. */
    record Reading(Instant knownAt, Observation observation) implements Signal {}

    /** Time passed. */
    record Tick(Instant knownAt) implements Signal {}
}
