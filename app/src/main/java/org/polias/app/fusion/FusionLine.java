// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.model.city.CalendarEntry;
import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.event.Health;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.place.Position;

/** What one line of a stream of detections says (docs/detections.schema.json). */
public sealed interface FusionLine {

    /**
     * A detector claimed something.
     *
     * @param gateway what connects its sensor, where the line says so
     * @param isPlaced whether the line says where it was; if not, the place was made from what is known of the sensor
     */
    record Claim(Detection detection, Optional<String> gateway, boolean isPlaced) implements FusionLine {}

    /** A site, by a circle of ground. */
    record SiteLine(
            SiteKey key,
            String name,
            SiteClass siteClass,
            Position origin,
            double radius_m,
            int people,
            double vulnerability)
            implements FusionLine {}

    /**
     * A sensor of a site.
     *
     * @param reports what it can report; empty: not said
     * @param detects the probability that it reports such an event within its range
     */
    record SensorLine(
            SiteKey site,
            DatastreamId id,
            SensorKind kind,
            Position position,
            double range_m,
            Optional<String> gateway,
            List<DetectionType> reports,
            double detects,
            Optional<Duration> interval)
            implements FusionLine {
        public SensorLine {
            reports = List.copyOf(reports);
        }
    }

    /** A sensor's health changed. */
    record HealthLine(SiteKey site, DatastreamId sensor, Health health, Instant at) implements FusionLine {}

    /** The site's calendar has an entry. */
    record CalendarLine(SiteKey site, CalendarEntry entry) implements FusionLine {}

    /** Time passed. */
    record TickLine(Instant at) implements FusionLine {}

    /** An operator gave a command. */
    record OperatorLine(Instant at, OperatorCommand command) implements FusionLine {}
}
