// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/**
 * An arrival as it is solved with: at its microphone's place, by a corrected clock.
 *
 * @param index of the arrival among those given
 * @param onsetSigma_s of the onset
 * @param clockSigma_s of the clock, which is wrong by the same amount every time
 * @param level_dB NaN where it is not known
 */
record TimedArrival(
        int index,
        int microphone,
        double x_m,
        double y_m,
        double time_s,
        double onsetSigma_s,
        double clockSigma_s,
        double level_dB) {

    double sigma_s() {
        return Math.sqrt(onsetSigma_s * onsetSigma_s + clockSigma_s * clockSigma_s);
    }

    /** The mean of several shots' arrivals, by the clock of the first. */
    TimedArrival averaged(double mean_s, int shots) {
        return new TimedArrival(
                index, microphone, x_m, y_m, mean_s, onsetSigma_s / Math.sqrt(shots), clockSigma_s, level_dB);
    }
}
