// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/**
 * The onset of a sound at a microphone.
 *
 * @param microphone its number among those given
 * @param time_s by the microphone's clock, since a common epoch that is not far off: a double holds microseconds over decades
 * @param sigma_s one standard deviation of the onset, without the clock's error
 * @param level_dB its level, dB SPL with fast time weighting; NaN where it is not known
 * @param wave which wave of a shot it is, where that is known
 */
public record Arrival(int microphone, double time_s, double sigma_s, double level_dB, Wave wave) {

    /** What is assumed of an onset about whose precision nothing is said. */
    public static final double USUAL_SIGMA_S = 0.01;

    /** Which of a shot's waves arrives. */
    public enum Wave {
        UNKNOWN,
        /** The bang of the muzzle, or any other sound from a point. */
        BLAST,
        /** The shock wave of a bullet that flies faster than sound. */
        SHOCK
    }

    /** @throws IllegalArgumentException if the time is not finite, or the deviation not positive and finite */
    public Arrival {
        if (!Double.isFinite(time_s) || !(sigma_s > 0 && sigma_s < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("An arrival at microphone %d has the time %s s and the deviation %s s."
                    .formatted(microphone, time_s, sigma_s));
        }
    }

    /** An arrival of which only the time is known. */
    public static Arrival at(int microphone, double time_s) {
        return new Arrival(microphone, time_s, USUAL_SIGMA_S, Double.NaN, Wave.UNKNOWN);
    }
}
