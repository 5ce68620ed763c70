// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

/** The weather of the world: slow changes around an autumn afternoon with a breeze from the south-east. */
final class Weather {

    private static final double MEAN_TEMPERATURE_C = 9;
    private static final double MEAN_WIND_M_PER_S = 3;
    private static final double MEAN_WIND_FROM_DEG = 146;

    private final Noise temperature;
    private final Noise speed;
    private final Noise direction;

    Weather(Noise noise) {
        this.temperature = noise.named("temperature");
        this.speed = noise.named("wind-speed");
        this.direction = noise.named("wind-direction");
    }

    double temperature_C(double t_s) {
        return MEAN_TEMPERATURE_C + 3 * temperature.smooth(t_s / 5400);
    }

    double wind_m_per_s(double t_s) {
        return MEAN_WIND_M_PER_S + 0.9 * speed.smooth(t_s / 420);
    }

    /** Degrees clockwise from north from which the wind blows. */
    double windFrom_deg(double t_s) {
        return MEAN_WIND_FROM_DEG + 12 * direction.smooth(t_s / 900);
    }
}
