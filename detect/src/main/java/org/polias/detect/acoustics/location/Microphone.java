// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import org.polias.model.place.Offset;

/**
 * A sensor that hears.
 *
 * @param id unique among those given
 * @param place on the city's plane
 * @param clockOffset_s by how much its clock is known to be fast; taken off its times
 * @param clockSigma_s one standard deviation of what is left of its clock's error
 */
public record Microphone(String id, Offset place, double clockOffset_s, double clockSigma_s) {

    /** Clocks on a network time protocol in one city agree to about this much. */
    public static final double USUAL_CLOCK_SIGMA_S = 0.002;

    /** @throws IllegalArgumentException if a number is not finite or the deviation negative */
    public Microphone {
        if (!Double.isFinite(place.east_m() + place.north_m() + clockOffset_s) || !(clockSigma_s >= 0)) {
            throw new IllegalArgumentException("The microphone '%s' stands at %s, its clock is %s s fast, within %s s."
                    .formatted(id, place, clockOffset_s, clockSigma_s));
        }
    }

    /** A microphone with a clock like most. */
    public static Microphone at(String id, Offset place) {
        return new Microphone(id, place, 0, USUAL_CLOCK_SIGMA_S);
    }
}
