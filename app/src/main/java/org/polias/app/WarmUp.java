// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jboss.logging.Logger;
import org.polias.app.cli.UpOptions;
import org.polias.model.id.DeviceId;
import org.polias.store.access.IssuedDevice;

import io.quarkus.runtime.Quarkus;

/** Uses a platform for some seconds as people and devices do, and stops it: what the JVM then knows makes later starts fast. */
public final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final Duration LENGTH = Duration.ofSeconds(12);
    private static final int BATCHES = 400;
    private static final int BATCH = 50;

    private WarmUp() {}

    /** @return the exit code */
    public static int run(UpOptions options) throws IOException {
        return PlatformStart.run(
                options,
                (platform, url) -> Thread.ofPlatform().name("polias-warm-up").start(() -> {
                    try {
                        use(platform, URI.create(url));
                    } catch (IOException e) {
                        LOG.warnf("The warm-up is incomplete: %s", e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Quarkus.asyncExit();
                }));
    }

    private static void use(Platform platform, URI url) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LENGTH);
        String token = platform.access().commandLineToken();
        platform.findExercises()
                .ifPresent(director ->
                        director.list().stream().findFirst().ifPresent(offer -> director.begin(offer.id(), "warm-up")));
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .buildAsync(
                            URI.create("ws" + url.toString().substring("http".length()) + "/api/live"),
                            new WebSocket.Listener() {})
                    .join();
            deliver(platform, client, url);
            while (Instant.now().isBefore(end)) {
                for (String path :
                        List.of("/", "/api/session", "/api/city", "/api/incidents", "/api/stats", "/q/health/ready")) {
                    client.send(
                            HttpRequest.newBuilder(url.resolve(path))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.discarding());
                }
                Thread.sleep(200);
            }
            socket.abort();
        }
    }

    private static void deliver(Platform platform, HttpClient client, URI url) throws InterruptedException {
        Optional<IssuedDevice> device =
                platform.store().devices().create(platform.city().tenant(), new DeviceId("warm-up"), Optional.empty());
        String datastream =
                platform.city().sites().getFirst().datastreams().getFirst().id().value();
        if (device.isEmpty()) {
            return;
        }
        String credentials = Base64.getEncoder()
                .encodeToString(("warm-up:" + device.get().secret()).getBytes(StandardCharsets.UTF_8));
        Instant from = Instant.now().minusSeconds(BATCHES * BATCH / 1000 + 5);
        for (int batch = 0; batch < BATCHES; batch++) {
            StringBuilder body = new StringBuilder("[");
            for (int i = 0; i < BATCH; i++) {
                body.append(i == 0 ? "" : ",")
                        .append("{\"phenomenonTime\":\"%s\",\"result\":%d.5}"
                                .formatted(from.plusMillis((long) batch * BATCH + i), 40 + i % 10));
            }
            CompletableFuture.allOf(client.sendAsync(
                            HttpRequest.newBuilder(
                                            url.resolve("/v1.1/Datastreams(%s)/Observations".formatted(datastream)))
                                    .header("Authorization", "Basic " + credentials)
                                    .POST(BodyPublishers.ofString(
                                            body.append(']').toString()))
                                    .build(),
                            BodyHandlers.discarding()))
                    .join();
        }
    }
}
