// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/**
 * The flight of a bullet faster than sound, as its shock wave tells.
 *
 * @param azimuth_deg where it flies to, clockwise from north
 * @param azimuthSigma_deg one standard deviation
 * @param speed_m_per_s near the muzzle
 * @param speedSigma_m_per_s one standard deviation
 * @param microphones how many heard the shock wave
 */
public record Trajectory(
        double azimuth_deg,
        double azimuthSigma_deg,
        double speed_m_per_s,
        double speedSigma_m_per_s,
        int microphones) {}
