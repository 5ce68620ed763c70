// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import org.polias.model.acoustics.SoundClass;

/**
 * A recorded sound, to be played beside those of the {@link Repertoire}.
 *
 * @param source whose it is: recordings of one source sound alike
 * @param samples at 16 kHz, scaled to a peak of 1
 * @param onset where it begins to be loud
 */
public record Recording(SoundClass soundClass, String source, double[] samples, int onset) {

    /** Of any samples that are not silent; they are copied and scaled. */
    public static Recording of(SoundClass soundClass, String source, float[] samples) {
        double[] copy = new double[samples.length];
        for (int n = 0; n < samples.length; n++) {
            copy[n] = samples[n];
        }
        Signal.normalise(copy);
        int onset = 0;
        while (onset < copy.length - 1 && Math.abs(copy[onset]) < 0.25) {
            onset++;
        }
        return new Recording(soundClass, source, copy, onset);
    }
}
