// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** The observed properties that detectors know by name. A city may observe others. */
public final class ObservedProperty {

    /** A-weighted sound pressure level with fast time weighting, dB re 20 uPa. */
    public static final String SOUND_LEVEL = "sound-level";
    /** What a microphone's edge heard: {@link org.polias.model.acoustics.SoundEvent}. */
    public static final String SOUND_EVENT = "sound-event";
    /** People counted in the datastream's zone. */
    public static final String PERSON_COUNT = "person-count";
    /** Volume fraction of ammonia, ppm. */
    public static final String AMMONIA = "ammonia";
    /** Volume fraction of carbon monoxide, ppm. */
    public static final String CARBON_MONOXIDE = "carbon-monoxide";
    /** Air temperature, degrees Celsius. */
    public static final String AIR_TEMPERATURE = "air-temperature";
    /** Wind speed, m/s. */
    public static final String WIND_SPEED = "wind-speed";
    /** Direction from which the wind blows, degrees clockwise from north. */
    public static final String WIND_DIRECTION = "wind-direction";
    /** What happened at a door or gate: {@code access.granted}, {@code access.refused}, {@code door.forced}, ... */
    public static final String ACCESS_EVENT = "access-event";
    /** What a network sensor saw: {@code suricata.alert}, {@code suricata.flow}, ... */
    public static final String NETWORK_EVENT = "network-event";

    private ObservedProperty() {}
}
