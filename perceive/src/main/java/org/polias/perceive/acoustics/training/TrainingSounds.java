// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import org.polias.model.acoustics.SoundClass;

/** Sounds of which it is known what they are, without end. May be asked by several threads at once. */
@FunctionalInterface
public interface TrainingSounds {

    /**
     * A sound.
     *
     * @param window as a {@link org.polias.perceive.acoustics.SoundClassifier} is given it
     */
    record Example(float[] window, SoundClass soundClass) {}

    /** A sound that can be heard in many ways: from elsewhere in it, over other noise, by another recorder. For one thread. */
    @FunctionalInterface
    interface Sound {

        /** Way number {@code way} to hear it: the same whenever it is asked for. */
        Example heard(int way);
    }

    /** Sound number {@code index}: the same whenever it is asked for. */
    Sound sound(long index);
}
