// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The verbs that ask a running platform, against a server that answers as docs/api.md says. */
class ClientVerbsTest {

    private static final String TOKEN = "t0ken";
    private static final String CITY = """
            {"tenant":"pilsen","name":"Plzeň","simulated":true,"sites":[{"id":"park","sensors":[{"id":"door-1",
            "datastreams":[{"id":"door-1-events","resultKind":"EVENT"}]},{"id":"mic-1",
            "datastreams":[{"id":"mic-1-level","resultKind":"QUANTITY"}]}]}]}""";

    @TempDir
    private Path data;

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(data.resolve("run.json"), """
                {"url":"http://127.0.0.1:%d","pid":%d,"mqttPort":1999}""".formatted(
                        server.getAddress().getPort(), ProcessHandle.current().pid()));
        Files.writeString(data.resolve("admin.token"), TOKEN + "\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(body.isEmpty() ? request : request + " " + body);
        boolean isAllowed =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        && "1".equals(exchange.getRequestHeaders().getFirst("X-Polias"));
        String answer = answers.get(request);
        int status = !isAllowed ? 401 : answer == null ? 404 : 200;
        byte[] bytes = (answer == null
                        ? "{\"code\":\"absent\",\"message\":\"There is no such thing.\",\"advice\":\"Maybe list them.\"}"
                        : answer)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Typed typed(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--data", data.toString()));
        return Typed.line(arguments.toArray(String[]::new));
    }

    @Test
    void aNewDeviceComesWithLinesToTryIt() {
        answers.put("POST /api/devices", "{\"device\":\"mic-1\",\"secret\":\"a'b\"}");
        answers.put("GET /api/city", CITY);
        Typed typed = typed("device", "add", "mic-1", "--site", "park");
        assertThat(typed.err()).isEmpty();
        assertThat(asked).startsWith("POST /api/devices {\"device\":\"mic-1\",\"site\":\"park\"}");
        assertThat(typed.out())
                .contains("mosquitto_pub -h 127.0.0.1 -p 1999 -i mic-1 -u mic-1 -P 'a'\\''b' -q 1"
                        + " -t 'v1.1/Datastreams(mic-1-level)/Observations' -m '{\"result\": 42}'")
                .contains("curl -u 'mic-1:a'\\''b' -H 'Content-Type: application/json' -d '{\"result\": 42}'"
                        + " 'http://127.0.0.1:%d/v1.1/Datastreams(mic-1-level)/Observations'"
                                .formatted(server.getAddress().getPort()));
    }

    @Test
    void devicesAreListedInColumns() {
        answers.put("GET /api/devices", """
                [{"device":"a","site":null,"createdAt":"2026-11-21T10:00:00Z","revokedAt":null},
                 {"device":"long-name","site":"park","createdAt":"2026-11-21T11:00:00Z","revokedAt":null}]""");
        assertThat(typed("device", "list").out().lines())
                .containsExactly(
                        "DEVICE     SITE  CREATED               REVOKED",
                        "a          -     2026-11-21T10:00:00Z        -",
                        "long-name  park  2026-11-21T11:00:00Z        -");
        assertThat(typed("device", "list", "--json").out()).contains("\"site\" : null");
    }

    @Test
    void whatThePlatformRefusesIsSaidInItsWords() {
        Typed typed = typed("device", "revoke", "ghost");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(typed.err().lines()).containsExactly("There is no such thing.", "Maybe list them.");
    }

    @Test
    void anExerciseBeginsAndEnds() {
        answers.put("POST /api/exercises/pilsen-shots", "");
        answers.put("DELETE /api/exercises/pilsen-shots", "");
        assertThat(typed("exercise", "pilsen-shots").exitCode()).isZero();
        assertThat(typed("exercise", "pilsen-shots", "--stop").exitCode()).isZero();
        assertThat(asked).containsExactly("POST /api/exercises/pilsen-shots", "DELETE /api/exercises/pilsen-shots");
    }

    @Test
    void theExerciseThatRunsEndsAlsoWithoutItsName() {
        String offers = "[{\"id\":\"pilsen-crush\",\"running\":false},{\"id\":\"pilsen-shots\",\"running\":%s}]";
        answers.put("GET /api/exercises", offers.formatted(true));
        answers.put("DELETE /api/exercises/pilsen-shots", "");
        assertThat(typed("exercise", "--stop").out()).contains("pilsen-shots is ended");
        answers.put("GET /api/exercises", offers.formatted(false));
        Typed none = typed("exercise", "--stop");
        assertThat(none.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(none.err()).contains("No exercise is running.");
    }

    @Test
    void timesAreGivenToTheSecondAndInJsonWhole() {
        answers.put("GET /api/devices", """
                [{"device":"a","site":null,"createdAt":"2026-11-21T10:00:00.123456Z","revokedAt":null}]""");
        assertThat(typed("device", "list").out()).contains(" 2026-11-21T10:00:00Z ");
        assertThat(typed("device", "list", "--json").out()).contains("2026-11-21T10:00:00.123456Z");
    }

    @Test
    void aUserIsAddedWithAGeneratedPassword() {
        answers.put("POST /api/users", "");
        Typed typed = typed("user", "add", "eva", "--name", "Eva Nová", "--role", "operator,supervisor", "--generate");
        assertThat(typed.err()).isEmpty();
        String password = typed.out()
                .lines()
                .filter(line -> line.startsWith("password"))
                .map(line -> line.substring("password".length()).strip())
                .findFirst()
                .orElseThrow();
        assertThat(password).hasSize(20);
        assertThat(asked.getFirst())
                .isEqualTo("POST /api/users {\"user\":\"eva\",\"name\":\"Eva Nová\","
                        + "\"roles\":[\"operator\",\"supervisor\"],\"password\":\"" + password + "\"}");
    }

    @Test
    void withoutATerminalAPasswordMustComeSomeOtherWay() {
        Typed typed = typed("user", "passwd", "eva");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("Maybe use --generate or --password-stdin.");
        assertThat(asked).isEmpty();
    }

    @Test
    void theQuarantineIsListedShownAndReplayed() {
        answers.put("GET /api/quarantine?limit=50&reason=malformed", """
                [{"id":"q1","device":"mic-1","receivedAt":"2026-11-21T10:00:00Z","way":"mqtt","address":"v1.1/x",
                  "reason":"malformed","detail":"no result","payload":"{","truncated":false,"replayedAt":null}]""");
        answers.put("GET /api/quarantine/q1", """
                {"id":"q1","device":"mic-1","receivedAt":"2026-11-21T10:00:00Z","way":"mqtt","address":"v1.1/x",
                 "reason":"malformed","detail":"no result","payload":"{\\u001b[2J","truncated":true,"replayedAt":null}""");
        answers.put("POST /api/quarantine/replay?reason=malformed", """
                {"accepted":2,"duplicates":1,"rejected":[{"code":"malformed","message":"still no result"}]}""");
        assertThat(typed("quarantine", "list", "--reason", "malformed").out())
                .contains("q1")
                .contains("v1.1/x");
        assertThat(typed("quarantine", "show", "q1").out())
                .contains("mqtt v1.1/x")
                .contains("only the beginning")
                .doesNotContain("\u001b");
        Typed replayed = typed("quarantine", "replay", "--reason", "malformed");
        assertThat(replayed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(replayed.out())
                .contains("2 accepted, 1 duplicates, 1 refused again")
                .contains("still no result");
    }

    @Test
    void aReasonThatDoesNotExistIsWrongUsage() {
        Typed typed = typed("quarantine", "list", "--reason", "ugly");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("There is no reason 'ugly'").contains("unknown-sensor");
    }

    @Test
    void theStatusTellsHowItIs() {
        answers.put("GET /api/city", CITY);
        answers.put("GET /api/admissions", """
                {"since":"2026-11-21T10:00:00Z","accepted":10,"duplicate":1,"deferred":0,"unauthenticated":0,
                 "rejected":{"malformed":2,"late":0}}""");
        answers.put("GET /api/stats", "{\"stored\":9,\"silent\":1,\"devices\":3}");
        answers.put("GET /api/incidents?scope=live&limit=1000", "[{\"level\":\"HIGH\"},{\"level\":\"HIGH\"}]");
        assertThat(typed("status").out())
                .contains("Plzeň (simulated)")
                .contains("2 (malformed 2)")
                .contains("2 (high 2)");
        assertThat(typed("status", "--json").out()).contains("\"stored\" : 9");
    }

    @Test
    void withoutAPlatformThereIsAdvice(@TempDir Path empty) {
        Typed typed = Typed.line("status", "--data", empty.toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(typed.err()).contains("No platform runs on " + empty).contains("Maybe start it with './polias up'");
    }

    @Test
    void aPlatformThatDiedIsNotRunning() throws IOException, InterruptedException {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(
                data.resolve("run.json"), "{\"url\":\"http://127.0.0.1:1\",\"pid\":%d}".formatted(ended.pid()));
        Typed typed = typed("status");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(typed.err()).contains("is gone");
    }

    @Test
    void aPlatformThatDoesNotAnswerIsNotRunning() {
        server.stop(0);
        Typed typed = typed("status");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(typed.err()).contains("does not answer").contains("nobody listens there");
    }
}
