// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import org.polias.model.acoustics.SoundClass;

/** Clips of some seconds of which it is known what they are, without end. May be asked by several threads at once. */
@FunctionalInterface
public interface TrainingClips {

    /** A clip of 16 kHz, -1 to 1. */
    record Clip(float[] samples, SoundClass soundClass) {}

    /** Clip number {@code index}: the same whenever it is asked for. */
    Clip clip(long index);
}
