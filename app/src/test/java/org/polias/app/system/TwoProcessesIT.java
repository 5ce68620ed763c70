// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.store.server.DatabaseServer;
import org.polias.stream.broker.Durability;
import org.polias.stream.broker.EmbeddedBroker;
import org.polias.stream.replay.LogTransfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two platforms share a city: its sites are divided between them by a Kafka, and they write into a PostgreSQL, neither of which is theirs.
 * One is killed, and later the other held for a while, while devices report to both.
 */
class TwoProcessesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** So many that the two sites are in partitions that go to different processes: they are dealt out in turn. */
    private static final String PARTITIONS = "5";

    private static final int RATE_PER_S = 60;
    private static final int WINDOW = 40;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> notesDone = new TreeSet<>();
    private int notes;

    @Test
    void whenOneIsKilledOrHeldTheOtherTakesOverItsSitesAndNothingIsLostNorHappensTwice(@TempDir Path work)
            throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<MqttDevice> devices = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("kafka"), Durability.PROCESS);
                DatabaseServer server = DatabaseServer.start(work.resolve("postgres"));
                PlatformProcess one = platform(work.resolve("one"), broker, server);
                PlatformProcess other = platform(work.resolve("other"), broker, server)) {
            // Both at once on a cluster and a database that are empty.
            one.start();
            other.start();
            one.awaitReady();
            other.awaitReady();
            somebodyIsSignedInAtBoth(one, other);
            devicesAreKnownAtBoth(one, other);

            List<CityLife> lives = new ArrayList<>();
            List<CompletableFuture<Void>> running = new ArrayList<>();
            Map<String, List<PlatformProcess>> ways =
                    Map.of("north", List.of(one, other), "south", List.of(other, one));
            for (String site : SmallCity.SITES) {
                String name = "gateway-" + site;
                String secret = one.createDevice(name);
                Await.until("the device is known at the other", PATIENCE, () -> other.get("/api/devices")
                        .findValuesAsText("device")
                        .contains(name));
                CityLife life = new CityLife(site, site.hashCode());
                MqttDevice device = new MqttDevice(name, secret, new InTurn(ways.get(site)), WINDOW);
                lives.add(life);
                devices.add(device);
                running.add(Background.start(() -> life.run(device, RATE_PER_S, stop)));
            }
            Await.until("both have sites to fold", PATIENCE, () -> folded(one) > 100 && folded(other) > 100);
            for (PlatformProcess platform : List.of(one, other)) {
                Await.until("incidents of both sites are known", PATIENCE, () -> sites(platform)
                        .containsAll(SmallCity.SITES));
                noteOnEach(platform);
            }

            long before = folded(other);
            one.kill9();
            noteOnEachOnceItIsTakenOver(other);
            Await.until("the other folds on", PATIENCE, () -> folded(other) > before + 10 * RATE_PER_S);

            one.start().awaitReady();
            // The other is held for so long that its sites go to the one, and then goes on as if nothing had happened.
            long alone = folded(one);
            signal(other, "STOP");
            try {
                Await.until("the one folds on", PATIENCE, () -> folded(one) > alone + 5 * RATE_PER_S);
            } finally {
                signal(other, "CONT");
            }
            noteOnEachOnceItIsTakenOver(other);
            long acknowledged = acknowledged(devices);
            Await.until(
                    "life goes on with both", PATIENCE, () -> acknowledged(devices) > acknowledged + 4 * RATE_PER_S);
            stop.set(true);
            for (CompletableFuture<Void> each : running) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            for (MqttDevice device : devices) {
                device.awaitAcknowledged(PATIENCE);
                System.out.println("TwoProcessesIT: " + device);
            }

            Path export = work.resolve("log");
            LogTransfer.exportTo(export, Map.of("bootstrap.servers", broker.bootstrapServers()), count -> {});
            Refolded refolded = Refolded.of(export);
            System.out.printf(
                    "TwoProcessesIT: %d records, %d detections, %d incidents%n",
                    refolded.records(),
                    refolded.detectionCount(),
                    refolded.incidents().size());
            try (Connection database =
                    DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
                refolded.requireStored(database);
                Deliveries.of(lives).requireStoredOnce(database);
            }
            for (PlatformProcess platform : List.of(one, other)) {
                Set<String> live = ids(platform.get("/api/incidents?scope=live&limit=1000"));
                assertThat(live).isNotEmpty();
                assertThat(ids(platform.get("/api/incidents?scope=all&limit=1000")))
                        .containsAll(refolded.incidents().keySet());
                Await.until("the live picture has every live incident", PATIENCE, () -> onScreen(platform)
                        .containsAll(live));
            }
            String all =
                    refolded.incidents().values().stream().flatMap(List::stream).collect(Collectors.joining("\n"));
            assertThat(notesDone).hasSizeGreaterThan(3);
            for (String note : notesDone) {
                assertThat(all.split("\"" + note + "\"", -1)).as(note).hasSize(2);
            }
        } finally {
            stop.set(true);
            for (MqttDevice device : devices) {
                device.close();
            }
        }
    }

    private static PlatformProcess platform(Path work, EmbeddedBroker broker, DatabaseServer server)
            throws IOException {
        Files.createDirectories(work);
        // That the other is dead is known after three seconds rather than ten: a test must not wait.
        Path configuration = Files.writeString(work.resolve("polias.properties"), """
                polias.kafka.main.consumer.session.timeout.ms=3000
                polias.kafka.main.consumer.heartbeat.interval.ms=500
                """);
        return PlatformProcess.ofSmallCity(
                        work,
                        "--kafka",
                        broker.bootstrapServers(),
                        "--partitions",
                        PARTITIONS,
                        "--database",
                        server.jdbcUrl(),
                        "--database-user",
                        server.user(),
                        "--config",
                        configuration.toString())
                .withEnvironment("POLIAS_DATABASE_PASSWORD", server.password());
    }

    private void somebodyIsSignedInAtBoth(PlatformProcess one, PlatformProcess other) throws Exception {
        // Only one of them made the first user, and only its password is told.
        List<PlatformProcess> makers = Stream.of(one, other)
                .filter(platform -> Files.exists(platform.data().resolve("first-sign-in.txt")))
                .toList();
        assertThat(makers).hasSize(1);
        PlatformProcess maker = makers.getFirst();
        HttpResponse<String> signedIn = send(HttpRequest.newBuilder(maker.url().resolve("/api/session"))
                .header("X-Polias", "1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"user\": \"admin\", \"password\": \"%s\"}".formatted(maker.adminPassword()))));
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        for (PlatformProcess platform : List.of(one, other)) {
            assertThat(session(platform, cookie)).isEqualTo(200);
        }
        PlatformProcess elsewhere = maker == one ? other : one;
        send(HttpRequest.newBuilder(elsewhere.url().resolve("/api/session"))
                .header("X-Polias", "1")
                .header("Cookie", cookie)
                .DELETE());
        Await.until("who signed out at one is signed out at the other", PATIENCE, () -> session(maker, cookie) == 401);
    }

    private int session(PlatformProcess platform, String cookie) {
        return send(HttpRequest.newBuilder(platform.url().resolve("/api/session"))
                        .header("Cookie", cookie))
                .statusCode();
    }

    private void devicesAreKnownAtBoth(PlatformProcess one, PlatformProcess other) {
        String secret = other.createDevice("visitor");
        Await.until("a device of the other is let in", PATIENCE, () -> deliver(one, secret) == 400);
        assertThat(other.send("DELETE", "/api/devices/visitor", "").status()).isEqualTo(204);
        Await.until("a device that the other revoked is refused", PATIENCE, () -> deliver(one, secret) == 401);
    }

    /** Nonsense, which is refused for what it is if the device is let in. */
    private int deliver(PlatformProcess platform, String secret) {
        return send(HttpRequest.newBuilder(platform.url()
                                .resolve("/v1.1/Datastreams(%s)/Observations".formatted(SmallCity.gas("north"))))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(("visitor:" + secret).getBytes(StandardCharsets.UTF_8)))
                        .POST(BodyPublishers.ofString("{\"result\": \"loud\"}")))
                .statusCode();
    }

    /** Notes on an incident of each site: the answers come from whichever process folds the site. */
    private void noteOnEach(PlatformProcess platform) {
        for (String site : SmallCity.SITES) {
            assertThat(note(platform, site))
                    .as("a note on an incident of %s", site)
                    .isEqualTo(200);
        }
    }

    private void noteOnEachOnceItIsTakenOver(PlatformProcess platform) {
        for (String site : SmallCity.SITES) {
            Await.until("a note on an incident of %s is answered".formatted(site), PATIENCE, () -> {
                int status = note(platform, site);
                assertThat(status).isIn(200, 503);
                return status == 200;
            });
        }
    }

    private int note(PlatformProcess platform, String site) {
        for (JsonNode incident : platform.get("/api/incidents?scope=all&limit=1000")) {
            if (incident.path("site").asText().equals(site)) {
                String note = "note-" + ++notes;
                PlatformProcess.Answer answer = platform.post(
                        "/api/incidents/%s/commands"
                                .formatted(incident.path("id").asText()),
                        "{\"command\": \"note\", \"text\": \"%s\"}".formatted(note));
                if (answer.status() == 200) {
                    notesDone.add(note);
                }
                return answer.status();
            }
        }
        throw new AssertionError("There is no incident of %s.".formatted(site));
    }

    private static long acknowledged(List<MqttDevice> devices) {
        return devices.stream().mapToLong(MqttDevice::acknowledged).sum();
    }

    private static void signal(PlatformProcess platform, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(platform.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Another platform at every attempt: one that is held takes connections, and answers nobody. */
    private static final class InTurn implements Supplier<OptionalInt> {

        private final List<PlatformProcess> platforms;
        private int next;

        InTurn(List<PlatformProcess> platforms) {
            this.platforms = platforms;
        }

        @Override
        public OptionalInt get() {
            return platforms.get(next++ % platforms.size()).findMqttPort();
        }
    }

    /** How many records of the log the process has folded. */
    private long folded(PlatformProcess platform) {
        return send(HttpRequest.newBuilder(platform.url().resolve("/q/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith("polias_fold_events_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Set<String> sites(PlatformProcess platform) {
        return Set.copyOf(platform.get("/api/incidents?scope=all&limit=1000").findValuesAsText("site"));
    }

    private static Set<String> ids(JsonNode incidents) {
        Set<String> ids = new TreeSet<>();
        incidents.forEach(incident -> ids.add(incident.path("id").asText()));
        return ids;
    }

    /** The incidents that a screen gets that connects now. */
    private Set<String> onScreen(PlatformProcess platform) {
        CompletableFuture<String> first = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        WebSocket socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + platform.adminToken())
                .buildAsync(
                        URI.create(platform.url().toString().replaceFirst("http", "ws") + "/api/live"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                                text.append(part);
                                if (last) {
                                    first.complete(text.toString());
                                }
                                from.request(1);
                                return null;
                            }
                        })
                .join();
        try {
            JsonNode state = new ObjectMapper().readTree(first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertThat(state.path("type").asText()).isEqualTo("state");
            return ids(state.path("incidents"));
        } catch (Exception e) {
            throw new AssertionError("No picture of " + platform.url(), e);
        } finally {
            socket.abort();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The request failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
