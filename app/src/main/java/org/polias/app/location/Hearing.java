// SPDX-License-Identifier: Apache-2.0
package org.polias.app.location;

import java.math.BigDecimal;
import java.util.List;

import org.polias.detect.acoustics.location.Air;
import org.polias.detect.acoustics.location.Arrival;
import org.polias.detect.acoustics.location.LocatorSettings;
import org.polias.detect.acoustics.location.Microphone;
import org.polias.model.place.LocalFrame;

/**
 * What sensors heard, as a file tells it.
 *
 * @param frame the city's plane
 * @param epoch_s what the arrivals' times count from: seconds since 1970 where {@code isDated}, else by the file's own clock
 * @param isDated whether the file gives instants
 * @param notes what was left aside or assumed, sentences
 */
public record Hearing(
        LocalFrame frame,
        List<Microphone> microphones,
        List<Arrival> arrivals,
        Air air,
        LocatorSettings settings,
        BigDecimal epoch_s,
        boolean isDated,
        List<String> notes) {

    public Hearing {
        microphones = List.copyOf(microphones);
        arrivals = List.copyOf(arrivals);
        notes = List.copyOf(notes);
    }
}
