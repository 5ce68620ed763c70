// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.polias.pilots.Emission;

/**
 * A gateway that posts over HTTP, one request at a time: SensorThings observations as an array, events and EVE as lines. What is
 * not answered, or answered by "not now", is sent again.
 */
final class HttpLink implements Link {

    private static final int CAPACITY = 20_000;
    private static final int MAX_BATCH = 200;
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI base;
    private final String authorization;
    private final LinkLog log;
    private final Backoff backoff = new Backoff();
    private final Outbox<Emission> outbox = new Outbox<>(CAPACITY);
    private final TreeSet<Integer> refusals = new TreeSet<>();
    private Instant nextPost = Instant.MIN;
    private List<Emission> inFlight = List.of();

    HttpLink(String device, String secret, URI base, HttpClient client) {
        this.client = client;
        this.base = base;
        this.log = new LinkLog(device);
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((device + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void offer(Emission emission) {
        if (emission instanceof Emission.Sound sound) {
            log.refused("%s belongs to a gateway that speaks HTTP, which is not made for sound; let it speak MQTT"
                    .formatted(sound.datastream()));
            return;
        }
        outbox.add(emission);
    }

    @Override
    public void pump(Instant now) {
        HttpRequest request;
        synchronized (this) {
            if (!inFlight.isEmpty() || now.isBefore(nextPost) || !backoff.allows(now) || outbox.size() == 0) {
                return;
            }
            inFlight = batch();
            nextPost = inFlight.size() < MAX_BATCH ? now.plus(EVERY) : now;
            request = request(inFlight);
        }
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((response, failure) -> answered(now, response, failure));
    }

    @Override
    public synchronized int backlog() {
        return outbox.size() + inFlight.size();
    }

    @Override
    public void close() {
        // The client is the runner's.
    }

    /** The oldest emissions that go to one address. */
    private List<Emission> batch() {
        List<Emission> taken = outbox.take(MAX_BATCH);
        String address = address(taken.getFirst());
        int same = 0;
        while (same < taken.size() && address(taken.get(same)).equals(address)) {
            same++;
        }
        outbox.putBack(taken.subList(same, taken.size()));
        return List.copyOf(taken.subList(0, same));
    }

    private static String address(Emission emission) {
        return switch (emission) {
            case Emission.Measured _ -> "v1.1/Observations";
            case Emission.Happened happened -> "v1/events/" + happened.datastream();
            case Emission.NetworkLine line -> "v1/eve/" + line.datastream();
            case Emission.Sound sound -> throw noSound(sound);
        };
    }

    /** {@link #offer} takes none. */
    private static IllegalStateException noSound(Emission.Sound sound) {
        return new IllegalStateException("%s is in the outbox of a gateway that sends no sound.".formatted(sound));
    }

    private HttpRequest request(List<Emission> batch) {
        boolean array = batch.getFirst() instanceof Emission.Measured;
        StringBuilder body = new StringBuilder(array ? "[" : "");
        for (Emission emission : batch) {
            if (body.length() > 1) {
                body.append(array ? "," : "\n");
            }
            body.append(
                    switch (emission) {
                        case Emission.Measured measured -> Payloads.observation(measured, true);
                        case Emission.Happened happened -> Payloads.event(happened);
                        case Emission.NetworkLine line -> line.line();
                        case Emission.Sound sound -> throw noSound(sound);
                    });
        }
        body.append(array ? "]" : "\n");
        return HttpRequest.newBuilder(base.resolve(address(batch.getFirst())))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", array ? "application/json" : "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private synchronized void answered(
            Instant now, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        List<Emission> batch = inFlight;
        inFlight = List.of();
        if (response == null) {
            log.lost(failure == null ? "no answer" : String.valueOf(failure.getMessage()));
            outbox.putBack(batch);
            backoff.failed(now);
            return;
        }
        int status = response.statusCode();
        boolean later = status == 401 || status == 408 || status == 429 || status >= 500;
        if (later) {
            log.lost("HTTP " + status);
            outbox.putBack(batch);
            backoff.failed(now);
            return;
        }
        backoff.succeeded();
        log.back();
        if ((status >= 300 || status == 207) && refusals.add(status)) {
            String answer = response.body();
            log.refused("HTTP %d %s".formatted(status, answer.length() > 300 ? answer.substring(0, 300) : answer));
        }
    }
}
