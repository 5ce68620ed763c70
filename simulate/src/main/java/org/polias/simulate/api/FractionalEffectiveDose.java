// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * Incapacitation by the gases of a fire (ISO 13571, ISO 20414 test 19): the dose grows by
 *
 * <pre>
 *   CO:  2.764e-5 c^1.036 / min, times exp(0.1903 CO2 + 2.0004) / 7.1 where there is CO2
 *   O2:  1 / exp(8.13 - 0.54 (20.9 - O2)) / min, below 20 %
 * </pre>
 */
public final class FractionalEffectiveDose {

    private FractionalEffectiveDose() {}

    /**
     * The dose gathered in a second.
     *
     * @param co_ppm carbon monoxide, parts per million
     * @param co2_percent carbon dioxide, percent by volume
     * @param o2_percent oxygen, percent by volume
     */
    public static double rate_per_s(double co_ppm, double co2_percent, double o2_percent) {
        double narcotic = co_ppm > 0 ? 2.764e-5 * Math.pow(co_ppm, 1.036) : 0;
        double hyperventilation = co2_percent > 0 ? Math.exp(0.1903 * co2_percent + 2.0004) / 7.1 : 1;
        double hypoxia = o2_percent < 20 ? 1 / Math.exp(8.13 - 0.54 * (20.9 - o2_percent)) : 0;
        return (narcotic * hyperventilation + hypoxia) / 60;
    }
}
