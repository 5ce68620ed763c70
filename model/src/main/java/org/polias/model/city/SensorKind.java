// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** What sort of device a sensor is, which also decides its symbol. */
public enum SensorKind {
    MICROPHONE,
    CAMERA,
    GAS,
    WEATHER,
    ACCESS,
    NETWORK,
    VIBRATION,
    SPECTROMETER,
    RADIATION,
    VEHICLE,
    OTHER
}
