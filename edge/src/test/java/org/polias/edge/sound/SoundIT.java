// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.edge.Edge;
import org.polias.edge.MemoryLog;
import org.polias.edge.TestCity;
import org.polias.edge.intake.IntakeLimits;
import org.polias.edge.mqtt.MqttConfig;
import org.polias.edge.mqtt.MqttServer;
import org.polias.model.acoustics.SoundEvent;
import org.polias.model.admission.Reason;
import org.polias.model.event.SiteEvent;
import org.polias.model.observation.Observation;
import org.polias.model.observation.Result;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/** Sound goes in by each of the ways; what was heard comes out, and the sound does not. */
@Timeout(60)
class SoundIT {

    private static final double BANG_S = 3.25;
    private static final double LASTING_S = 6;

    private final TestCity city = new TestCity();
    private final MemoryLog log = new MemoryLog();
    private final Edge edge = new Edge(city, log, InstantSource.system(), IntakeLimits.DEFAULT);
    private final Instant start = Instant.now().minusSeconds(20);

    @AfterEach
    void stop() {
        edge.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 48_000})
    void aBangSentOverHttpIsHeardOnceAtItsTime(int rate_Hz) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int port = serve(vertx);
            float[] sound = Street.withBang(rate_Hz, LASTING_S, BANG_S);
            int block = rate_Hz / 4;
            for (int from = 0; from < sound.length; from += block) {
                Instant first = start.plusNanos(Math.round(from * 1e9 / rate_Hz));
                byte[] samples = Street.pcm16(sound, from, from + block, 1);
                HttpResponse<String> answer =
                        post(client, port, "mic-sound", Street.block(rate_Hz, 1, 16, first, samples));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        heardTheBangOnce();
        List<Observation> levels = observations("mic-level");
        assertThat(levels).hasSizeBetween((int) LASTING_S - 1, (int) LASTING_S);
        assertThat(levels).allSatisfy(level -> assertThat(level.result()).isInstanceOf(Result.Quantity.class));
    }

    @Test
    void aBangSentOverMqttIsHeardOnceAtItsTime() {
        MqttServer server = edge.listen(MqttConfig.listeningOn("127.0.0.1", 0));
        Mqtt3BlockingClient client = MqttClient.builder()
                .useMqttVersion3()
                .serverHost("127.0.0.1")
                .serverPort(server.port())
                .buildBlocking();
        client.connectWith()
                .simpleAuth()
                .username("gateway")
                .password("secret".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        float[] sound = Street.withBang(16_000, LASTING_S, BANG_S);
        for (int from = 0; from < sound.length; from += 4_000) {
            Instant first = start.plusNanos(from * 62_500L);
            client.publishWith()
                    .topic("v1.1/Datastreams(mic-sound)/Audio")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(Street.block(16_000, 2, 16, first, Street.pcm16(sound, from, from + 4_000, 2)))
                    .send();
        }
        client.disconnect();
        heardTheBangOnce();
    }

    @Test
    void aBangSentOverTcpIsHeardOnceAtItsTime() throws IOException {
        SoundServer server = edge.listenForSound("127.0.0.1", 0);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = socket.getOutputStream();
            out.write(header("mic-sound", "secret", 48_000, start));
            out.write(Street.pcm16(Street.withBang(48_000, LASTING_S, BANG_S), 0, (int) (48_000 * LASTING_S), 1));
            socket.shutdownOutput();
            assertThat(in.readLine()).isEqualTo("ok");
            assertThat(in.readLine()).isNull();
        }
        heardTheBangOnce();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"device\":\"gateway\",\"secret\":\"wrong\",\"datastream\":\"mic-sound\",\"rate_Hz\":16000}",
                "{\"device\":\"gateway\",\"secret\":\"secret\",\"datastream\":\"nowhere\",\"rate_Hz\":16000}",
                "{\"device\":\"guest\",\"secret\":\"secret\",\"datastream\":\"mic-sound\",\"rate_Hz\":16000}",
                "{\"device\":\"gateway\",\"secret\":\"secret\",\"datastream\":\"quantity\",\"rate_Hz\":16000}",
                "{\"device\":\"gateway\",\"secret\":\"secret\",\"datastream\":\"mic-sound\",\"rate_Hz\":44100}",
                "{\"device\":\"gateway\",\"secret\":\"secret\",\"datastream\":\"mic-sound\",\"rate_Hz\":16000,\"bits\":12}",
                "{\"device\":\"gateway\",\"secret\":\"secret\",\"datastream\":\"mic-sound\",\"rate_Hz\":16000,\"start\":\"now\"}",
                "{\"device\":\"gateway\",\"secret\":\"secret\",\"rate_Hz\":16000}",
                "{\"device\":[1],\"secret\":\"secret\",\"datastream\":\"mic-sound\",\"rate_Hz\":16000}",
            })
    void whoMayNotOrCannotBeHeardIsToldWhy(String header) throws IOException {
        SoundServer server = edge.listenForSound("127.0.0.1", 0);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write((header + "\n").getBytes(StandardCharsets.UTF_8));
            assertThat(in.readLine()).isNotEqualTo("ok").endsWith(".");
        }
        assertThat(log.events()).isEmpty();
    }

    @Test
    void ofARefusedBlockTheQuarantineKeepsNoSound() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int port = serve(vertx);
            byte[] odd = Street.block(16_000, 1, 16, start, new byte[4_001]);
            HttpResponse<String> answer = post(client, port, "mic-sound", odd);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("whole number of frames");
            HttpResponse<String> elsewhere =
                    post(client, port, "quantity", Street.block(16_000, 1, 16, start, new byte[4_000]));
            assertThat(elsewhere.body()).contains("observes property").contains("sound-event");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        assertThat(log.quarantine())
                .extracting(kept -> kept.reason(), kept -> kept.payload().length)
                .containsExactly(
                        tuple(Reason.MALFORMED, Pcm.HEADER_BYTES), tuple(Reason.WRONG_RESULT, Pcm.HEADER_BYTES));
    }

    private int serve(Vertx vertx) {
        Router router = Router.router(vertx);
        edge.routes().mount(router, 0);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return server.actualPort();
    }

    private static HttpResponse<String> post(HttpClient client, int port, String datastream, byte[] body)
            throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString("gateway:secret".getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:%d/v1.1/Datastreams(%s)/Audio".formatted(port, datastream)))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Basic " + credentials)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] header(String datastream, String secret, int rate_Hz, Instant start) {
        return "{\"device\":\"gateway\",\"secret\":\"%s\",\"datastream\":\"%s\",\"rate_Hz\":%d,\"start\":\"%s\"}%n"
                .formatted(secret, datastream, rate_Hz, start)
                .getBytes(StandardCharsets.UTF_8);
    }

    private List<Observation> observations(String datastream) {
        return log.events().stream()
                .map(SiteEvent.Observed::observation)
                .filter(each -> each.datastream().value().equals(datastream))
                .toList();
    }

    private void heardTheBangOnce() {
        List<Observation> heard = observations("mic-sound");
        assertThat(heard).hasSize(1);
        Observation bang = heard.getFirst();
        assertThat(Duration.between(start, bang.phenomenonTime()).toNanos() / 1e9)
                .isCloseTo(BANG_S, within(0.003));
        Optional<SoundEvent> event =
                bang.result() instanceof Result.EventRecord record ? SoundEvent.find(record) : Optional.empty();
        assertThat(event).isPresent();
        assertThat(event.get().calibrated()).isTrue();
        assertThat(event.get().peak_dB()).isBetween(110.0, 125.0);
        assertThat(event.get().snr_dB()).isGreaterThan(20);
    }
}
