// SPDX-License-Identifier: Apache-2.0
package org.polias.store.incident;

import java.time.Instant;

import org.polias.model.event.Health;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SiteKey;

/** The health of a datastream since its last change. */
public record SensorHealth(SiteKey site, DatastreamId datastream, Health health, Instant since, String detail) {}
