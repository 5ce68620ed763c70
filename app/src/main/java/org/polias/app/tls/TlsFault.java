// SPDX-License-Identifier: Apache-2.0
package org.polias.app.tls;

/** Certificate or key cannot be used. The message is for whoever runs the platform. */
public final class TlsFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsFault(String message) {
        super(message);
    }
}
