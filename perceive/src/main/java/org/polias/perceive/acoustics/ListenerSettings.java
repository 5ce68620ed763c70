// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How one microphone is listened to.
 *
 * @param fullScale_dB the sound pressure level, dB re 20 uPa, of what has a root mean square of 1: from a calibrator; empty if unknown, and
 *     levels are then dB re full scale
 * @param follow how long a sound is followed, for its duration and its highest level, before it is reported
 * @param clockTolerance by how much the time of a block may differ from what the samples before it say; more is a gap or a jump
 */
public record ListenerSettings(
        ImpulseTrigger.Settings impulse,
        SustainedTrigger.Settings sustained,
        OptionalDouble fullScale_dB,
        Duration follow,
        Duration clockTolerance) {

    /** Follows a sound as long as it takes to have enough of it for the classifier: for streams. */
    public static final ListenerSettings STANDARD = new ListenerSettings(
            ImpulseTrigger.Settings.STANDARD,
            SustainedTrigger.Settings.STANDARD,
            OptionalDouble.empty(),
            Duration.ofMillis(800),
            Duration.ofMillis(100));

    /** @throws IllegalArgumentException if a duration is negative, or a sound is followed longer than a minute */
    public ListenerSettings {
        if (follow.isNegative() || follow.compareTo(Duration.ofMinutes(1)) > 0 || clockTolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "A sound is followed for %s, and the clock may be off by %s.".formatted(follow, clockTolerance));
        }
    }

    /** The same with this level of full scale. */
    public ListenerSettings calibrated(double fullScale_dB) {
        return new ListenerSettings(impulse, sustained, OptionalDouble.of(fullScale_dB), follow, clockTolerance);
    }

    /** The same, following a sound for so long. */
    public ListenerSettings following(Duration follow) {
        return new ListenerSettings(impulse, sustained, fullScale_dB, follow, clockTolerance);
    }
}
