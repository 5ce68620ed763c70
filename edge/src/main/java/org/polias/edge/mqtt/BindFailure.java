// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

/** The server cannot listen where it should. The message says where, why, and what may help. */
public final class BindFailure extends RuntimeException {

    BindFailure(String host, int port, Throwable cause) {
        super(
                "Cannot listen for MQTT on %s:%d: %s.%nMaybe another program listens on port %d; choose another with --mqtt-port."
                        .formatted(host, port, reason(cause), port),
                cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
