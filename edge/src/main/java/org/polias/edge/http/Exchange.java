// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;
import org.polias.edge.decode.Excerpt;
import org.polias.edge.intake.Delivery;
import org.polias.edge.intake.FairShare;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.Target;
import org.polias.model.admission.Reason;
import org.polias.model.observation.ObservationId;
import org.polias.model.port.Registry.Device;

import io.vertx.core.Context;
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

    private static final byte[] NOTHING = {};
    /** So long a body of which the log took a part waits for room. */
    private static final long PATIENCE_MS = 30_000;

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final Device device;
    private final Target target;
    private final Intake intake;
    private final FairShare share;
    private final Executor bulk;
    private final AtomicLong buffered;

    private final Buffer body = Buffer.buffer();
    private long counted;
    private boolean received;
    private boolean gone;
    private @Nullable Delivery blocked;
    private Optional<Long> timer = Optional.empty();

    Exchange(
            RoutingContext routing,
            Device device,
            Target target,
            Intake intake,
            FairShare share,
            Executor bulk,
            AtomicLong buffered) {
        this.routing = routing;
        this.request = routing.request();
        this.response = routing.response();
        this.loop = routing.vertx().getOrCreateContext();
        this.device = device;
        this.target = target;
        this.intake = intake;
        this.share = share;
        this.bulk = bulk;
        this.buffered = buffered;
    }

    void begin() {
        response.closeHandler(_ -> leave());
        response.exceptionHandler(_ -> leave());
        if (IngestRoutes.length(request) != Long.MAX_VALUE
                && IngestRoutes.length(request) > intake.limits().body_bytes()) {
            refuseOversized(IngestRoutes.length(request));
            return;
        }
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
        AtomicLong discarded = new AtomicLong();
        request.handler(part -> {
            if (discarded.addAndGet(part.length()) > DISCARDED_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }

    private void gather(Buffer part) {
        count(part.length());
        body.appendBuffer(part);
        if (body.length() > intake.limits().body_bytes()) {
            refuseOversized(body.length());
        }
    }

    private void process() {
        if (received) {
            return;
        }
        received = true;
        Optional<String> encoding = Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        byte[] bytes = body.getBytes();
        if (encoding.isEmpty() || encoding.get().equalsIgnoreCase("identity")) {
            if (bytes.length <= INLINE_BYTES) {
                send(intake.receive(device, target, bytes, bytes.length, this::ended));
            } else {
                elsewhere(() -> intake.receive(device, target, bytes, bytes.length, this::ended));
            }
        } else if (encoding.get().equalsIgnoreCase("gzip")) {
            elsewhere(() -> unpack(bytes));
        } else {
            send(intake.refuse(
                    device,
                    target,
                    Reason.MALFORMED,
                    "The Content-Encoding is %s.\nMaybe use gzip, or none.".formatted(Excerpt.quoted(encoding.get())),
                    NOTHING,
                    this::ended));
        }
    }

    private interface Reception {
        Delivery receive();
    }

    private void elsewhere(Reception reception) {
        try {
            bulk.execute(() -> {
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
                        NOTHING,
                        this::ended);
            }
            return intake.receive(device, target, bytes, bytes.length, this::ended);
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
        discard(request);
        send(intake.refuse(
                device,
                target,
                Reason.OVERSIZED,
                "The body is %d bytes long; %d can be.\nMaybe send it in parts."
                        .formatted(length, intake.limits().body_bytes()),
                NOTHING,
                this::ended));
    }

    private void send(Delivery delivery) {
        share.charge_ns(device.id(), delivery.items());
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

    static void end(HttpServerResponse response, int status, byte[] body) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(body));
    }

    private void count(int bytes) {
        counted += bytes;
        buffered.addAndGet(bytes);
    }

    private void uncount() {
        buffered.addAndGet(-counted);
        counted = 0;
    }
}
