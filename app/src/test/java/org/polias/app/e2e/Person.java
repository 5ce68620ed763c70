// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.polias.app.system.PlatformProcess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Somebody with a browser's habits: keeps cookies, and sends them along. */
final class Person {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlatformProcess platform;
    private final HttpClient http;

    Person(PlatformProcess platform) {
        this.platform = platform;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    static Person signedIn(PlatformProcess platform, String user, String password) {
        Person person = new Person(platform);
        HttpResponse<String> answer = person.signIn(user, password);
        if (answer.statusCode() != 200) {
            throw new AssertionError("%s could not sign in: %s".formatted(user, answer.body()));
        }
        return person;
    }

    HttpResponse<String> signIn(String user, String password) {
        return send("POST", "/api/session", "{\"user\": \"%s\", \"password\": \"%s\"}".formatted(user, password));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** With the header that changes need. */
    HttpResponse<String> send(String method, String path, String body) {
        return send(request(path)
                .header("X-Polias", "1")
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        URI uri = URI.create(path);
        return HttpRequest.newBuilder(uri.isAbsolute() ? uri : platform.url().resolve(path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The request failed: %s%n%s".formatted(e, platform.said()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(
                    "Status %d of %s is no JSON: %s".formatted(answer.statusCode(), answer.uri(), answer.body()), e);
        }
    }

    /** Opens the live socket as a page of {@code origin}. */
    Live live(String origin) {
        Live live = new Live();
        live.socket = http.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create(platform.url().toString().replaceFirst("http", "ws") + "/api/live"), live)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return live;
    }

    /** The messages of a live socket, in order. */
    static final class Live implements WebSocket.Listener, AutoCloseable {

        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private @Nullable WebSocket socket;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                try {
                    messages.add(JSON.readTree(part.toString()));
                } catch (JsonProcessingException e) {
                    throw new AssertionError("No JSON: " + part, e);
                }
                part.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        JsonNode next() throws InterruptedException {
            JsonNode next = messages.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("The live socket said nothing for 20 s.");
            }
            return next;
        }

        /** The next message of a type. */
        JsonNode next(String type) throws InterruptedException {
            while (true) {
                JsonNode next = next();
                if (next.path("type").asText().equals(type)) {
                    return next;
                }
            }
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.abort();
            }
        }
    }
}
