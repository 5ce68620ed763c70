// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.polias.edge.intake.FairShare;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.Target;
import org.polias.edge.intake.Way;
import org.polias.model.port.Registry.Device;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The HTTP ways in. A device presents its id and secret by Basic authentication. It is answered when the log has everything that
 * was accepted and the quarantine everything that was not; never before. Nothing here blocks the event loop.
 */
public final class IngestRoutes {

    /** All bodies together that are being received or decoded. Beyond it senders wait, so that many large bodies do no harm. */
    private static final long BUFFERED_BYTES = 64L << 20;

    private static final String BASIC = "Basic ";

    private final Intake intake;
    private final FairShare share;
    private final Executor bulk;
    private final AtomicLong buffered = new AtomicLong();

    /** @param bulk takes the decoding of bodies that are too large for an event loop */
    public IngestRoutes(Intake intake, FairShare share, Executor bulk) {
        this.intake = intake;
        this.share = share;
        this.bulk = bulk;
    }

    /**
     * Adds the routes: {@code POST} under {@code /v1.1/} and {@code /v1/}. They read the bodies themselves.
     *
     * @param order where they come among the router's; before any that limit or read bodies
     */
    public void mount(Router router, int order) {
        router.post("/v1.1/*").order(order).handler(this::receive);
        router.post("/v1/*").order(order).handler(this::receive);
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Device> device = authenticate(request);
        if (device.isEmpty()) {
            intake.counters().unauthenticated();
            context.response().putHeader("WWW-Authenticate", "Basic realm=\"polias\", charset=\"UTF-8\"");
            answerEarly(
                    request,
                    401,
                    Answers.error(
                            "unauthenticated",
                            "The device is not known, its secret is wrong, or it is revoked.\nMaybe add it with ./polias device add NAME."));
            return;
        }
        long wait_ns = share.wait_ns(device.get().id());
        if (wait_ns > 0) {
            defer(
                    request,
                    1 + TimeUnit.NANOSECONDS.toSeconds(wait_ns),
                    "The device is over its share of %d observations/s."
                            .formatted(intake.limits().share_per_s()));
            return;
        }
        if (!intake.log().hasRoom()) {
            defer(request, 1, "The log has no room at the moment.");
            return;
        }
        if (buffered.get() > BUFFERED_BYTES) {
            defer(request, 1, "Too much is being received at the moment.");
            return;
        }
        Target target = Target.of(Way.HTTP, decoded(request.path()));
        Exchange exchange = new Exchange(context, device.get(), target, intake, share, bulk, buffered);
        exchange.begin();
    }

    private void defer(HttpServerRequest request, long seconds, String why) {
        intake.counters().deferred(1);
        request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        answerEarly(request, 429, Answers.error("deferred", why + "\nMaybe send it again after Retry-After."));
    }

    /** Answers before the body was read. */
    private static void answerEarly(HttpServerRequest request, int status, byte[] body) {
        Exchange.discard(request);
        Exchange.end(request.response(), status, body);
    }

    /** The length that a request states; if it states none that can be, the longest there is. */
    static long length(HttpServerRequest request) {
        String stated = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (stated == null) {
            return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null ? 0 : Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(stated);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private Optional<Device> authenticate(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        String credentials;
        try {
            credentials = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = credentials.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : intake.registry().authenticate(credentials.substring(0, colon), credentials.substring(colon + 1));
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // As it stands it names nothing, and is answered so.
            return path;
        }
    }
}
