// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;
import java.util.Arrays;
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

    /**
     * What a microphone's membrane did: 16-bit PCM at {@value #SOUND_RATE_HZ} Hz.
     *
     * @param time the end of the block, when it can be sent
     * @param first when its first sample was taken
     */
    record Sound(DatastreamId datastream, Instant time, Instant first, short[] samples) implements Emission {
        public Sound {
            samples = samples.clone();
        }

        @Override
        public short[] samples() {
            return samples.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sound that
                    && datastream.equals(that.datastream)
                    && first.equals(that.first)
                    && Arrays.equals(samples, that.samples);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * datastream.hashCode() + first.hashCode()) + Arrays.hashCode(samples);
        }

        @Override
        public String toString() {
            return "Sound[%s, %s, %d samples]".formatted(datastream, first, samples.length);
        }
    }

    /** Samples a second of all sound. */
    int SOUND_RATE_HZ = 16_000;
}
