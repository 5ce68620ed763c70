// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;
import java.util.Comparator;

import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Result;

/** What a sensor of the world reports. */
public sealed interface Emission {

    /** The order of time; what is simultaneous is ordered by datastream. */
    Comparator<Emission> ORDER = Comparator.comparing(Emission::time).thenComparing(Emission::datastream);

    /** The datastream to which it belongs. */
    DatastreamId datastream();

    /** When it was so. */
    Instant time();

    /** A measured value: a quantity or a count. */
    record Measured(DatastreamId datastream, Instant time, Result result) implements Emission {}

    /** Something that happened at a door or gate. */
    record Happened(DatastreamId datastream, Instant time, Result.EventRecord event) implements Emission {}

    /**
     * A line of a network sensor.
     *
     * @param line Suricata EVE JSON, without the line's end
     */
    record NetworkLine(DatastreamId datastream, Instant time, String line) implements Emission {}
}
