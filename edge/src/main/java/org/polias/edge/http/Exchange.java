// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;
import org.polias.edge.decode.Excerpt;
import org.polias.edge.intake.Delivery;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.Target;
import org.polias.model.admission.Reason;
import org.polias.model.observation.ObservationId;
import org.polias.model.port.Registry.Device;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** One request and its answer. Runs on the request's event loop, except what is said to run elsewhere. */
final class Exchange {

    /** Larger bodies are decoded elsewhere, so that they do not delay the other requests of this event loop. */
    static final int INLINE_BYTES = 64 << 10;

    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());
    /** So much of a body that is refused is read over. */
    private static final long DISCARDED_BYTES = 64L << 20;

    /** So long a body of which the log took a part waits for room. */
    private static final long PATIENCE_MS = 30_000;

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final Device device;
    private final Target target;
    private final IngestRoutes routes;
    private final Intake intake;
    private final long patience_ms;

    private final Buffer body = Buffer.buffer();
    private long counted;
    private boolean received;
    private boolean gone;
    private @Nullable Delivery blocked;
    private Optional<Long> timer = Optional.empty();

    /** @param patience_ms how long the body may take to come */
    Exchange(RoutingContext routing, Device device, Target target, IngestRoutes routes, long patience_ms) {
        this.routing = routing;
        this.request = routing.request();
        this.response = routing.response();
        this.loop = routing.vertx().getOrCreateContext();
        this.device = device;
        this.target = target;
        this.routes = routes;
        this.intake = routes.intake();
        this.patience_ms = patience_ms;
    }

    /** @param length how long the body is to be; {@link Long#MAX_VALUE} if it does not say */
    void begin(long length) {
        response.closeHandler(_ -> leave());
        response.exceptionHandler(_ -> leave());
        if (length != Long.MAX_VALUE && length > intake.limits().body_bytes()) {
            refuseOversized(length);
            return;
        }
        timer = Optional.of(routing.vertx().setTimer(patience_ms, _ -> giveUpReceiving()));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            response.writeContinue();
        }
        request.handler(this::gather);
        request.endHandler(_ -> process());
        request.exceptionHandler(_ -> leave());
        request.resume();
    }

    /** Reads over the body, so that the sender comes to reading the answer; but not for ever. */
    static void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        AtomicLong discarded = new AtomicLong();
        request.handler(part -> {
            if (discarded.addAndGet(part.length()) > DISCARDED_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }

    private void gather(Buffer part) {
        if (!routes.budget().take(device.id(), part.length())) {
            received = true;
            leave();
            routes.defer(request, 1, IngestRoutes.TOO_MUCH);
            return;
        }
        counted += part.length();
        body.appendBuffer(part);
        if (body.length() > intake.limits().body_bytes()) {
            refuseOversized(body.length());
        }
    }

    /** The body takes too long: a sender that does not go on must not hold for ever what others could use. */
    private void giveUpReceiving() {
        if (received) {
            return;
        }
        received = true;
        uncount();
        intake.counters().deferred(1);
        response.putHeader(HttpHeaders.CONNECTION, "close");
        end(
                        response,
                        408,
                        Answers.error(
                                "deferred",
                                "The body did not come to its end within %d s.\nMaybe send it again, in smaller parts."
                                        .formatted(patience_ms / 1000)))
                .onComplete(_ -> request.connection().close());
    }

    private void process() {
        if (received) {
            return;
        }
        received = true;
        timer.ifPresent(routing.vertx()::cancelTimer);
        if (!routes.isStillKnown(request)) {
            uncount();
            routes.refuseUnauthenticated(request);
            return;
        }
        String encoding = String.join(", ", request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
        byte[] bytes = body.getBytes();
        if (encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
            if (bytes.length <= INLINE_BYTES) {
                send(intake.receive(device, target, bytes, bytes.length, this::ended));
            } else {
                elsewhere(() -> intake.receive(device, target, bytes, bytes.length, this::ended));
            }
        } else if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            elsewhere(() -> unpack(bytes));
        } else {
            send(intake.refuse(
                    device,
                    target,
                    Reason.MALFORMED,
                    "The Content-Encoding is %s.\nMaybe use gzip, or none.".formatted(Excerpt.quoted(encoding)),
                    bytes,
                    this::ended));
        }
    }

    private interface Reception {
        Delivery receive();
    }

    private void elsewhere(Reception reception) {
        try {
            routes.bulk().execute(() -> {
                try {
                    Delivery delivery = reception.receive();
                    loop.runOnContext(_ -> send(delivery));
                } catch (RuntimeException e) {
                    loop.runOnContext(_ -> routing.fail(e));
                }
            });
        } catch (RejectedExecutionException e) {
            routing.fail(503, e);
        }
    }

    /** Runs on a thread of its own. */
    private Delivery unpack(byte[] packed) {
        int most = intake.limits().body_bytes();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                return intake.refuse(
                        device,
                        target,
                        Reason.OVERSIZED,
                        "The body is longer than %d bytes when it is unpacked.\nMaybe send it in parts."
                                .formatted(most),
                        Arrays.copyOf(bytes, intake.limits().quarantine_bytes()),
                        this::ended);
            }
            return intake.receive(device, target, bytes, bytes.length, this::ended);
        } catch (EOFException e) {
            return intake.refuse(
                    device, target, Reason.MALFORMED, "The body ends before its gzip does.", packed, this::ended);
        } catch (IOException e) {
            return intake.refuse(
                    device,
                    target,
                    Reason.MALFORMED,
                    "The body is not gzip: %s.".formatted(Excerpt.of(String.valueOf(e.getMessage()))),
                    packed,
                    this::ended);
        }
    }

    private void refuseOversized(long length) {
        received = true;
        timer.ifPresent(routing.vertx()::cancelTimer);
        uncount();
        discard(request);
        send(intake.refuse(
                device,
                target,
                Reason.OVERSIZED,
                "The body is %d bytes long; %d can be.\nMaybe send it in parts."
                        .formatted(length, intake.limits().body_bytes()),
                body.getBytes(0, Math.min(body.length(), intake.limits().quarantine_bytes())),
                this::ended));
    }

    private void send(Delivery delivery) {
        routes.share().charge_ns(device.id(), delivery.cost());
        if (delivery.offer()) {
            return;
        }
        if (gone) {
            delivery.abandon();
            return;
        }
        blocked = delivery;
        timer = Optional.of(routing.vertx().setTimer(PATIENCE_MS, _ -> giveUp()));
        awaitRoom();
    }

    private void awaitRoom() {
        intake.log()
                .onRoom(() -> loop.runOnContext(_ -> {
                    Delivery waiting = blocked;
                    if (waiting == null) {
                        return;
                    }
                    if (waiting.offer()) {
                        blocked = null;
                    } else {
                        awaitRoom();
                    }
                }));
    }

    private void giveUp() {
        Delivery waiting = blocked;
        if (waiting != null) {
            blocked = null;
            waiting.abandon();
        }
    }

    private void leave() {
        gone = true;
        giveUp();
        uncount();
        timer.ifPresent(routing.vertx()::cancelTimer);
    }

    /** Called on any thread. */
    private void ended(Delivery delivery) {
        loop.runOnContext(_ -> answer(delivery));
    }

    private void answer(Delivery delivery) {
        uncount();
        timer.ifPresent(routing.vertx()::cancelTimer);
        if (response.closed() || response.ended()) {
            return;
        }
        if (delivery.failure().isPresent()) {
            LOG.log(
                    Level.WARNING,
                    "A body of device ''{0}'' did not reach the log: {1}",
                    device.id(),
                    delivery.failure().get());
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
            end(
                    response,
                    503,
                    Answers.error(
                            "unavailable",
                            "The log did not take all of it.\nMaybe send it again after Retry-After; what was taken counts once."));
            return;
        }
        Optional<ObservationId> only = delivery.findOnlyObservation();
        only.ifPresent(id -> response.putHeader(HttpHeaders.LOCATION, "/v1.1/Observations('%s')".formatted(id)));
        end(response, Answers.status(delivery), Answers.body(delivery));
    }

    static Future<Void> end(HttpServerResponse response, int status, byte[] body) {
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(body));
    }

    private void uncount() {
        routes.budget().give(device.id(), counted);
        counted = 0;
    }
}
