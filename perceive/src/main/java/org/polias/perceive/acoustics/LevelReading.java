// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.time.Instant;

/**
 * How loud it was for a second. dB SPL (re 20 uPa) where {@code isCalibrated}, else dB re full scale.
 *
 * @param time the end of the second
 * @param fast_dB the A-weighted level with fast time weighting, at its highest: what goes into a {@code sound-level} datastream
 * @param equivalent_dB the A-weighted equivalent level
 * @param peak_dB the highest unweighted amplitude
 */
public record LevelReading(Instant time, double fast_dB, double equivalent_dB, double peak_dB, boolean isCalibrated) {}
