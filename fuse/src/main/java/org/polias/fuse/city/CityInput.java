// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;

import org.polias.model.incident.Incident;

/** What the city level is told. */
public sealed interface CityInput {

    /** When the platform learned it. */
    Instant at();

    /** A site is this from now on. To be told before the site's incidents: what they name is read by it. */
    record Configured(Instant at, CitySite site) implements CityInput {}

    /** An incident is this, as its site's fusion published it. */
    record Known(Incident incident) implements CityInput {
        @Override
        public Instant at() {
            return incident.changedAt();
        }
    }

    /** Time passed. */
    record Ticked(Instant at) implements CityInput {}
}
