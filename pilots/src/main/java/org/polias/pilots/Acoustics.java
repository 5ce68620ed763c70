// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

/** Sound in the open, at the accuracy of a street microphone. Levels are in dB re 20 uPa. */
final class Acoustics {

    /** By how much the fast time weighting (125 ms, IEC 61672) lets a level fall in a second once the sound is over. */
    static final double FAST_DECAY_DB_PER_S = 10 / (Math.log(10) * 0.125);

    private Acoustics() {}

    /** Speed of sound in air, m/s. */
    static double speed_m_per_s(double temperature_C) {
        return 331.3 + 0.606 * temperature_C;
    }

    /** The level at a distance of a source with the given level at 1 m: spherical spreading. */
    static double atDistance_dB(double levelAt1m_dB, double distance_m) {
        return levelAt1m_dB - 20 * Math.log10(Math.max(1, distance_m));
    }

    /** The level of a long road at a distance from it, from its level at 10 m: cylindrical spreading. */
    static double besideRoad_dB(double levelAt10m_dB, double distance_m) {
        return levelAt10m_dB - 10 * Math.log10(Math.max(5, distance_m) / 10);
    }

    /** The energy that belongs to a level, relative to the reference. */
    static double energy(double level_dB) {
        return Math.pow(10, level_dB / 10);
    }

    /** The level that belongs to an energy. */
    static double level_dB(double energy) {
        return 10 * Math.log10(energy);
    }
}
