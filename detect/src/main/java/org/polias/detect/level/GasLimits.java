// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.level;

import java.util.Optional;

import org.polias.model.city.ObservedProperty;

/**
 * Acute exposure guideline levels (AEGL) of a toxic gas for the general population, in ppm. Level 1: notable discomfort; 2:
 * irreversible or serious effects, or escape impaired; 3: life-threatening. The names of levels are those of 10 minutes'
 * exposure, since a level has just been reached when it is first reported.
 *
 * @param alarm_ppm from where on it is reported: the lowest level that is harmful within an hour
 * @param rate_ppm_per_min the rise that is reported: it reaches AEGL-2 (10 min) within about 20 minutes
 * @param aegl1_ppm infinite where no level 1 is recommended
 */
record GasLimits(double alarm_ppm, double rate_ppm_per_min, double aegl1_ppm, double aegl2_ppm, double aegl3_ppm) {

    /** National Research Council 2008, AEGLs vol. 6, ammonia: AEGL-1 is 30 ppm at all durations. */
    private static final GasLimits AMMONIA = new GasLimits(30, 10, 30, 220, 2700);
    /** National Research Council 2010, AEGLs vol. 8, carbon monoxide: AEGL-2 at 10 min 420, at 60 min 83 ppm; no AEGL-1. */
    private static final GasLimits CARBON_MONOXIDE = new GasLimits(83, 20, Double.POSITIVE_INFINITY, 420, 1700);

    static Optional<GasLimits> find(String property) {
        return switch (property) {
            case ObservedProperty.AMMONIA -> Optional.of(AMMONIA);
            case ObservedProperty.CARBON_MONOXIDE -> Optional.of(CARBON_MONOXIDE);
            // Properties are an open set: all others are not gases that are known here.
            default -> Optional.empty();
        };
    }

    /** The highest level, 0 to 3, that {@code ppm} reaches. */
    int levelOf(double ppm) {
        if (ppm >= aegl3_ppm) {
            return 3;
        }
        if (ppm >= aegl2_ppm) {
            return 2;
        }
        return ppm >= aegl1_ppm ? 1 : 0;
    }
}
