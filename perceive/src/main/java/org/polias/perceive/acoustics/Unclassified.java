// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Map;

import org.polias.model.acoustics.SoundClass;

/** No classifier: that something stood out is all that is known, and every sound is what sounds usually are. */
public final class Unclassified implements SoundClassifier {

    public static final String NAME = "unclassified";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<SoundClass, Double> priors() {
        return Calibration.ASSUMED_PRIORS;
    }

    @Override
    public Map<SoundClass, Double> classify(float[] window) {
        return Calibration.ASSUMED_PRIORS;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
