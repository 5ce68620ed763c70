// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.model.city.ObservedProperty;

/** One datastream as the world plays it. */
interface Channel {

    /**
     * Tells what the sensor reports in a span of time.
     *
     * @param people how many people are in a zone, exercise included
     * @param stage the exercise that plays or fades
     */
    void emit(World.Moments moments, Calm.People people, Optional<Stage> stage, Consumer<Emission> out);

    /** The channel for a datastream, if the world knows its property. */
    static Optional<Channel> find(Places.Post post, Places places, Calm calm, Noise noise) {
        return switch (post.stream().property()) {
            case ObservedProperty.SOUND_LEVEL -> Optional.of(new MicrophoneChannel(post, calm, noise));
            case ObservedProperty.SOUND_EVENT -> SoundChannel.find(post, calm, noise);
            case ObservedProperty.PERSON_COUNT,
                    ObservedProperty.AMMONIA,
                    ObservedProperty.AIR_TEMPERATURE,
                    ObservedProperty.WIND_SPEED,
                    ObservedProperty.WIND_DIRECTION,
                    MeterChannel.VIBRATION,
                    MeterChannel.VESSEL_PRESSURE,
                    MeterChannel.PROCESS_TEMPERATURE -> Optional.of(new MeterChannel(post, places, calm, noise));
            case ObservedProperty.ACCESS_EVENT -> Optional.of(new DoorChannel(post, noise));
            case ObservedProperty.NETWORK_EVENT -> Optional.of(new NetworkChannel(post, noise));
            default -> Optional.empty();
        };
    }

    /** How often a sensor reports that does not say how often. */
    Duration USUAL_INTERVAL = Duration.ofSeconds(10);

    /** Calls {@code action} for each report of a sensor that reports at a steady interval; each sensor has its own offset. */
    static void each(World.Moments moments, Duration interval, Noise noise, Tick action) {
        long interval_ms = Math.max(1, interval.toMillis());
        long offset_ms = (long) (noise.named("offset").uniform(0) * interval_ms);
        long first = Math.ceilDiv(moments.from_ms() - offset_ms, interval_ms);
        for (long i = first; i * interval_ms + offset_ms < moments.to_ms(); i++) {
            action.at(i, i * interval_ms + offset_ms);
        }
    }

    /** A moment at which a sensor reports: its number since the epoch, and its time. */
    interface Tick {
        void at(long index, long t_ms);
    }
}
