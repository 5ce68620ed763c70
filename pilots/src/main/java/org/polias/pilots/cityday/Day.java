// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.cityday;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.polias.model.Sorted;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.id.SensorId;

/**
 * A day of a city.
 *
 * @param sites what is configured
 * @param detections what sensors claimed, in the order in which it arrived
 * @param happenings what was true
 * @param liars the sensors that lie, each named as {@code SITE/SENSOR}
 */
public record Day(
        Instant begins,
        List<SiteDefinition> sites,
        List<Detection> detections,
        List<Happening> happenings,
        Set<String> liars) {

    public Day {
        sites = List.copyOf(sites);
        detections = List.copyOf(detections);
        happenings = List.copyOf(happenings);
        liars = Sorted.copyOf(liars);
    }

    /** How a sensor is named among the liars. */
    public static String nameOf(SiteDefinition site, SensorId sensor) {
        return site.key().site().value() + "/" + sensor.value();
    }
}
