// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/**
 * What is assumed of arrivals and sources.
 *
 * @param echoShare how often an echo is reported instead of the direct sound
 * @param echoScale_s half of the echoes arrive later than this after the direct sound
 * @param falseShare how often an arrival has nothing to do with the sound, or its clock is far off
 * @param scaleSigma one standard deviation of the logarithm of the factor by which all stated deviations are wrong together
 * @param sourceLevel_dB the level at 1 m of what is located, dB SPL with fast weighting; counts where arrivals have levels
 * @param sourceSigma_dB its standard deviation
 * @param reach_m how far beyond the microphones that hear it a source may be, one standard deviation
 */
public record LocatorSettings(
        double echoShare,
        double echoScale_s,
        double falseShare,
        double scaleSigma,
        double sourceLevel_dB,
        double sourceSigma_dB,
        double reach_m) {

    /** Shots and explosions in a city. */
    public static final LocatorSettings STANDARD = new LocatorSettings(0.16, 0.1, 0.01, 0.15, 140, 10, 200);

    /** In this window a false arrival comes at any time. */
    static final double WINDOW_S = 2;

    /** @throws IllegalArgumentException if shares do not leave room for the direct sound, or a scale is not positive */
    public LocatorSettings {
        if (!(echoShare > 0 && falseShare > 0 && echoShare + falseShare < 1)
                || !(echoScale_s > 0 && scaleSigma > 0 && sourceSigma_dB > 0 && reach_m > 0)
                || !Double.isFinite(sourceLevel_dB)) {
            throw new IllegalArgumentException(
                    ("A share of %s echoes later than %s s and %s false arrivals, a scale of %s, sources of %s +- %s dB within %s m"
                                    + " cannot be.")
                            .formatted(
                                    echoShare,
                                    echoScale_s,
                                    falseShare,
                                    scaleSigma,
                                    sourceLevel_dB,
                                    sourceSigma_dB,
                                    reach_m));
        }
    }

    /** The same for sources of another level. */
    public LocatorSettings withSourceLevel(double level_dB, double sigma_dB) {
        return new LocatorSettings(echoShare, echoScale_s, falseShare, scaleSigma, level_dB, sigma_dB, reach_m);
    }

    ArrivalModel arrivals() {
        return new ArrivalModel(echoShare, echoScale_s, falseShare, WINDOW_S);
    }
}
