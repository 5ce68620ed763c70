// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.Arrays;
import java.util.Optional;

/** A way by which payloads come in. */
public enum Way {
    MQTT("mqtt"),
    HTTP("http"),
    FILE("file"),
    /** A connection that stays: sound over TCP, or fetched from a camera. */
    STREAM("stream");

    private final String code;

    Way(String code) {
        this.code = code;
    }

    /** The name under which it stands in the quarantine. */
    public String code() {
        return code;
    }

    /** The way with this code. */
    public static Optional<Way> find(String code) {
        return Arrays.stream(values()).filter(way -> way.code.equals(code)).findFirst();
    }
}
