// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.app.system.Await;
import org.polias.app.system.Launcher;
import org.polias.app.system.PlatformProcess;
import org.polias.app.system.PlatformProcess.Answer;
import org.polias.app.system.SmallCity;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

/** Everything of {@code docs/ingest.md} that a device can meet, through real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IngestE2eIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LEVEL = SmallCity.sound("north", 0);
    private static final String COUNT = SmallCity.count("north", 0);
    private static final String NETWORK = SmallCity.network("north");
    private static final String DOOR = SmallCity.door("north");
    private static final String NOT_YET = "north-new-level";
    private static final String ODD = "north-odd";

    private Path work;
    private Path eve;
    private PlatformProcess platform;
    private HttpDevice device;
    private HttpDevice southern;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        work = folder;
        eve = folder.resolve("eve.json");
        platform = PlatformProcess.ofSmallCity(folder, "--durability", "process", "--follow-eve", NETWORK + "=" + eve);
        Files.writeString(
                folder.resolve("city/datastreams.csv"),
                "%s,north-mic-0,Odd,odd-thing,count,,,,%n".formatted(ODD),
                StandardOpenOption.APPEND);
        platform.start().awaitReady();
        device = HttpDevice.added(platform, "tester");
        southern = HttpDevice.addedAt(platform, "southern", "south");
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    /** What comes over HTTP and is refused: with its code and status, counted under its name, and kept. */
    @ParameterizedTest
    @Order(1)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // path of the way in | body | status | code
                "DS(north-mic-0-level) | {\"result\": 1              | 400 | malformed",
                "DS(north-mic-0-level) | ``                          | 400 | malformed",
                "DS(north-mic-0-level) | []                          | 400 | malformed",
                "DS(north-mic-0-level) | [1, 2]                      | 400 | malformed",
                "DS(north-mic-0-level) | null                        | 400 | malformed",
                "DS(north-mic-0-level) | {}                          | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": NaN}           | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": 1, \"result\": 2} | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": 1}{\"result\": 2} | 400 | malformed",
                "DS(north-mic-0-level) | [[[[[[[[[[[[[[[[[[[[[[[[       | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": 1, \"phenomenonTime\": \"yesterday\"} | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": 1, \"phenomenonTime\": \"2026-11-21T10:00:00\"} | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": 1, \"resultQuality\": \"meh\"} | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": 1, \"Datastream\": {\"@iot.id\": \"north-mic-1-level\"}} | 400 | malformed",
                "/v1.1/Observations | {\"result\": 1}                | 400 | malformed",
                "/v1.1/CreateObservations | {\"result\": 1}          | 400 | malformed",
                "/v1/eve/north-ids-events | nonsense                 | 400 | malformed",
                "/v1/eve/north-ids-events | {\"event_type\": \"alert\"} | 400 | malformed",
                "/v1/events/north-door-events | {\"door\": 1}        | 400 | malformed",
                "DS(north-mic-0-level) | {\"result\": \"loud\"}      | 400 | wrong-result",
                "DS(north-mic-0-level) | {\"result\": null}          | 400 | wrong-result",
                "DS(north-mic-0-level) | {\"result\": 1e999}         | 400 | wrong-result",
                "DS(north-mic-0-level) | {\"result\": true}          | 400 | wrong-result",
                "DS(north-cam-0-count) | {\"result\": -1}            | 400 | wrong-result",
                "DS(north-cam-0-count) | {\"result\": 2.5}           | 400 | wrong-result",
                "DS(north-mic-0-level) | {\"result\": 1, \"phenomenonTime\": \"2020-01-01T00:00:00Z\"} | 400 | late",
                "DS(north-mic-0-level) | {\"result\": 1, \"phenomenonTime\": \"2190-01-01T00:00:00Z\"} | 400 | future-dated",
                "DS(nowhere) | {\"result\": 1}                       | 404 | unknown-sensor",
                "/v1/eve/nowhere | {\"timestamp\": \"2026-01-01T00:00:00.0+0000\", \"event_type\": \"dns\"} | 404 | unknown-sensor",
                "/v1.1/Things | {}                                   | 404 | unknown-topic",
                "/v1/nothing | {}                                    | 404 | unknown-topic",
            })
    void whatIsRefusedIsAnsweredCountedAndKept(String where, String body, int status, String code) {
        String path = where.startsWith("DS") ? "/v1.1/Datastreams" + where.substring(2) + "/Observations" : where;
        long before = rejected(code);
        String sent = body == null ? "" : body;

        Answer answer = device.post(path, sent);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertIsSaidPlainly(answer.json());
        assertThat(rejected(code)).isGreaterThan(before);
        JsonNode kept = awaitQuarantined(code, path, sent);
        assertThat(kept.path("device").asText()).isEqualTo("tester");
        assertThat(kept.path("way").asText()).isEqualTo("http");
        assertThat(kept.path("detail").asText())
                .startsWith(answer.json().path("message").asText());
        assertThat(platform.get("/api/quarantine/" + kept.path("id").asText())).isEqualTo(kept);
    }

    @Test
    @Order(2)
    void aDeviceOfOneSiteMayNotWriteAtAnother() {
        long before = rejected("forbidden");
        Answer answer = southern.observe(LEVEL, "{\"result\": 50.25}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("code").asText()).isEqualTo("forbidden");
        assertThat(rejected("forbidden")).isEqualTo(before + 1);
        awaitQuarantined("forbidden", "", "{\"result\": 50.25}");
        assertThat(southern.observe(SmallCity.sound("south", 0), "{\"result\": 50}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    @Order(2)
    void aBodyThatIsTooLargeIsOversizedWhetherItSaysSoOrNot() throws IOException {
        long before = rejected("oversized");
        byte[] large = new byte[(16 << 20) + 1];
        String path = "/v1.1/Datastreams(%s)/Observations".formatted(LEVEL);
        assertOversized(device.post(path, BodyPublishers.ofByteArray(large)));
        // Of no stated length: chunked.
        assertOversized(device.post(path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        assertThat(rejected("oversized")).isEqualTo(before + 2);
        JsonNode kept = awaitQuarantined("oversized", path, "");
        assertThat(kept.path("truncated").asBoolean()).isTrue();
        Answer replayed = platform.post(
                "/api/quarantine/%s/replay".formatted(kept.path("id").asText()), "");
        assertThat(replayed.json().path("rejected").path(0).path("code").asText())
                .isEqualTo("oversized");
    }

    @Test
    @Order(2)
    void aPackedBodyIsUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"result\": 44}".getBytes(StandardCharsets.UTF_8));
        }
        Answer answer = device.post(
                "/v1.1/Datastreams(%s)/Observations".formatted(LEVEL),
                BodyPublishers.ofByteArray(packed.toByteArray()),
                "Content-Encoding",
                "gzip");
        assertThat(answer.text()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
    }

    @Test
    @Order(2)
    void whatIsSentTwiceCountsOnce() {
        long before = platform.get("/api/admissions").path("duplicate").asLong();
        String body = "{\"result\": 51, \"parameters\": {\"id\": \"seq-1\"}}";
        assertThat(device.observe(LEVEL, body).text()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        Answer again = device.observe(LEVEL, body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo("{\"accepted\":0,\"duplicates\":1}");
        assertThat(platform.get("/api/admissions").path("duplicate").asLong()).isEqualTo(before + 1);
    }

    @Test
    @Order(2)
    void ofSeveralTheGoodAreTakenAndTheOthersNamed() {
        Answer answer = device.observe(
                LEVEL,
                "[{\"result\": 52, \"@iot.id\": 1}, {\"result\": \"x\"}, {\"result\": 52, \"@iot.id\": 1},"
                        + " {\"result\": 53, \"phenomenonTime\": \"2020-01-01T00:00:00Z\"}]");
        assertThat(answer.status()).isEqualTo(207);
        JsonNode body = answer.json();
        assertThat(body.path("accepted").asInt()).isEqualTo(1);
        assertThat(body.path("duplicates").asInt()).isEqualTo(1);
        assertThat(body.path("rejected").findValuesAsText("index")).containsExactly("1", "3");
        assertThat(body.path("rejected").findValuesAsText("code")).containsExactly("wrong-result", "late");
    }

    @Test
    @Order(2)
    void everyWayInOfTheDocumentTakesWhatItSays() {
        String now = Instant.now().toString();
        assertThat(device.post(
                                "/v1.1/Observations",
                                "{\"phenomenonTime\": \"%s\", \"result\": 48.5, \"resultQuality\": \"good\", \"Datastream\": {\"@iot.id\": \"%s\"}}"
                                        .formatted(now, SmallCity.sound("north", 1)))
                        .status())
                .isEqualTo(201);
        Answer dataArray = device.post(
                "/v1.1/CreateObservations",
                "[{\"Datastream\": {\"@iot.id\": \"%s\"}, \"components\": [\"phenomenonTime\", \"result\"], \"dataArray@iot.count\": 2, \"dataArray\": [[\"%s\", 12], [\"%s\", 13]]}]"
                        .formatted(COUNT, now, now));
        assertThat(dataArray.text()).isEqualTo("{\"accepted\":2,\"duplicates\":0}");
        assertThat(device.post(
                                "/v1/events/" + DOOR,
                                "{\"type\": \"access.granted\", \"id\": \"e1\", \"credential\": \"c-7\"}")
                        .status())
                .isEqualTo(201);
        Await.until("the credential is in the history", PATIENCE, () -> platform.get(
                        "/api/datastreams/%s/observations?limit=5".formatted(DOOR))
                .findValuesAsText("credential")
                .contains("c-7"));
    }

    @Test
    @Order(2)
    void whoeverIsUnknownIsRefusedAndCounted() {
        long before = platform.get("/api/admissions").path("unauthenticated").asLong();
        Answer wrong = new HttpDevice(platform, "tester", "wrong").observe(LEVEL, "{\"result\": 1}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("code").asText()).isEqualTo("unauthenticated");
        assertThat(new HttpDevice(platform, "nobody", device.secret())
                        .observe(LEVEL, "{\"result\": 1}")
                        .status())
                .isEqualTo(401);
        Mqtt3ConnAckException refused = catchThrowableOfType(
                Mqtt3ConnAckException.class, () -> mqtt3("tester", "wrong").connect());
        assertThat(refused.getMqttMessage().getReturnCode())
                .isEqualTo(Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(platform.get("/api/admissions").path("unauthenticated").asLong())
                .isEqualTo(before + 3);
    }

    @Test
    @Order(2)
    void aRevokedDeviceIsCutOffAndStaysOut() throws Exception {
        HttpDevice doomed = HttpDevice.added(platform, "doomed");
        CompletableFuture<Void> cut = new CompletableFuture<>();
        Mqtt3BlockingClient live = MqttClient.builder()
                .useMqttVersion3()
                .identifier("doomed")
                .serverHost("127.0.0.1")
                .serverPort(platform.mqttPort())
                .simpleAuth()
                .username("doomed")
                .password(doomed.secret().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .addDisconnectedListener(_ -> cut.complete(null))
                .buildBlocking();
        live.connect();
        publish(live, "v1.1/Datastreams(%s)/Observations".formatted(LEVEL), "{\"result\": 47.125}");

        assertThat(platform.send("DELETE", "/api/devices/doomed", "").status()).isEqualTo(204);

        cut.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(doomed.observe(LEVEL, "{\"result\": 1}").status()).isEqualTo(401);
        assertThatThrownBy(() -> mqtt3("doomed", doomed.secret()).connect()).isInstanceOf(Mqtt3ConnAckException.class);
    }

    @Test
    @Order(2)
    void overMqttTheSameIsRefusedAndKeptAndTheDeviceGoesOn() {
        Mqtt5BlockingClient client = mqtt5("tester-mqtt");
        client.connect();
        String topic = "v1.1/Datastreams(%s)/Observations".formatted(LEVEL);
        assertMqttRefused(client, topic, "{\"result\": \"mqtt\"}", "wrong-result");
        assertMqttRefused(client, topic, "mqtt {", "malformed");
        assertMqttRefused(client, "v1.1/Datastreams(mqtt)/Observations", "{\"result\": 1}", "unknown-sensor");
        assertMqttRefused(client, "mqtt/nowhere", "{\"result\": 1}", "unknown-topic");
        assertMqttRefused(client, topic, "{\"result\": 5, \"phenomenonTime\": \"2021-01-01T00:00:00Z\"}", "late");
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"result\": 46.875}".getBytes(StandardCharsets.UTF_8))
                .send();
        Await.until("the observation is in the history", PATIENCE, () -> results(LEVEL)
                .contains("46.875"));
        client.disconnect();
    }

    @Test
    @Order(2)
    void anOversizedPacketIsCountedAndEndsTheConnection() {
        long before = rejected("oversized");
        Mqtt3BlockingClient client = mqtt3("tester", device.secret());
        client.connect();
        byte[] large = new byte[(1 << 20) + 65_536];
        assertThatThrownBy(() -> client.publishWith()
                        .topic("v1.1/Observations")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(large)
                        .send())
                .isInstanceOf(RuntimeException.class);
        Await.until("it is counted", PATIENCE, () -> rejected("oversized") == before + 1);
    }

    /** Suricata's lines over all three ways; they are years old, which an alert may be. */
    @Test
    @Order(3)
    void alertsOfYearsAgoBecomeIncidentsWhoseLedgerAddsUp() throws IOException {
        String over = alert("2019-03-04T10:00:0%d.000001+0000", "10.0.0.9", "ET EXPLOIT over HTTP", 9_000_101);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add(over.formatted(i));
        }
        Answer answer = device.post("/v1/eve/" + NETWORK, String.join("\n", lines) + "\n");
        assertThat(answer.text()).isEqualTo("{\"accepted\":6,\"duplicates\":0}");
        assertThat(device.post("/v1/eve/" + NETWORK, String.join("\n", lines)).text())
                .isEqualTo("{\"accepted\":0,\"duplicates\":6}");

        Mqtt3BlockingClient client = mqtt3("tester", device.secret());
        client.connect();
        publish(
                client,
                "v1/eve/" + NETWORK,
                alert("2020-05-06T11:00:00.000002+0000", "10.0.0.10", "ET EXPLOIT over MQTT", 9_000_102));
        client.disconnect();

        // Followed, across a rotation and a truncation.
        Files.writeString(
                eve, alert("2021-01-02T03:04:05.000003+0000", "10.0.0.11", "in the first file", 9_000_103) + "\n");
        awaitAlert("in the first file");
        Files.move(eve, eve.resolveSibling("eve.json.1"));
        Files.writeString(
                eve, alert("2021-01-02T04:04:05.000004+0000", "10.0.0.12", "after the rotation", 9_000_104) + "\n");
        awaitAlert("after the rotation");
        Files.writeString(eve, alert("2021-01-02T05:04:05.5+0000", "10.0.0.13", "truncated", 9_000_105) + "\n");
        awaitAlert("truncated");

        Await.until("there are incidents of 2019, 2020 and 2021", PATIENCE, this::incidentsAsText, () -> {
            List<String> starts = platform.get("/api/incidents?scope=all").findValuesAsText("startedAt");
            return List.of("2019-03-04", "2020-05-06", "2021-01-02").stream()
                    .allMatch(day -> starts.stream().anyMatch(start -> start.startsWith(day)));
        });
        for (JsonNode summary : platform.get("/api/incidents?scope=all")) {
            JsonNode incident =
                    platform.get("/api/incidents/" + summary.path("id").asText());
            assertThat(incident.path("hypotheses")).isNotEmpty();
            for (JsonNode hypothesis : incident.path("hypotheses")) {
                double sum = StreamSupport.stream(incident.path("ledger").spliterator(), false)
                        .mapToDouble(line -> line.path("weights")
                                .path(hypothesis.path("type").asText())
                                .asDouble())
                        .sum();
                assertThat(sum).isCloseTo(hypothesis.path("logOdds").asDouble(), offset(1e-9));
            }
            // Event time is the alert's, arrival is now.
            Instant opened = Instant.parse(incident.path("openedAt").asText());
            assertThat(Duration.between(opened, Instant.now())).isLessThan(Duration.ofHours(1));
            assertThat(Instant.parse(incident.path("lastEvidenceAt").asText())).isBefore(opened);
            assertThat(incident.path("timeline").size())
                    .isEqualTo(incident.path("sequence").asInt());
        }
    }

    /** What was refused is taken in once the cause is mended: by the API, by the command line, of one or of a reason. */
    @Test
    @Order(9)
    void onceTheCauseIsMendedWhatWasRefusedIsTakenIn() throws IOException {
        assertThat(device.observe(NOT_YET, "{\"result\": 61.5}").status()).isEqualTo(404);
        assertThat(device.observe(ODD, "{\"result\": 7.5}").status()).isEqualTo(400);
        assertThat(device.observe(LEVEL, "{\"result\": 45.5, \"phenomenonTime\": \"2022-02-02T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
        String unknown = awaitQuarantined("unknown-sensor", NOT_YET, "{\"result\": 61.5}")
                .path("id")
                .asText();
        String wrong = awaitQuarantined("wrong-result", "", "{\"result\": 7.5}")
                .path("id")
                .asText();
        String late = awaitQuarantined("late", "", "2022-02-02").path("id").asText();
        String malformed =
                awaitQuarantined("malformed", "", "{\"result\": 1").path("id").asText();

        // An administrator may take in what is late.
        assertThat(replay(late).text()).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[],\"omitted\":0}");
        assertThat(replay(late).text()).isEqualTo("{\"accepted\":0,\"duplicates\":1,\"rejected\":[],\"omitted\":0}");
        assertThat(platform.get("/api/quarantine/" + late).path("replayedAt").asText())
                .isNotEqualTo("null");
        // What is broken remains broken, and is not kept twice.
        int held = platform.get("/api/quarantine?limit=1000").size();
        Answer still = replay(malformed);
        assertThat(still.json().path("rejected").path(0).path("code").asText()).isEqualTo("malformed");
        // Not mended yet.
        assertThat(replay(unknown).json().path("rejected").path(0).path("code").asText())
                .isEqualTo("unknown-sensor");

        // A 201 before the kill survives it.
        assertThat(device.observe(LEVEL, "{\"result\": 43.4375, \"@iot.id\": \"durable\"}")
                        .status())
                .isEqualTo(201);
        platform.kill9();
        Path datastreams = work.resolve("city/datastreams.csv");
        String mended = Files.readString(datastreams).replace("Odd,odd-thing,count", "Odd,odd-thing,quantity")
                + "%s,north-mic-0,New,sound-level,quantity,dB,,20,140%n".formatted(NOT_YET);
        Files.writeString(datastreams, mended);
        platform.start().awaitReady();

        assertThat(results(LEVEL)).contains("43.4375");
        assertThat(replay(unknown).text()).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[],\"omitted\":0}");
        Launcher.Outcome shown = polias("quarantine", "show", wrong);
        assertThat(shown.out()).contains("wrong-result").contains("{\"result\": 7.5}");
        Launcher.Outcome replayed = polias("quarantine", "replay", wrong);
        assertThat(replayed.exitCode()).as(replayed.out() + replayed.err()).isZero();
        Await.until(
                "both are in the history",
                PATIENCE,
                () -> results(NOT_YET).contains("61.5") && results(ODD).contains("7.5"));
        Launcher.Outcome all = polias("quarantine", "replay", "--reason", "forbidden");
        assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
        Await.until("what was forbidden is in the history", PATIENCE, () -> results(LEVEL)
                .contains("50.25"));
        assertThat(platform.get("/api/quarantine?limit=1000").size()).isEqualTo(held);
        assertThat(polias("quarantine", "list").out()).contains(wrong);
        assertThat(platform.errors()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private Answer replay(String id) {
        return platform.post("/api/quarantine/%s/replay".formatted(id), "");
    }

    private Launcher.Outcome polias(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", platform.data().toString()));
        return Launcher.run(work, Duration.ofSeconds(60), all.toArray(String[]::new));
    }

    private void assertMqttRefused(Mqtt5BlockingClient client, String topic, String payload, String code) {
        long before = rejected(code);
        // Acknowledged, so that it is not sent for ever; to an MQTT 5 client with the reason.
        assertThatThrownBy(() -> client.publishWith()
                        .topic(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .send())
                .isInstanceOf(Mqtt5PubAckException.class);
        assertThat(rejected(code)).isEqualTo(before + 1);
        JsonNode kept = awaitQuarantined(code, topic, payload);
        assertThat(kept.path("way").asText()).isEqualTo("mqtt");
        assertThat(client.getState().isConnected()).isTrue();
    }

    private static void assertOversized(Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("code").asText()).isEqualTo("oversized");
    }

    /** Our words, not those of a class library. */
    private static void assertIsSaidPlainly(JsonNode error) {
        assertThat(error.path("message").asText())
                .isNotBlank()
                .doesNotContain("Source:")
                .doesNotContain("java.")
                .doesNotContain("Exception")
                .doesNotContain("\n");
        if (error.has("advice")) {
            assertThat(error.path("advice").asText()).startsWith("Maybe ");
        }
    }

    private long rejected(String code) {
        return platform.get("/api/admissions").path("rejected").path(code).asLong(-1);
    }

    private JsonNode awaitQuarantined(String code, String address, String payload) {
        return Await.value(
                "'%s' sent to %s is in quarantine as %s".formatted(payload, address, code),
                PATIENCE,
                () -> platform.get("/api/quarantine?limit=10").toPrettyString(),
                () -> StreamSupport.stream(
                                platform.get("/api/quarantine?limit=1000&reason=" + code)
                                        .spliterator(),
                                false)
                        .filter(kept -> kept.path("address").asText().contains(address)
                                && isPayload(kept.path("payload").asText(), payload))
                        .findFirst());
    }

    /** Of several, each item is kept by itself, without the space between them. */
    private static boolean isPayload(String kept, String sent) {
        return sent.isEmpty() ? kept.isEmpty() : kept.replace(" ", "").contains(sent.replace(" ", ""));
    }

    private List<String> results(String datastream) {
        return platform.get("/api/datastreams/%s/observations?limit=1000".formatted(datastream))
                .findValuesAsText("result");
    }

    private void awaitAlert(String signature) {
        Await.until("the alert '%s' is in the history".formatted(signature), PATIENCE, () -> platform.get(
                        "/api/datastreams/%s/observations?limit=100".formatted(NETWORK))
                .toString()
                .contains(signature));
    }

    private String incidentsAsText() {
        return platform.get("/api/incidents?scope=all").toPrettyString();
    }

    private static String alert(String time, String from, String signature, int rule) {
        return "{\"timestamp\":\"%s\",\"flow_id\":7,\"in_iface\":\"eth0\",\"event_type\":\"alert\",\"src_ip\":\"%s\",\"src_port\":4444,\"dest_ip\":\"10.0.3.3\",\"dest_port\":443,\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":%d,\"rev\":1,\"signature\":\"%s\",\"category\":\"Attempted Administrator Privilege Gain\",\"severity\":1}}"
                .formatted(time, from, rule, signature);
    }

    private static void publish(Mqtt3BlockingClient client, String topic, String payload) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private Mqtt3BlockingClient mqtt3(String name, String secret) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(name + "-" + System.nanoTime())
                .serverHost("127.0.0.1")
                .serverPort(platform.mqttPort())
                .simpleAuth()
                .username(name)
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }

    private Mqtt5BlockingClient mqtt5(String identifier) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(identifier)
                .serverHost("127.0.0.1")
                .serverPort(platform.mqttPort())
                .simpleAuth()
                .username(device.name())
                .password(device.secret().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }
}
