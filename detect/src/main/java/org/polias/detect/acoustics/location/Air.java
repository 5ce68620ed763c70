// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/**
 * What is known of the air: temperature and wind, each with one standard deviation. The wind is given as where it blows to.
 *
 * @param windSigma_m_per_s of each component
 */
public record Air(
        double temperature_C,
        double temperatureSigma_C,
        double eastWind_m_per_s,
        double northWind_m_per_s,
        double windSigma_m_per_s) {

    /**
     * A temperate city on some day of the year: 15 +- 8 degrees Celsius; between buildings a wind of up to 5 m/s, any speed and direction
     * alike, of which a component has the standard deviation 5 / sqrt(6).
     */
    public static final Air UNKNOWN = new Air(15, 8, 0, 0, 2.04);

    /** How well a weather sensor some hundred metres away knows the air here. */
    private static final double SENSED_TEMPERATURE_SIGMA_C = 1.5;

    private static final double SENSED_WIND_SIGMA_M_PER_S = 1.2;

    // c = 331.3 + 0.606 T, linear between -20 and 40 degrees to 0.2 m/s.
    private static final double SPEED_AT_ZERO_M_PER_S = 331.3;
    private static final double SPEED_PER_DEGREE = 0.606;

    /** @throws IllegalArgumentException if a number is not finite, or a deviation not positive */
    public Air {
        if (!Double.isFinite(temperature_C + eastWind_m_per_s + northWind_m_per_s)
                || !(temperatureSigma_C > 0 && windSigma_m_per_s > 0)) {
            throw new IllegalArgumentException("The air has %s +- %s degrees and the wind (%s, %s) +- %s m/s."
                    .formatted(
                            temperature_C, temperatureSigma_C, eastWind_m_per_s, northWind_m_per_s, windSigma_m_per_s));
        }
    }

    /** The same air with a measured temperature. */
    public Air withTemperature(double measured_C) {
        return new Air(measured_C, SENSED_TEMPERATURE_SIGMA_C, eastWind_m_per_s, northWind_m_per_s, windSigma_m_per_s);
    }

    /** The same air with a measured wind; {@code from_deg} is where it comes from, clockwise from north. */
    public Air withWind(double speed_m_per_s, double from_deg) {
        double from = StrictMath.toRadians(from_deg);
        return new Air(
                temperature_C,
                temperatureSigma_C,
                -speed_m_per_s * StrictMath.sin(from),
                -speed_m_per_s * StrictMath.cos(from),
                SENSED_WIND_SIGMA_M_PER_S);
    }

    /** The same air with a measured wind of unknown direction. */
    public Air withWindSpeed(double speed_m_per_s) {
        return new Air(
                temperature_C,
                temperatureSigma_C,
                0,
                0,
                Math.max(SENSED_WIND_SIGMA_M_PER_S, speed_m_per_s / Math.sqrt(2)));
    }

    /** The speed of sound in still air. */
    public double soundSpeed_m_per_s() {
        return SPEED_AT_ZERO_M_PER_S + SPEED_PER_DEGREE * temperature_C;
    }

    double soundSpeedSigma_m_per_s() {
        return SPEED_PER_DEGREE * temperatureSigma_C;
    }
}
