// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Map;

import org.polias.model.acoustics.SoundClass;

/** Tells what made a sound. For one thread at a time. */
public interface SoundClassifier extends AutoCloseable {

    /** The sample rate of all that is heard, Hz. */
    int SAMPLE_RATE_HZ = 16_000;

    /** How much sound it is given at once: 0.975 s, which 96 frames of 25 ms every 10 ms span. */
    int WINDOW_SAMPLES = 15_600;

    /** How far into the window the onset of an impulse lies: 0.2 s, so that what came before it can be compared. */
    int ONSET_SAMPLE = 3_200;

    /** Its name and version, as in {@code polias-acoustics-1}. */
    String name();

    /** The shares of the classes under which its probabilities hold; they sum to 1. */
    Map<SoundClass, Double> priors();

    /**
     * The calibrated probability of each class, given the {@link #priors()}; they sum to 1.
     *
     * @param window {@value #WINDOW_SAMPLES} samples in -1 to 1, with the onset at {@value #ONSET_SAMPLE} where there is one
     */
    Map<SoundClass, Double> classify(float[] window);

    @Override
    void close();
}
