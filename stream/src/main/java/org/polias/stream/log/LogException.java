// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import org.jspecify.annotations.Nullable;

/** The log cannot be used as it should be. The message is meant for whoever runs the platform. */
public final class LogException extends RuntimeException {

    public LogException(String message) {
        super(message);
    }

    public LogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
