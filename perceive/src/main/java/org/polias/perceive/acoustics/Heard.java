// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.time.Instant;

import org.polias.model.acoustics.SoundEvent;

/**
 * Something that stood out, at one microphone.
 *
 * @param onset its first arrival, by the clock of the stream
 * @param isClipped whether the microphone was overloaded: level and peak are then at least what they say
 */
public record Heard(Instant onset, SoundEvent event, boolean isClipped) {

    private static final double NANOS_PER_S = 1e9;

    /** What {@link ShotRule} looks at. */
    public ShotRule.Sound sound() {
        return new ShotRule.Sound(onset.getEpochSecond() + onset.getNano() / NANOS_PER_S, event.probabilities());
    }
}
