// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.polias.edge.decode.Excerpt;
import org.polias.edge.intake.FairShare;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.Target;
import org.polias.edge.intake.Way;
import org.polias.model.admission.Reason;
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

    /** All bodies together that are being received or decoded. Beyond it senders are told to wait. */
    private static final long BUFFERED_BYTES = 64L << 20;

    /** How long a body may take to come, and how much longer for each byte of it: no link that carries such bodies is slower than 64 KiB/s. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PATIENCE_BYTES_PER_S = 64 << 10;

    static final String TOO_MUCH = "Too much is being received at the moment.";

    private static final String BASIC = "Basic ";

    private final Intake intake;
    private final FairShare share;
    private final Executor bulk;
    private final BodyBudget budget;
    private final Duration patience;

    /** @param bulk takes the decoding of bodies that are too large for an event loop */
    public IngestRoutes(Intake intake, FairShare share, Executor bulk) {
        this(intake, share, bulk, BUFFERED_BYTES, PATIENCE);
    }

    IngestRoutes(Intake intake, FairShare share, Executor bulk, long buffered_bytes, Duration patience) {
        this.intake = intake;
        this.share = share;
        this.bulk = bulk;
        this.budget = new BodyBudget(buffered_bytes);
        this.patience = patience;
    }

    /**
     * Adds the routes: {@code POST} under {@code /v1.1/} and {@code /v1/}. They read the bodies themselves.
     *
     * @param order where they come among the router's; before any that limit or read bodies
     */
    public void mount(Router router, int order) {
        for (String path : List.of("/v1.1/*", "/v1/*")) {
            router.post(path).order(order).handler(this::receive).failureHandler(this::fail);
        }
    }

    /** A request that the HTTP server itself objects to, such as one that names no host. */
    private void fail(RoutingContext context) {
        if (context.statusCode() != 400 || context.response().ended()) {
            context.next();
            return;
        }
        intake.counters().rejected(Reason.MALFORMED, 1);
        Throwable failure = context.failure();
        answerEarly(
                context.request(),
                400,
                Answers.error(
                        Reason.MALFORMED.code(),
                        failure == null || failure.getMessage() == null
                                ? "The request is not HTTP as it should be."
                                : Excerpt.of(failure.getMessage())));
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Device> device = authenticate(request);
        if (device.isEmpty()) {
            refuseUnauthenticated(request);
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
        if (!budget.hasRoom(device.get().id())) {
            defer(request, 1, TOO_MUCH);
            return;
        }
        Target target = Target.of(Way.HTTP, decoded(request.path()));
        long length = length(request);
        long patience_ms =
                patience.toMillis() + Math.min(length, intake.limits().body_bytes()) * 1000 / PATIENCE_BYTES_PER_S;
        new Exchange(context, device.get(), target, this, patience_ms).begin(length);
    }

    Intake intake() {
        return intake;
    }

    FairShare share() {
        return share;
    }

    Executor bulk() {
        return bulk;
    }

    BodyBudget budget() {
        return budget;
    }

    /** Whether the request's credentials hold still: a body may take its time. */
    boolean isStillKnown(HttpServerRequest request) {
        return authenticate(request).isPresent();
    }

    void refuseUnauthenticated(HttpServerRequest request) {
        intake.counters().unauthenticated();
        request.response().putHeader("WWW-Authenticate", "Basic realm=\"polias\", charset=\"UTF-8\"");
        answerEarly(
                request,
                401,
                Answers.error(
                        "unauthenticated",
                        "The device is not known, its secret is wrong, or it is revoked.\nMaybe add it with ./polias device add NAME."));
    }

    void defer(HttpServerRequest request, long seconds, String why) {
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
    private static long length(HttpServerRequest request) {
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
