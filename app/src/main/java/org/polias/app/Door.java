// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.polias.app.security.TokenMechanism;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * What every request meets first. Nobody comes in before the platform is there; and into the API nobody whom a foreign page sent:
 * its origin says so, or the header is missing that no foreign page can send.
 */
final class Door {

    /** Larger bodies than this the API has no use for. */
    static final int API_BODY_BYTES = 1 << 20;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String STARTING_PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Polias</title>
            <style>body{background:#0e1113;color:#e6e9eb;font:16px sans-serif;margin:20vh auto;text-align:center}</style></head>
            <body>Polias is starting. This page follows by itself.</body></html>
            """;

    private Door() {}

    /** Lets a request through, or answers it. {@code isOpen}: whether the platform is there. */
    static void meet(RoutingContext context, boolean isOpen) {
        HttpServerRequest request = context.request();
        SecurityHeaders.put(context.response(), request.path());
        if (!isOpen) {
            context.response().putHeader(HttpHeaderNames.RETRY_AFTER, "1");
            String accepted = request.getHeader(HttpHeaderNames.ACCEPT);
            if (accepted != null && accepted.contains("text/html")) {
                context.response()
                        .setStatusCode(503)
                        .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/html;charset=UTF-8")
                        .end(STARTING_PAGE);
            } else {
                refuse(context, 503, "starting", "The platform is starting.", "Maybe try again in a second.");
            }
        } else if (request.path().startsWith("/api/")) {
            meetApi(context, request);
        } else {
            context.next();
        }
    }

    private static void meetApi(RoutingContext context, HttpServerRequest request) {
        Optional<String> foreign = Optional.ofNullable(request.getHeader(HttpHeaderNames.ORIGIN))
                .filter(origin -> !isOurs(request, origin));
        if (foreign.isPresent()) {
            refuse(
                    context,
                    403,
                    "foreign-origin",
                    "A page of '%s' may not use this API.".formatted(foreign.get()),
                    "Maybe a proxy in between changes the Host header: it has to pass it on.");
        } else if (!SAFE.contains(request.method()) && request.getHeader(TokenMechanism.HEADER) == null) {
            refuse(
                    context,
                    403,
                    "header-missing",
                    "The header %s is missing.".formatted(TokenMechanism.HEADER),
                    "Maybe send '%s: 1' with whatever changes something.".formatted(TokenMechanism.HEADER));
        } else if (length(request) > API_BODY_BYTES) {
            refuse(
                    context,
                    413,
                    "oversized",
                    "The body is %d bytes long; %d can be.".formatted(length(request), API_BODY_BYTES),
                    "Maybe it was meant for one of the ways in, under /v1 and /v1.1.");
        } else {
            context.next();
        }
    }

    private static boolean isOurs(HttpServerRequest request, String origin) {
        try {
            return request.authority() != null
                    && Objects.equals(
                            new URI(origin).getAuthority(), request.authority().toString());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static long length(HttpServerRequest request) {
        String stated = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return stated == null ? 0 : Long.parseLong(stated);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static void refuse(RoutingContext context, int status, String code, String message, String advice) {
        HttpServerRequest request = context.request();
        // Of a body that nobody reads the rest would be taken for the next request.
        if (!SAFE.contains(request.method())) {
            context.response().putHeader(HttpHeaderNames.CONNECTION, "close");
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put("code", code)
                        .put("message", message)
                        .put("advice", advice)
                        .encode());
    }
}
