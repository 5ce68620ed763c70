// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.app.system.Await;
import org.polias.app.system.PlatformProcess;
import org.polias.app.system.SmallCity;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Everything of {@code docs/api.md}, as a person's browser and as an attacker's meet it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiE2eIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "four words make one";

    private PlatformProcess platform;
    private Person admin;
    private Person operator;
    private String incident = "";

    @BeforeAll
    void start(@TempDir Path work) {
        platform = PlatformProcess.ofSmallCity(work, "--durability", "process");
        platform.start().awaitReady();
        admin = Person.signedIn(platform, "admin", platform.adminPassword());
        addUser("olga", "operator");
        operator = Person.signedIn(platform, "olga", PASSWORD);
        HttpDevice ids = HttpDevice.added(platform, "ids");
        ids.post("/v1/eve/" + SmallCity.network("north"), alert("10.0.0.9", 1));
        ids.post("/v1/eve/" + SmallCity.network("north"), alert("10.0.0.9", 2));
        incident = Await.value("there is an incident", PATIENCE, platform::said, () -> {
            JsonNode live = Person.json(operator.get("/api/incidents"));
            return live.isEmpty()
                    ? Optional.empty()
                    : Optional.of(live.path(0).path("id").asText());
        });
    }

    @AfterAll
    void stop() {
        String errors = platform.errors();
        platform.close();
        assertThat(errors).doesNotContain("\tat ");
    }

    @Test
    void whatNeedsNoSignInSaysNoMoreThanItMust() {
        JsonNode options = Person.json(new Person(platform).get("/api/session/options"));
        assertThat(options.toString()).isEqualTo("{\"oidc\":null,\"city\":\"Smallville\",\"simulated\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/session",
                "/api/city",
                "/api/incidents",
                "/api/incidents/I-1",
                "/api/campaigns",
                "/api/campaigns/C-1",
                "/api/users",
                "/api/devices",
                "/api/quarantine",
                "/api/quarantine/Q-1",
                "/api/admissions",
                "/api/stats",
                "/api/exercises",
                "/api/datastreams/north-mic-0-level/observations"
            })
    void withoutSignInThereIsNothingToSee(String path) {
        assertRefused(new Person(platform).get(path), 401, "unauthenticated");
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOfOtherSites() {
        HttpResponse<String> answer = new Person(platform).signIn("olga", PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Person.json(answer).path("roles").toString()).isEqualTo("[\"operator\"]");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("polias_session=")
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .doesNotContain("Secure");
    }

    @Test
    void behindAProxyThatSpeaksTlsTheCookieGoesOverTlsAlone() {
        Person person = new Person(platform);
        HttpResponse<String> answer = person.send(person.request("/api/session")
                .header("X-Polias", "1")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user\": \"olga\", \"password\": \"%s\"}".formatted(PASSWORD))));

        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
    }

    @Test
    void aSessionEndsWhenItIsSaidAndWhenThePasswordChanges() {
        addUser("ends", "operator");
        Person one = Person.signedIn(platform, "ends", PASSWORD);
        assertThat(one.send("DELETE", "/api/session", "").statusCode()).isEqualTo(204);
        assertThat(one.get("/api/session").statusCode()).isEqualTo(401);

        Person two = Person.signedIn(platform, "ends", PASSWORD);
        assertThat(admin.send("PUT", "/api/users/ends/password", "{\"password\": \"another four words\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(two.get("/api/session").statusCode()).isEqualTo(401);

        Person three = Person.signedIn(platform, "ends", "another four words");
        assertThat(admin.send("DELETE", "/api/users/ends", "").statusCode()).isEqualTo(204);
        assertThat(three.get("/api/session").statusCode()).isEqualTo(401);
        assertRefused(three.signIn("ends", "another four words"), 401, "bad-credentials");
        assertThat(Person.json(admin.get("/api/users")).toString())
                .contains("{\"user\":\"ends\",\"name\":\"ends\",\"roles\":[\"operator\"],\"disabled\":true}");
    }

    @Test
    void guessingIsSlowedDownAndWhoeverKnowsTheirPasswordStaysIn() {
        addUser("victim", "operator");
        Person signedInBefore = Person.signedIn(platform, "victim", PASSWORD);
        Person guesser = new Person(platform);
        assertRefused(guesser.signIn("nobody-of-this-name", "wrong wrong"), 401, "bad-credentials");
        for (int i = 0; i < 5; i++) {
            assertRefused(guesser.signIn("victim", "wrong wrong"), 401, "bad-credentials");
        }
        HttpResponse<String> answer = guesser.signIn("victim", "wrong wrong");
        assertRefused(answer, 429, "too-many-attempts");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(signedInBefore.get("/api/session").statusCode()).isEqualTo(200);
        Await.until(
                "the pause is over",
                PATIENCE,
                () -> guesser.signIn("victim", PASSWORD).statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/devices",
        "GET, /api/devices",
        "DELETE, /api/devices/ids",
        "POST, /api/users",
        "PUT, /api/users/admin/password",
        "DELETE, /api/users/admin",
        "GET, /api/quarantine",
        "POST, /api/quarantine/replay",
        "POST, /api/exercises/any"
    })
    void anOperatorMayNot(String method, String path) {
        assertRefused(operator.send(method, path, method.equals("POST") ? "{}" : ""), 403, "forbidden");
    }

    @Test
    void aForeignPageCanDoNothing() {
        // Its form cannot send the header, nor can its script without being allowed to.
        assertRefused(
                admin.send(admin.request("/api/devices").POST(BodyPublishers.ofString("{\"device\": \"evil\"}"))),
                403,
                "header-missing");
        assertRefused(
                admin.send(admin.request("/api/devices")
                        .header("X-Polias", "1")
                        .header("Origin", "http://evil.example")
                        .POST(BodyPublishers.ofString("{\"device\": \"evil\"}"))),
                403,
                "foreign-origin");
        assertRefused(admin.send(admin.request("/api/city").header("Origin", "null")), 403, "foreign-origin");
        HttpResponse<String> preflight = admin.send(admin.request("/api/devices")
                .header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(Person.json(admin.get("/api/devices")).findValuesAsText("device"))
                .doesNotContain("evil");
        assertThat(admin.send(admin.request("/api/city")
                                .header("Origin", platform.url().toString()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theLiveSocketWantsASignInAndAPageOfOursAndGivesTheStateFirst() throws InterruptedException {
        assertThat(handshakeRefused(new Person(platform), platform.url().toString()))
                .isEqualTo(401);
        assertThat(handshakeRefused(operator, "http://evil.example")).isEqualTo(403);
        try (Person.Live live = operator.live(platform.url().toString())) {
            JsonNode state = live.next();
            assertThat(state.path("type").asText()).isEqualTo("state");
            assertThat(state.path("incidents").findValuesAsText("id")).contains(incident);
            assertThat(state.fieldNames())
                    .toIterable()
                    .contains("now", "exercise", "incidents", "readings", "health", "stats");
            assertThat(live.next("stats").path("accepted").asLong()).isPositive();
            command("{\"command\": \"note\", \"text\": \"seen live\"}");
            assertThat(live.next("incident").path("incident").path("id").asText())
                    .isEqualTo(incident);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/incidents/I-ZZZZZZZZZZZZ",
                "/api/incidents/nonsense",
                "/api/incidents/%00",
                "/api/datastreams/nowhere/observations",
                "/api/quarantine/nothing",
                "/api/nothing",
                "/nothing",
                "/api/oidc/start",
                "/v1.1/Things",
                "/q/dev"
            })
    void whatDoesNotExistIsNotFound(String path) {
        assertRefused(admin.get(path), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/incidents?limit=0            | limit 0",
                "/api/incidents?limit=many         | many",
                "/api/incidents?scope=none         | scope",
                "/api/quarantine?reason=none       | reason",
                "/api/datastreams/north-mic-0-level/observations?from=then | 'then'",
                "/api/datastreams/north-mic-0-level/observations?limit=0   | limit 0",
            })
    void parametersThatMakeNoSenseAreNamed(String path, String named) {
        HttpResponse<String> answer = admin.get(path);
        assertRefused(answer, 400, "bad-request");
        assertThat(Person.json(answer).path("message").asText()).contains(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"command\": \"note\"            | line 1, column",
                "nonsense                          | line 1, column",
                "[]                                | The body",
                "{\"command\": {\"x\": 1}}         | 'command'",
                "{}                                | 'command'",
                "{\"command\": \"explode\"}        | explode",
                "{\"command\": \"assign\"}         | 'to'",
                "{\"command\": \"note\"}           | 'text'",
                "{\"command\": \"split\"}          | 'evidence'",
                "{\"command\": \"split\", \"evidence\": [null]} | 'evidence'",
                "{\"command\": \"split\", \"evidence\": \"all\"} | 'evidence'",
                "{\"command\": \"dismiss\"}        | 'reason'",
                "{\"command\": \"dismiss\", \"reason\": \"bored\"} | bored",
            })
    void aBodyThatMakesNoSenseIsRefusedWithThePlace(String body, String named) {
        HttpResponse<String> answer = operator.send("POST", "/api/incidents/%s/commands".formatted(incident), body);
        assertRefused(answer, 400, "bad-request");
        assertThat(Person.json(answer).path("message").asText()).contains(named);
    }

    @Test
    void anIncidentsLifeIsCommandedAndWhatCannotBeIsRefused() {
        long before = Person.json(operator.get("/api/incidents/" + incident))
                .path("sequence")
                .asLong();
        assertThat(command("{\"command\": \"acknowledge\"}").path("sequence").asLong())
                .isGreaterThan(before);
        HttpResponse<String> again = tryCommand("{\"command\": \"acknowledge\"}");
        assertRefused(again, 409, "refused");
        assertThat(Person.json(again).path("message").asText()).contains("olga");
        assertRefused(tryCommand("{\"command\": \"reopen\"}"), 409, "refused");
        assertRefused(tryCommand("{\"command\": \"merge\", \"target\": \"%s\"}".formatted(incident)), 409, "refused");
        HttpResponse<String> split = tryCommand("{\"command\": \"split\", \"evidence\": [\"evidence/not/of/it\"]}");
        assertRefused(split, 409, "refused");
        assertThat(Person.json(split).path("message").asText()).contains("evidence/not/of/it");
        assertRefused(tryCommand("{\"command\": \"assign\", \"to\": \"nobody\"}"), 404, "not-found");
        command("{\"command\": \"assign\", \"to\": \"olga\"}");
        command("{\"command\": \"note\", \"text\": \"<b>a note</b>\"}");
        command("{\"command\": \"dismiss\", \"reason\": \"FALSE_ALARM\", \"note\": \"a scan of ours\"}");
        assertRefused(tryCommand("{\"command\": \"dismiss\", \"reason\": \"FALSE_ALARM\"}"), 409, "refused");
        command("{\"command\": \"reopen\", \"note\": \"no scan\"}");

        JsonNode whole = Person.json(operator.get("/api/incidents/" + incident));
        assertThat(whole.path("assignee").asText()).isEqualTo("olga");
        assertThat(whole.path("timeline").findValuesAsText("event"))
                .contains("Opened", "Acknowledged", "Assigned", "Noted", "Dismissed", "Reopened");
        // Whoever has seen a change sees it in the history too.
        assertThat(whole.path("timeline").size())
                .isEqualTo(whole.path("sequence").asInt());
    }

    @Test
    void onlyWhoMayCommandsIncidents() {
        addUser("dora", "director");
        Person director = Person.signedIn(platform, "dora", PASSWORD);
        assertThat(director.get("/api/incidents/" + incident).statusCode()).isEqualTo(200);
        assertRefused(
                director.send(
                        "POST", "/api/incidents/%s/commands".formatted(incident), "{\"command\": \"acknowledge\"}"),
                403,
                "forbidden");
    }

    @Test
    void usersAreMadeOnceAndOnlyAsTheyMayBe() {
        assertThat(addUser("uwe", "supervisor").statusCode()).isEqualTo(201);
        assertRefused(addUser("uwe", "supervisor"), 409, "refused");
        assertRefused(addUser("ugo", "king"), 400, "bad-request");
        assertRefused(addUser("", "operator"), 400, "bad-request");
        assertRefused(
                admin.send(
                        "POST",
                        "/api/users",
                        "{\"user\": \"ute\", \"roles\": [\"operator\"], \"password\": \"short\"}"),
                400,
                "bad-request");
        assertRefused(
                admin.send("PUT", "/api/users/nobody/password", "{\"password\": \"four words of mine\"}"),
                404,
                "not-found");
        assertRefused(admin.send("DELETE", "/api/users/nobody", ""), 404, "not-found");
        assertRefused(admin.send("DELETE", "/api/users/admin", ""), 409, "refused");
        // Operators may know to whom they can assign.
        assertThat(Person.json(operator.get("/api/users")).findValuesAsText("user"))
                .contains("olga", "uwe");
        assertThat(operator.get("/api/users").body()).doesNotContain("password").doesNotContain("hash");
    }

    @Test
    void aDevicesSecretIsToldOnce() {
        HttpResponse<String> made = admin.send("POST", "/api/devices", "{\"device\": \"cam-7\", \"site\": \"north\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        String secret = Person.json(made).path("secret").asText();
        assertThat(secret).hasSizeGreaterThan(30);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertRefused(admin.send("POST", "/api/devices", "{\"device\": \"cam-7\"}"), 409, "refused");
        assertRefused(admin.send("POST", "/api/devices", "{\"device\": \"a b\"}"), 400, "bad-request");
        assertRefused(admin.send("POST", "/api/devices", "{\"device\": \"x\", \"site\": \"west\"}"), 404, "not-found");
        assertRefused(admin.send("POST", "/api/devices", "{}"), 400, "bad-request");
        assertThat(admin.get("/api/devices").body()).contains("cam-7").doesNotContain(secret);
        assertThat(admin.send("DELETE", "/api/devices/cam-7", "").statusCode()).isEqualTo(204);
        assertRefused(admin.send("DELETE", "/api/devices/nothing", ""), 404, "not-found");
        JsonNode revoked = Await.value("it is revoked", PATIENCE, platform::said, () -> {
            for (JsonNode device : Person.json(admin.get("/api/devices"))) {
                if (device.path("device").asText().equals("cam-7")) {
                    return Optional.of(device);
                }
            }
            return Optional.empty();
        });
        assertThat(revoked.path("revokedAt").isTextual()).isTrue();
    }

    @Test
    void anApiBodyThatIsTooLargeIsRefusedUnread() {
        assertRefused(admin.send("POST", "/api/devices", "x".repeat((1 << 20) + 1)), 413, "oversized");
        assertRefused(
                admin.send(admin.request("/api/devices")
                        .header("X-Polias", "1")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x"))),
                415,
                "unsupported-media-type");
        assertRefused(admin.send("PATCH", "/api/incidents", "{}"), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/session/options", "/api/nothing", "/q/health/ready", "/v1.1/Things"})
    void everyAnswerTellsTheBrowserWhatItMayNot(String path) {
        HttpResponse<String> answer = admin.get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-eval");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        // A page that was kept beyond its version would name scripts that are no longer there.
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).containsAnyOf("no-cache", "no-store");
    }

    @Test
    void machinesGetHealthNumbersAndADescription() {
        Person machine = new Person(platform);
        assertThat(Person.json(machine.get("/q/health/ready")).path("status").asText())
                .isEqualTo("UP");
        assertThat(machine.get("/q/metrics").body())
                .contains("polias_observations_accepted_total")
                .contains("polias_rejected_total{reason=\"malformed\"}")
                .contains("polias_ready 1.0");
        assertThat(machine.get("/q/openapi").body())
                .contains("/api/incidents/{id}/commands")
                .contains("/api/quarantine/{id}/replay");
        JsonNode stats = Person.json(operator.get("/api/stats"));
        assertThat(stats.path("accepted").asLong()).isPositive();
        assertThat(stats.fieldNames()).toIterable().contains("stored", "silent", "devices", "quarantined");
    }

    private JsonNode command(String body) {
        HttpResponse<String> answer = tryCommand(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Person.json(answer);
    }

    private HttpResponse<String> tryCommand(String body) {
        return operator.send("POST", "/api/incidents/%s/commands".formatted(incident), body);
    }

    private HttpResponse<String> addUser(String name, String role) {
        return admin.send(
                "POST",
                "/api/users",
                "{\"user\": \"%s\", \"name\": \"%s\", \"roles\": [\"%s\"], \"password\": \"%s\"}"
                        .formatted(name, name, role, PASSWORD));
    }

    private int handshakeRefused(Person person, String origin) {
        CompletionException refused = catchThrowableOfType(
                CompletionException.class, () -> person.live(origin).close());
        assertThat(refused).hasCauseInstanceOf(WebSocketHandshakeException.class);
        return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }

    /** The error object of the API, in words, without anything of our inside. */
    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = Person.json(answer);
        assertThat(error.path("code").asText()).as(answer.body()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
        if (error.path("advice").isTextual()) {
            assertThat(error.path("advice").asText()).startsWith("Maybe ");
        }
        assertThat(answer.body())
                .doesNotContain("Exception")
                .doesNotContain("\\tat ")
                .doesNotContain("java.")
                .doesNotContain("Source:");
    }

    private static String alert(String from, int number) {
        return "{\"timestamp\":\"2025-01-02T03:04:0%d.5+0000\",\"event_type\":\"alert\",\"src_ip\":\"%s\",\"src_port\":4444,\"dest_ip\":\"10.0.3.3\",\"dest_port\":443,\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":9000%d,\"rev\":1,\"signature\":\"ET EXPLOIT\",\"category\":\"Attempted Administrator Privilege Gain\",\"severity\":1}}"
                .formatted(number, from, number);
    }
}
