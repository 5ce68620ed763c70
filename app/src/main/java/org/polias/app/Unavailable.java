// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

/** Something cannot be done now, and maybe soon. */
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
