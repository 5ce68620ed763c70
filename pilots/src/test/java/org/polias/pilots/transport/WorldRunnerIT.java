// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.model.id.DatastreamId;
import org.polias.pilots.Exercise;
import org.polias.pilots.TestCity;

import com.sun.net.httpserver.HttpServer;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The runner against a real MQTT server and a real HTTP server, which come and go. */
class WorldRunnerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> SECRETS =
            Map.of("gw-park", "p", "gw-east", "e", "gw-street", "s", "nids-brewery", "b");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentLinkedQueue<String> published = new ConcurrentLinkedQueue<>();
    private final Set<String> topics = new ConcurrentSkipListSet<>();
    private final Map<String, ConcurrentLinkedQueue<String>> posted = new ConcurrentHashMap<>();
    private final AtomicInteger refuseHttp = new AtomicInteger();
    private HttpServer http;

    @BeforeEach
    void listen() throws IOException {
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String credentials = new String(
                    Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = 201;
            if (refuseHttp.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                status = 429;
            } else {
                posted.computeIfAbsent(
                                credentials + " " + exchange.getRequestURI().getPath(),
                                key -> new ConcurrentLinkedQueue<>())
                        .add(body);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void stop() throws InterruptedException, ExecutionException, TimeoutException {
        http.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A broker that acknowledges what it gets, if {@code acknowledges}. */
    private MqttServer broker(int port, boolean acknowledges) {
        MqttServer server = MqttServer.create(
                vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(port));
        server.endpointHandler(endpoint -> {
            if (endpoint.auth() == null
                    || !SECRETS.getOrDefault(endpoint.auth().getUsername(), "")
                            .equals(endpoint.auth().getPassword())) {
                endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
                return;
            }
            endpoint.publishHandler(message -> {
                if (acknowledges) {
                    topics.add(message.topicName());
                    published.add(message.topicName() + " " + message.payload().toString(StandardCharsets.UTF_8));
                    endpoint.publishAcknowledge(message.messageId());
                }
            });
            endpoint.accept(false);
        });
        return await(server.listen());
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("It did not happen within %s.".formatted(PATIENCE));
            }
            Thread.sleep(20);
        }
    }

    private RunnerSettings settings(int mqttPort) {
        return new RunnerSettings(
                "127.0.0.1",
                mqttPort,
                URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/"),
                SECRETS,
                Map.of(
                        new DatastreamId("nids-stadium-eve"),
                        folder.resolve("feeds").resolve("eve.json")),
                1,
                RunnerSettings.USUAL_SPEED);
    }

    @Test
    void everyWayIsSpokenWithItsCredentials() throws InterruptedException {
        MqttServer broker = broker(0, true);
        try (WorldRunner runner = new WorldRunner(TestCity.city(), settings(broker.actualPort()))) {
            runner.start();

            until(() -> topics.contains("v1.1/Datastreams(mic-near)/Observations")
                    && topics.contains("v1.1/Datastreams(cam-gate)/Observations"));
            until(() -> posted.containsKey("gw-street:s /v1.1/Observations"));
            until(() -> posted.containsKey("nids-brewery:b /v1/eve/nids-brewery-eve"));
            until(() -> Files.exists(folder.resolve("feeds").resolve("eve.json")));
        }

        assertThat(posted.get("gw-street:s /v1.1/Observations").peek())
                .startsWith("[{\"phenomenonTime\":\"")
                .contains("\"Datastream\":{\"@iot.id\":\"nh3\"}");
        assertThat(posted.get("nids-brewery:b /v1/eve/nids-brewery-eve").peek())
                .startsWith("{\"timestamp\":\"")
                .endsWith("}\n");
    }

    @Test
    void whatWasNotAcknowledgedIsSentAgainWhenTheBrokerIsBack() throws InterruptedException {
        MqttServer deaf = broker(0, false);
        int port = deaf.actualPort();
        Instant began = Instant.now();
        try (WorldRunner runner = new WorldRunner(TestCity.city(), settings(port))) {
            runner.start();
            until(() -> runner.backlog() >= 4);
            await(deaf.close());
            until(() -> runner.backlog() >= 6);
            assertThat(published).isEmpty();

            MqttServer back = broker(port, true);
            until(() -> nearTimes().size() >= 4);
            await(back.close());
        }

        // Every second of the near microphone is there, from the first on.
        List<Instant> times = nearTimes();
        assertThat(times.getFirst()).isBefore(began.plusMillis(1_500));
        for (int i = 1; i < 4; i++) {
            assertThat(times.get(i)).isEqualTo(times.get(i - 1).plusSeconds(1));
        }
    }

    /** The phenomenon times of the near microphone's observations that arrived, in order, each once. */
    private List<Instant> nearTimes() {
        return published.stream()
                .filter(message -> message.contains("(mic-near)"))
                .map(message -> Instant.parse(message.replaceFirst("(?s).*\"phenomenonTime\":\"([^\"]*)\".*", "$1")))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void aRequestThatIsPutOffIsRepeated() throws InterruptedException {
        MqttServer broker = broker(0, true);
        refuseHttp.set(2);
        try (WorldRunner runner = new WorldRunner(TestCity.city(), settings(broker.actualPort()))) {
            runner.start();
            until(() -> posted.containsKey("gw-street:s /v1.1/Observations"));
        }

        assertThat(refuseHttp).hasValue(0);
    }

    @Test
    void anExerciseCanBeBegunAndEndedAndItsEndIsTold() throws InterruptedException {
        ConcurrentLinkedQueue<Exercise> ended = new ConcurrentLinkedQueue<>();
        MqttServer broker = broker(0, true);
        try (WorldRunner runner = new WorldRunner(TestCity.city(), settings(broker.actualPort()))) {
            runner.onExerciseEnd(ended::add);
            runner.start();
            Exercise exercise = runner.startExercise("pilsen-crush");
            assertThat(runner.findRunningExercise()).contains(exercise);
            assertThat(runner.listTruths()).isNotEmpty();
            until(() -> topics.contains("v1/events/acc-gate-c-events"));

            runner.stopExercise();
            until(() -> !ended.isEmpty());
            assertThat(ended).containsExactly(exercise);
        }
    }

    @Test
    void aDeviceWithoutASecretIsNamed() {
        RunnerSettings settings = new RunnerSettings(
                "127.0.0.1", 1, URI.create("http://127.0.0.1/"), Map.of("gw-park", "p"), Map.of(), 1, 1);

        assertThatThrownBy(() -> new WorldRunner(TestCity.city(), settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'gw-east' has no secret")
                .hasMessageContaining("Maybe");
        assertThat(settings.toString()).doesNotContain("=p");
    }
}
