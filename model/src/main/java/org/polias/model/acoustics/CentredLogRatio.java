// SPDX-License-Identifier: Apache-2.0
package org.polias.model.acoustics;

import java.util.Map;

/**
 * How much a classifier's answer speaks for a class: by how much the logarithm of its probability exceeds the mean of all classes'
 * logarithms (Aitchison, The Statistical Analysis of Compositional Data, 1986). Unlike the log-odds it does not sink because a second class is
 * near: a shot that may be a door's slam is still far more like a shot than an engine is. And it is low where the answer is spread
 * over many classes, as it is for a sound like none that was learnt, however probable the class is among them.
 */
public final class CentredLogRatio {

    /** No class is less probable. */
    private static final double LEAST = 1e-12;

    private static final SoundClass[] CLASSES = SoundClass.values();

    private CentredLogRatio() {}

    /** ln P(soundClass) less the mean over all classes of ln P, natural logarithms; a class that is missing has 1e-12. */
    public static double of(Map<SoundClass, Double> probabilities, SoundClass soundClass) {
        double sum = 0;
        for (SoundClass each : CLASSES) {
            sum += logarithm(probabilities, each);
        }
        return logarithm(probabilities, soundClass) - sum / CLASSES.length;
    }

    private static double logarithm(Map<SoundClass, Double> probabilities, SoundClass soundClass) {
        return StrictMath.log(Math.max(LEAST, probabilities.getOrDefault(soundClass, 0.0)));
    }
}
