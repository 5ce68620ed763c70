// SPDX-License-Identifier: Apache-2.0
package org.polias.edge;

/** A server cannot listen where it should. The message says where, why, and what may help. */
public final class BindFailure extends RuntimeException {

    /**
     * @param what for what it should listen, for people
     * @param option the option of the command line that chooses another port
     */
    public BindFailure(String what, String host, int port, String option, Throwable cause) {
        super(
                "Cannot listen for %s on %s:%d: %s.%nMaybe another program listens on port %d; choose another with %s."
                        .formatted(what, host, port, reason(cause), port, option),
                cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
