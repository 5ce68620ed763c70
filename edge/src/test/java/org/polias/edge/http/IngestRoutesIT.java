// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.edge.Edge;
import org.polias.edge.MemoryLog;
import org.polias.edge.TestCity;
import org.polias.edge.intake.FairShare;
import org.polias.edge.intake.IntakeLimits;
import org.polias.model.admission.Reason;
import org.polias.model.observation.ObservationId;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.edge.Eventually.eventually;

@Timeout(60)
class IngestRoutesIT {

    private static final String LEVEL = "/v1.1/Datastreams(quantity)/Observations";

    private final TestCity city = new TestCity();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private MemoryLog log = new MemoryLog();
    private Edge edge = newEdge(0);
    private HttpServer server = serve();

    private Edge newEdge(int share_per_s) {
        return new Edge(city, log, InstantSource.system(), IntakeLimits.DEFAULT.withShare_per_s(share_per_s));
    }

    private HttpServer serve() {
        return serve(edge.routes());
    }

    private HttpServer serve(IngestRoutes routes) {
        Router router = Router.router(vertx);
        routes.mount(router, 0);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void restart(MemoryLog otherLog, int share_per_s) {
        server.close().toCompletionStage().toCompletableFuture().join();
        edge.close();
        log.close();
        log = otherLog;
        edge = newEdge(share_per_s);
        server = serve();
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        edge.close();
        log.close();
    }

    @Test
    void anObservationIsAnsweredWhenItIsDurable() throws Exception {
        log.halt();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request(LEVEL, "{\"result\":61.5,\"parameters\":{\"id\":\"seq-1\"}}"),
                HttpResponse.BodyHandlers.ofString());
        eventually("the log is offered it", () -> log.waitingRecords() == 1);
        assertThat(answer).isNotDone();
        log.resume();
        HttpResponse<String> response = answer.join();
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        ObservationId id = log.events().getFirst().observation().id();
        assertThat(response.headers().firstValue("location")).contains("/v1.1/Observations('" + id + "')");
        assertThat(post(LEVEL, "{\"result\":61.5,\"parameters\":{\"id\":\"seq-1\"}}")
                        .body())
                .isEqualTo("{\"accepted\":0,\"duplicates\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1.1/Datastreams(quantity)/Observations | {\"result\":1}",
                "/v1.1/Datastreams('quantity')/Observations | [{\"result\":1}]",
                "/v1.1/Datastreams(%27quantity%27)/Observations | {\"result\":1}",
                "/v1.1/Observations | {\"result\":1,\"Datastream\":{\"@iot.id\":\"quantity\"}}",
                "/v1.1/CreateObservations | [{\"Datastream\":{\"@iot.id\":\"quantity\"},\"components\":[\"result\"],\"dataArray\":[[1]]}]",
                "/v1/eve/ids | {\"timestamp\":\"2018-09-18T15:17:10.027366+0000\",\"event_type\":\"alert\"}",
                "/v1/events/event | {\"type\":\"door.forced\",\"door\":\"d1\"}",
            })
    void everyDocumentedPathTakesItsForm(String path, String body) throws Exception {
        HttpResponse<String> response = post(path, body);
        assertThat(response.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(log.events()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1.1/Datastreams(quantity)/Observations | {\"result\":} | 400 | malformed",
                "/v1.1/Datastreams(quantity)/Observations | {\"result\":\"x\"} | 400 | wrong-result",
                "/v1.1/Datastreams(quantity)/Observations | {\"result\":1,\"phenomenonTime\":\"2001-01-01T00:00:00Z\"} | 400 | late",
                "/v1.1/Datastreams(quantity)/Observations | {\"result\":1,\"phenomenonTime\":\"9999-01-01T00:00:00Z\"} | 400 | future-dated",
                "/v1.1/Datastreams(nowhere)/Observations | {\"result\":1} | 404 | unknown-sensor",
                "/v1.1/Things | {\"name\":1} | 404 | unknown-topic",
                "/v1/eve/a%25b | x | 404 | unknown-sensor",
            })
    void whatIsRefusedIsAnsweredWithItsCodeAndKeptInQuarantine(String path, String body, int status, String code)
            throws Exception {
        HttpResponse<String> response = post(path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"code\":\"" + code + "\",\"message\":\"");
        assertThat(log.quarantine()).singleElement().satisfies(kept -> {
            assertThat(kept.reason().code()).isEqualTo(code);
            assertThat(kept.payload()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void anEmptyBodyIsMalformed() throws Exception {
        HttpResponse<String> response = post(LEVEL, "");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":\"malformed\",\"message\":\"The payload is empty.\"}");
    }

    @Test
    void aDeviceMayNotWriteAtAnotherSite() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(uri(LEVEL))
                        .header("Authorization", basic("guest", "secret"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"result\":1}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("forbidden", "'depot'");
    }

    @Test
    void ofSeveralEachRefusedOneIsNamed() throws Exception {
        HttpResponse<String> response = post(LEVEL, "[{\"result\":1},{\"result\":\"x\"},{\"result\":2},{}]");
        assertThat(response.statusCode()).isEqualTo(207);
        assertThat(response.body())
                .startsWith(
                        "{\"accepted\":2,\"duplicates\":0,\"rejected\":[{\"index\":1,\"code\":\"wrong-result\",\"message\":")
                .contains("{\"index\":3,\"code\":\"malformed\",\"message\":\"The observation has no result.\"}");
        HttpResponse<String> none = post(LEVEL, "[{},{}]");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).startsWith("{\"code\":\"malformed\"").contains("\"rejected\":[{\"index\":0");
    }

    @Test
    void whoHasNoValidCredentialsIsRefusedAndCounted() throws Exception {
        for (String header : new String[] {
            "",
            "Basic",
            "Basic !!!",
            "Bearer x",
            basic("gateway", "wrong"),
            basic("nobody", "secret"),
            "Basic Z2F0ZXdheQ=="
        }) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri(LEVEL)).POST(HttpRequest.BodyPublishers.ofString("{\"result\":1}"));
            if (!header.isEmpty()) {
                request.header("Authorization", header);
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("www-authenticate").orElse(""))
                    .startsWith("Basic");
            assertThat(response.body()).contains("\"advice\":\"Maybe");
        }
        city.revoke("gateway");
        assertThat(post(LEVEL, "{\"result\":1}").statusCode()).isEqualTo(401);
        assertThat(edge.counters().snapshot().unauthenticated()).isEqualTo(8);
        assertThat(log.events()).isEmpty();
    }

    @Test
    void withTheLogFullTheSenderIsToldToComeAgainAndNothingIsTaken() throws Exception {
        restart(new MemoryLog(1), 0);
        log.halt();
        CompletableFuture<HttpResponse<String>> first =
                client.sendAsync(request(LEVEL, "{\"result\":1}"), HttpResponse.BodyHandlers.ofString());
        eventually("the log is full", () -> !log.hasRoom());
        HttpResponse<String> second = post(LEVEL, "{\"result\":2}");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("retry-after")).contains("1");
        assertThat(second.body()).startsWith("{\"code\":\"deferred\"");
        log.resume();
        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(log.events()).hasSize(1);
        assertThat(edge.counters().snapshot().deferred()).isEqualTo(1);
    }

    @Test
    void aBodyOfWhichALogWithLittleRoomTookAPartWaitsForTheRest() throws Exception {
        restart(new MemoryLog(3), 0);
        String array = IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"result\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(post(LEVEL, array).body()).isEqualTo("{\"accepted\":5000,\"duplicates\":0}");
        assertThat(log.events()).hasSize(5_000);
        assertThat(log.deepest()).isEqualTo(3);
    }

    @Test
    void aDeviceOverItsShareIsToldWhenToComeAgain() throws Exception {
        restart(new MemoryLog(), 10);
        assertThat(post("device-1", LEVEL, "{\"result\":1}").statusCode()).isEqualTo(201);
        String array =
                IntStream.range(0, 100).mapToObj(i -> "{\"result\":1}").collect(Collectors.joining(",", "[", "]"));
        assertThat(post(LEVEL, array).statusCode()).isEqualTo(201);
        HttpResponse<String> response = post(LEVEL, "{\"result\":1}");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(response.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(5, 10);
    }

    @Test
    void whenTheLogFailsTheSenderIsToldToComeAgain() throws Exception {
        log.fail(true);
        HttpResponse<String> response = post(LEVEL, "{\"result\":1,\"@iot.id\":1}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).startsWith("{\"code\":\"unavailable\"");
        log.fail(false);
        assertThat(post(LEVEL, "{\"result\":1,\"@iot.id\":1}").statusCode()).isEqualTo(201);
    }

    @Test
    void manyMegabytesOfEveAreTakenAlsoPacked() throws Exception {
        String line = "{\"timestamp\":\"2026-01-01T00:00:00.%06d+0000\",\"event_type\":\"flow\",\"pad\":\""
                + "x".repeat(900) + "\"}\n";
        String body = IntStream.range(0, 10_000).mapToObj(line::formatted).collect(Collectors.joining());
        assertThat(post("/v1/eve/ids", body).body()).isEqualTo("{\"accepted\":10000,\"duplicates\":0}");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
            gzip.write("rubbish\n".getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = postPacked("/v1/eve/ids", packed.toByteArray());
        assertThat(response.statusCode()).isEqualTo(207);
        assertThat(response.body()).contains("\"rejected\":[{\"index\":10000,\"code\":\"malformed\"");
    }

    @Test
    void packingThatIsBrokenUnknownOrABombIsRefused() throws Exception {
        assertThat(postPacked(LEVEL, new byte[] {1, 2, 3}).body()).contains("malformed", "not gzip");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
            gzip.write("{\"result\":1}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(postPacked(LEVEL, Arrays.copyOf(whole.toByteArray(), whole.size() - 6))
                        .body())
                .contains("malformed", "ends before");
        assertThat(post(LEVEL, "\u001f\u008b").body()).contains("malformed");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        HttpResponse<String> response = postPacked(LEVEL, bomb.toByteArray());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).startsWith("{\"code\":\"oversized\"");
        HttpResponse<String> brotli = client.send(
                HttpRequest.newBuilder(uri(LEVEL))
                        .header("Authorization", basic("gateway", "secret"))
                        .header("Content-Encoding", "br")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(brotli.statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyBeyondTheLimitIsOversizedWhetherItsLengthIsStatedOrNot() throws Exception {
        byte[] body = new byte[(16 << 20) + 1];
        HttpResponse<String> stated = client.send(
                HttpRequest.newBuilder(uri(LEVEL))
                        .header("Authorization", basic("gateway", "secret"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(stated.statusCode()).isEqualTo(413);
        HttpResponse<String> chunked = client.send(
                HttpRequest.newBuilder(uri(LEVEL))
                        .header("Authorization", basic("gateway", "secret"))
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(edge.counters().snapshot().rejected()).containsEntry(Reason.OVERSIZED, 2L);
        assertThat(log.quarantine()).hasSize(2);
        assertThat(post(LEVEL, "{\"result\":1}").statusCode()).isEqualTo(201);
    }

    @Test
    void manyRequestsOnOneConnectionAreAnsweredInOrder() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            StringBuilder requests = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String body = i % 3 == 0 ? "{\"result\":\"x\"}" : "{\"result\":" + i + "}";
                expected.add(i % 3 == 0 ? "HTTP/1.1 400 Bad Request" : "HTTP/1.1 201 Created");
                requests.append("POST ")
                        .append(LEVEL)
                        .append(" HTTP/1.1\r\nHost: x\r\nAuthorization: ")
                        .append(basic("gateway", "secret"))
                        .append("\r\nContent-Length: ")
                        .append(body.length())
                        .append(i == 99 ? "\r\nConnection: close" : "")
                        .append("\r\n\r\n")
                        .append(body);
            }
            socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.UTF_8));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.lines()
                            .flatMap(line -> line.contains("HTTP/1.1 ")
                                    ? Stream.of(line.substring(line.indexOf("HTTP/1.1 ")))
                                    : Stream.empty()))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void aSenderThatLeavesInTheMiddleHarmsNobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket("127.0.0.1", server.actualPort());
            socket.getOutputStream()
                    .write(("POST " + LEVEL + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + basic("gateway", "secret")
                                    + "\r\nContent-Length: 1000000\r\n\r\n{\"resu")
                            .getBytes(StandardCharsets.UTF_8));
            socket.setSoLinger(i % 2 == 0, 0);
            socket.close();
        }
        assertThat(post(LEVEL, "{\"result\":1}").statusCode()).isEqualTo(201);
        assertThat(log.events()).hasSize(1);
        assertThat(log.quarantine()).isEmpty();
    }

    @Test
    void oneDeviceThatHoldsBodiesLeavesRoomForOthers() throws Exception {
        serveWith(1 << 20, Duration.ofSeconds(30));
        String head = "POST " + LEVEL + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + basic("device-1", "secret")
                + "\r\nContent-Length: 500000\r\n\r\n";
        try (Socket first = new Socket("127.0.0.1", server.actualPort());
                Socket second = new Socket("127.0.0.1", server.actualPort())) {
            first.getOutputStream().write((head + "x".repeat(400_000)).getBytes(StandardCharsets.UTF_8));
            second.getOutputStream().write((head + "x".repeat(400_000)).getBytes(StandardCharsets.UTF_8));
            // Whichever of the two comes to its end second has no room; of the other nothing is heard.
            eventually("one is told to wait", () -> edge.counters().snapshot().deferred() == 1);
            assertThat(post(LEVEL, "{\"result\":1,\"x\":\"" + "y".repeat(400_000) + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        eventually("what was held is given back", () -> {
            try {
                return post("device-1", LEVEL, "{\"result\":1,\"x\":\"" + "y".repeat(400_000) + "\"}")
                                .statusCode()
                        == 201;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aBodyThatDoesNotComeToItsEndIsNotAwaitedForEver() throws Exception {
        serveWith(1 << 20, Duration.ofMillis(200));
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.getOutputStream()
                    .write(("POST " + LEVEL + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + basic("gateway", "secret")
                                    + "\r\nContent-Length: 100\r\n\r\n{\"resu")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("\"code\":\"deferred\"");
        }
        assertThat(edge.counters().snapshot().deferred()).isEqualTo(1);
        assertThat(log.quarantine()).isEmpty();
    }

    @Test
    void aDeviceThatIsRevokedWhileItsBodyComesIsRefused() throws Exception {
        String body = "{\"result\":1}";
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.getOutputStream()
                    .write(("POST " + LEVEL + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: "
                                    + basic("device-1", "secret") + "\r\nExpect: 100-continue\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 100");
            city.revoke("device-1");
            socket.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(log.events()).isEmpty();
    }

    @Test
    void aRequestThatNamesNoHostIsMalformed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.getOutputStream()
                    .write(("POST " + LEVEL + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"malformed\"", "Host");
        }
        assertThat(edge.counters().snapshot().rejected().get(Reason.MALFORMED)).isEqualTo(1);
    }

    private void serveWith(long buffered_bytes, Duration patience) {
        server.close().toCompletionStage().toCompletableFuture().join();
        server = serve(new IngestRoutes(
                edge.intake(), new FairShare(0, System::nanoTime), Runnable::run, buffered_bytes, patience));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    private HttpRequest request(String path, String body) {
        return request("gateway", path, body);
    }

    private HttpRequest request(String device, String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(device, "secret"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String device, String path, String body) throws Exception {
        return client.send(request(device, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> postPacked(String path, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", basic("gateway", "secret"))
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String device, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((device + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
