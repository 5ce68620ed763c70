// SPDX-License-Identifier: Apache-2.0
package org.polias.store.incident;

import java.time.Instant;

import org.polias.model.admission.Reason;
import org.polias.model.id.DatastreamId;

/** How many of a datastream's observations were in the log and had no effect. */
public record DiscardCount(DatastreamId datastream, Reason reason, long count, Instant lastAt) {}
