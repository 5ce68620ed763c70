// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

/** The platform cannot start; the message is for people and says what to do about it. */
public final class StartFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartFailed(String message) {
        super(message);
    }

    public StartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
