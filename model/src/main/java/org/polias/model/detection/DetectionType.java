// SPDX-License-Identifier: Apache-2.0
package org.polias.model.detection;

import java.util.Arrays;
import java.util.Optional;

/** What a detector can claim. The code is stable and stands in files and messages. */
public enum DetectionType {
    /** A sound that rises out of its background faster and further than everyday sounds do. */
    IMPULSE_NOISE("acoustic.impulse", DetectionDomain.ACOUSTIC),
    /** Shots. */
    GUNSHOT("acoustic.gunshot", DetectionDomain.ACOUSTIC),
    /** An explosion that is neither a shot nor a firework. */
    EXPLOSION("acoustic.explosion", DetectionDomain.ACOUSTIC),
    /** Someone screams in fear or pain. */
    SCREAM("acoustic.scream", DetectionDomain.ACOUSTIC),
    /** Glass breaks. */
    GLASS_BREAK("acoustic.glass", DetectionDomain.ACOUSTIC),
    /** Fireworks, firecrackers. */
    FIREWORK("acoustic.firework", DetectionDomain.ACOUSTIC),
    /** More people on an area than is safe. */
    CROWD_DENSITY("crowd.density", DetectionDomain.CROWD),
    /** A toxic gas above its limit. */
    GAS_LEVEL("chemical.level", DetectionDomain.CHEMICAL),
    /** Some other quantity beyond its limit. */
    LEVEL("environment.level", DetectionDomain.ENVIRONMENT),
    /** A quantity that changes faster than it should. */
    RATE_OF_CHANGE("environment.rate", DetectionDomain.ENVIRONMENT),
    /** A toxic gas that rises faster than it should. */
    GAS_RATE("chemical.rate", DetectionDomain.CHEMICAL),
    /** A door or gate was opened by force. */
    DOOR_FORCED("access.forced", DetectionDomain.ACCESS),
    /** Access was refused again and again at one place or to one credential. */
    ACCESS_REFUSED("access.refused-repeatedly", DetectionDomain.ACCESS),
    /** A network sensor's alert. */
    NETWORK_ALERT("cyber.alert", DetectionDomain.CYBER),
    /** Many more network alerts at one asset than it usually has. */
    NETWORK_ALERT_BURST("cyber.alert-burst", DetectionDomain.CYBER),
    /** A sensor that should report does not. */
    SENSOR_SILENT("health.silent", DetectionDomain.HEALTH),
    /** A sensor reports the same value again and again. */
    SENSOR_STUCK("health.stuck", DetectionDomain.HEALTH),
    /** A sensor reports what cannot be. */
    SENSOR_IMPLAUSIBLE("health.implausible", DetectionDomain.HEALTH),
    /** Several sensors of one site were lost together. */
    SENSORS_LOST_TOGETHER("health.lost-together", DetectionDomain.HEALTH);

    private final String code;
    private final DetectionDomain domain;

    DetectionType(String code, DetectionDomain domain) {
        this.code = code;
        this.domain = domain;
    }

    public String code() {
        return code;
    }

    public DetectionDomain domain() {
        return domain;
    }

    /** Whether it is of a bang, which carries to every ear in range, and which one ear takes for a shot and another for a firework. */
    public boolean isBang() {
        return switch (this) {
            case IMPULSE_NOISE, GUNSHOT, EXPLOSION, FIREWORK -> true;
            case SCREAM,
                    GLASS_BREAK,
                    CROWD_DENSITY,
                    GAS_LEVEL,
                    LEVEL,
                    RATE_OF_CHANGE,
                    GAS_RATE,
                    DOOR_FORCED,
                    ACCESS_REFUSED,
                    NETWORK_ALERT,
                    NETWORK_ALERT_BURST,
                    SENSOR_SILENT,
                    SENSOR_STUCK,
                    SENSOR_IMPLAUSIBLE,
                    SENSORS_LOST_TOGETHER -> false;
        };
    }

    /** The type with this code. */
    public static Optional<DetectionType> find(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }
}
