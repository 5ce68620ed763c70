// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.broker;

import org.jspecify.annotations.Nullable;

/** The embedded broker cannot start. The message is meant for the person who started it. */
public final class BrokerStartException extends RuntimeException {

    public BrokerStartException(String message) {
        super(message);
    }

    public BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
