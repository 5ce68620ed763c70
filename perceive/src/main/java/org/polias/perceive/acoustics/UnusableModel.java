// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

/** A model that was given cannot be used: what is wrong with it, and on a line that begins with "Maybe", what to do. */
public final class UnusableModel extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableModel(String message) {
        super(message);
    }

    public UnusableModel(String message, Throwable cause) {
        super(message, cause);
    }
}
