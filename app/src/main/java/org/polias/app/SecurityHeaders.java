// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import io.vertx.core.http.HttpServerResponse;

/** Headers that keep a browser from doing with our pages what nobody wants: no foreign scripts, no frames, no guessing of types. */
final class SecurityHeaders {

    private SecurityHeaders() {}

    static void put(HttpServerResponse response) {
        response.putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                                + " worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                                + " form-action 'self'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY");
    }
}
