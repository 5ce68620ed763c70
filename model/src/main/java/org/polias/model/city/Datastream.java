// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.polias.model.Sorted;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.id.ZoneId;

/**
 * The series of observations of one property by one sensor (SensorThings: Datastream).
 *
 * @param property the observed property, one of {@link ObservedProperty}'s codes or the city's own
 * @param resultKind the kind of result that is admitted
 * @param unit the unit of the result in UCUM, empty where there is none
 * @param zone the zone that the observations are about, where they are about one
 * @param interval how often an observation is expected; absent for sensors that report only when something happens
 * @param plausible the results that the sensor can truly have; outside it is broken or lied to
 * @param resolution the step of the sensor's scale, 0 where unknown: results that differ less are the same
 * @param maxLateness how far behind the arrival an observation's phenomenon time may lie; absent: 24 hours,
 *     of events however far
 * @param mapping where in the sensor's own messages the fields lie, for event sources that do not speak our names
 */
public record Datastream(
        DatastreamId id,
        SensorId sensor,
        String name,
        String property,
        ResultKind resultKind,
        String unit,
        Optional<ZoneId> zone,
        Optional<Duration> interval,
        Optional<Range> plausible,
        double resolution,
        Optional<Duration> maxLateness,
        Map<String, String> mapping) {

    public Datastream {
        mapping = Sorted.copyOf(mapping);
    }
}
