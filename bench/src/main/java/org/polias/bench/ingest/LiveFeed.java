// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The console's socket, as an operator's browser has it: tells the probes which incidents changed. */
final class LiveFeed implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Probes probes;
    private final StringBuilder message = new StringBuilder();
    private @Nullable WebSocket socket;
    private volatile @Nullable String failure;

    private LiveFeed(Probes probes) {
        this.probes = probes;
    }

    static LiveFeed open(HttpClient client, URI platform, String token, Probes probes) {
        LiveFeed feed = new LiveFeed(probes);
        URI address = URI.create("ws://%s:%d/api/live".formatted(platform.getHost(), platform.getPort()));
        feed.socket = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .header("Origin", "http://%s:%d".formatted(platform.getHost(), platform.getPort()))
                .buildAsync(address, feed)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return feed;
    }

    /** @throws IllegalStateException if the platform ended the feed: what came through it is then not all there was */
    void requireAlive() {
        if (failure != null) {
            throw new IllegalStateException("The platform ended the console's socket: " + failure);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
        message.append(data);
        if (isLast) {
            long arrival_ns = System.nanoTime();
            // The frequent and long messages, readings, need no reading: only incidents have this name in them.
            if (message.indexOf("\"lastEvidenceAt\"") >= 0) {
                changed(message.toString(), arrival_ns);
            }
            message.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void changed(String text, long arrival_ns) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            failure = "a message is no JSON: " + e.getOriginalMessage();
            return;
        }
        JsonNode incident = node.path("incident");
        if (incident.isObject()) {
            probes.seen(
                    incident.path("site").asText(),
                    Instant.parse(incident.path("lastEvidenceAt").asText()).toEpochMilli(),
                    arrival_ns);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        failure = "closed with %d %s".formatted(code, reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable fault) {
        failure = fault.toString();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
