// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Zone;
import org.polias.model.observation.Result;

/** A sensor that reports one number at a steady interval: people counted, gas, weather, vibration, process values. */
final class MeterChannel implements Channel {

    /** Vibration velocity of a structure, mm/s, root mean square over a second. */
    static final String VIBRATION = "vibration-velocity";
    /** Gauge pressure in a vessel, kPa. */
    static final String VESSEL_PRESSURE = "vessel-pressure";
    /** Temperature of a process fluid, degrees Celsius. */
    static final String PROCESS_TEMPERATURE = "process-temperature";

    private static final double RECEIVER_KPA = 1_080;
    private static final double BRINE_C = -4.5;

    private final Places.Post post;
    private final Calm calm;
    private final Noise noise;
    private final Optional<Zone> zone;

    MeterChannel(Places.Post post, Places places, Calm calm, Noise noise) {
        this.post = post;
        this.calm = calm;
        this.noise = noise;
        this.zone = post.stream().zone().flatMap(id -> places.findZone(id.value()));
    }

    @Override
    public void emit(World.Moments moments, Calm.People people, Optional<Stage> stage, Consumer<Emission> out) {
        Channel.each(moments, post.stream().interval().orElse(USUAL_INTERVAL), noise, (i, t_ms) -> {
            double t_s = t_ms / 1000.0;
            if (stage.isEmpty() || !stage.get().isLost(post.thing().gateway(), t_s)) {
                double value = value(i, t_s, people, stage)
                        + stage.map(playing -> playing.shift(post.stream().property(), t_s))
                                .orElse(0.0);
                out.accept(new Emission.Measured(post.stream().id(), Instant.ofEpochMilli(t_ms), result(value)));
            }
        });
    }

    private double value(long i, double t_s, Calm.People people, Optional<Stage> stage) {
        double jitter = noise.gaussian(i);
        Weather weather = calm.weather();
        return switch (post.stream().property()) {
            case ObservedProperty.PERSON_COUNT -> {
                // A counter misses and doubles people; its error grows as the square root of the crowd.
                double truly = zone.map(place -> people.in(place, t_s)).orElse(0.0);
                yield Math.max(0, truly + jitter * Math.sqrt(0.25 * truly + 1));
            }
            case ObservedProperty.AMMONIA ->
                Math.abs(0.5 + 0.3 * jitter)
                        + stage.map(playing -> playing.ammonia_ppm(post.at(), weather, t_s))
                                        .orElse(0.0)
                                * Math.exp(0.15 * noise.named("eddies").smooth(t_s / 4));
            case ObservedProperty.AIR_TEMPERATURE -> weather.temperature_C(t_s) + 0.04 * jitter;
            case ObservedProperty.WIND_SPEED -> Math.max(0, weather.wind_m_per_s(t_s) + 0.35 * jitter);
            case ObservedProperty.WIND_DIRECTION -> (weather.windFrom_deg(t_s) + 5 * jitter + 360) % 360;
            case VIBRATION -> {
                double crowd = zone.map(place -> people.in(place, t_s) / Math.max(1, place.expectedPeople()))
                        .orElse(0.0);
                yield (0.04 + crowd * (0.08 + 0.5 * calm.excitement(t_s))) * Math.exp(0.12 * jitter);
            }
            case VESSEL_PRESSURE -> RECEIVER_KPA + 12 * noise.named("load").smooth(t_s / 240) + 0.6 * jitter;
            case PROCESS_TEMPERATURE -> BRINE_C + 0.4 * noise.named("load").smooth(t_s / 300) + 0.03 * jitter;
            default ->
                throw new IllegalStateException("No meter measures the property %s."
                        .formatted(post.stream().property()));
        };
    }

    private Result result(double value) {
        if (post.stream().resultKind() == ResultKind.COUNT) {
            return new Result.Count(Math.round(value));
        }
        double step = post.stream().resolution();
        if (step <= 0) {
            return new Result.Quantity(value);
        }
        // Through the number of steps in a unit, so that 0.1 times 3 is written as 0.3.
        double perUnit = Math.rint(1 / step);
        return new Result.Quantity(
                step < 1 && perUnit > 0 ? Math.rint(value * perUnit) / perUnit : Math.rint(value / step) * step);
    }
}
