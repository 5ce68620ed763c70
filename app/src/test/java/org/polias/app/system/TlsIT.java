// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLParameters;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.tls.TestCertificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The platform with a certificate, and clients that speak TLS and check names and dates as any would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Path work;
    private TestCertificate certificate;
    private PlatformProcess platform;
    private HttpClient http;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        work = folder;
        certificate = TestCertificate.make(folder, "city", "EC");
        platform = PlatformProcess.in(
                        Files.createDirectory(folder.resolve("platform")),
                        "--durability",
                        "process",
                        "--tls-certificate",
                        certificate.certificate().toString(),
                        "--tls-key",
                        certificate.key().toString())
                .start()
                .awaitReady();
        http = HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void whoSignsInGetsACookieThatGoesOverTlsAlone() {
        assertThat(platform.url().getScheme()).isEqualTo("https");
        HttpResponse<String> signedIn =
                send(HttpRequest.newBuilder(platform.url().resolve("/api/session"))
                        .header("X-Polias", "1")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"user\": \"admin\", \"password\": \"%s\"}".formatted(platform.adminPassword()))));

        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("Secure", "HttpOnly", "SameSite=Strict");
        assertThat(send(HttpRequest.newBuilder(platform.url().resolve("/api/session"))
                                .header("Cookie", cookie.split(";", 2)[0]))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(platform.url().resolve("/"))).body())
                .contains("<html");
    }

    @Test
    void theLiveSocketIsThereAndThePilotsWorldSpeaksToThePlatform() {
        CompletableFuture<String> first = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        WebSocket socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + platform.adminToken())
                .header("Origin", platform.url().toString())
                .buildAsync(
                        URI.create(platform.url().toString().replaceFirst("https", "wss") + "/api/live"),
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
        assertThat(first.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .contains("\"type\":\"state\"");
        socket.abort();

        // Some of the pilot's gateways speak MQTT, some HTTP.
        Await.until("the world is heard", PATIENCE, () -> {
            JsonNode stats = get("/api/stats");
            return stats.path("accepted").asLong() > 50 && stats.path("devices").asLong() > 0;
        });
    }

    @Test
    void aDeviceDeliversOverTlsAsFastAsItCanAndNothingIsLost() throws Exception {
        String secret = createDevice("burst");
        Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier("burst")
                .serverHost("localhost")
                .serverPort(platform.mqttPort())
                .sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(certificate.trust())
                        .protocols(List.of("TLSv1.2"))
                        .build())
                .buildAsync();
        client.connectWith()
                .simpleAuth()
                .username("burst")
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        long before = get("/api/stats").path("accepted").asLong();
        List<CompletableFuture<Mqtt3Publish>> receipts = new ArrayList<>();
        int messages = 3_000;
        for (int i = 0; i < messages; i++) {
            receipts.add(client.publishWith()
                    .topic("v1.1/Datastreams(mic-11-level)/Observations")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("{\"result\": %d.5, \"parameters\": {\"id\": \"burst-%d\", \"padding\": \"%s\"}}"
                            .formatted(40 + i % 10, i, "x".repeat(2_000))
                            .getBytes(StandardCharsets.UTF_8))
                    .send());
        }
        CompletableFuture.allOf(receipts.toArray(CompletableFuture[]::new)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Await.until(
                "all are counted as accepted",
                PATIENCE,
                () -> get("/api/stats").path("accepted").asLong() >= before + messages);
        client.disconnect().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void bothVersionsOfTlsAreSpoken() {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {version});
            try (HttpClient client = HttpClient.newBuilder()
                    .sslContext(certificate.clientContext())
                    .sslParameters(parameters)
                    .build()) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(platform.url().resolve("/q/health/ready"))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
            } catch (IOException e) {
                throw new AssertionError(version + " failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void whoDoesNotSpeakTlsIsHungUpOn() throws Exception {
        URI plain = URI.create(
                "http://127.0.0.1:%d/q/health/ready".formatted(platform.url().getPort()));
        assertThatThrownBy(() -> http.send(
                        HttpRequest.newBuilder(plain).timeout(PATIENCE).build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.mqttPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(new byte[] {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 0});
            InputStream answer = socket.getInputStream();
            int first = answer.read();
            // A TLS alert, or nothing; never a CONNACK.
            assertThat(first).isIn(-1, 0x15);
        }
        assertThat(platform.errors()).doesNotContain("\tat ");
    }

    @Test
    void theCommandLineTrustsThePlatformOfItsDataDirectoryAndNoOther() {
        Launcher.Outcome status = run("status", "--data", platform.data().toString());
        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out()).contains(platform.url().toString());

        Launcher.Outcome device =
                run("device", "add", "laptop", "--data", platform.data().toString());
        assertThat(device.exitCode()).as(device.err()).isZero();
        assertThat(device.out())
                .contains("--cafile " + certificate.certificate(), "--cacert " + certificate.certificate());
    }

    @Test
    void aKeyThatDoesNotFitStopsTheStartInWords() {
        TestCertificate other = TestCertificate.make(work, "other", "EC");
        Launcher.Outcome outcome = run(
                "up",
                "--data",
                work.resolve("never").toString(),
                "--tls-certificate",
                certificate.certificate().toString(),
                "--tls-key",
                other.key().toString());

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.err())
                .contains("other.key does not belong to the certificate", "Maybe")
                .doesNotContain("\tat ");
    }

    private Launcher.Outcome run(String... arguments) {
        return Launcher.run(work, PATIENCE, arguments);
    }

    private String createDevice(String name) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(platform.url().resolve("/api/devices"))
                .header("Authorization", "Bearer " + platform.adminToken())
                .header("X-Polias", "1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"device\": \"%s\"}".formatted(name))));
        return json(answer).path("secret").asText();
    }

    private JsonNode get(String path) {
        return json(send(HttpRequest.newBuilder(platform.url().resolve(path))
                .header("Authorization", "Bearer " + platform.adminToken())));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + answer.body(), e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The request failed: %s%n%s".formatted(e, platform.said()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
