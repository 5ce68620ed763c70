// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.site;

import java.util.Optional;
import java.util.SortedSet;

import org.polias.model.Sorted;
import org.polias.model.city.SensorKind;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.place.Offset;

/**
 * Where the sensor of a datastream stands, and on what it depends.
 *
 * @param range_m how far from it the things lie that it reports, 1 sigma
 * @param reports the codes of what it can claim by itself, where that is configured
 * @param regular whether it reports at intervals, so that its silence means something
 */
public record SensorSpot(
        SensorId sensor,
        DatastreamId datastream,
        SensorKind kind,
        Offset at,
        double range_m,
        Optional<String> gateway,
        SortedSet<String> reports,
        boolean regular) {

    public SensorSpot {
        reports = Sorted.copyOf(reports);
    }
}
