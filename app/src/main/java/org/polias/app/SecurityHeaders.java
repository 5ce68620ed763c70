// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerResponse;

/**
 * Headers that keep a browser from doing with our pages what nobody wants: no foreign scripts, no frames, no guessing of types;
 * no answers kept, and no page that names the scripts of an older version.
 */
final class SecurityHeaders {

    private SecurityHeaders() {}

    static void put(HttpServerResponse response, String path) {
        response.putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                                + " worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                                + " form-action 'self'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY");
        if (path.startsWith("/api/")) {
            response.putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
        } else if (!path.startsWith("/assets/")) {
            // What is under /assets has a name by its content, and may be kept for ever.
            response.putHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        }
    }
}
