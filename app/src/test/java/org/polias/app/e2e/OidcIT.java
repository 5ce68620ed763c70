// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.system.PlatformProcess;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Signing in with an identity provider, as {@code polias.oidc.*} in the configuration file sets it up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIT {

    private IdentityProvider provider;
    private PlatformProcess platform;

    @BeforeAll
    void start(@TempDir Path work) throws IOException {
        provider = new IdentityProvider();
        int port = freePort();
        Path configuration = Files.writeString(work.resolve("polias.properties"), """
                polias.oidc.issuer=%s
                polias.oidc.client-id=%s
                polias.oidc.client-secret=%s
                polias.oidc.redirect=http://127.0.0.1:%d/api/oidc/callback
                polias.oidc.label=Sign in with Smallville
                """.formatted(
                        provider.issuer(), IdentityProvider.CLIENT, IdentityProvider.SECRET, port));
        platform = PlatformProcess.ofSmallCity(
                work,
                "--durability",
                "process",
                "--http-port",
                String.valueOf(port),
                "--config",
                configuration.toString());
        platform.start().awaitReady();
    }

    @AfterAll
    void stop() {
        String errors = platform.errors();
        platform.close();
        provider.close();
        assertThat(errors).doesNotContain("\tat ").doesNotContain(IdentityProvider.SECRET);
    }

    @Test
    void whoeverTheProviderVouchesForIsSignedInWithTheirRoles() {
        provider.signsIn("vera", "Věra Nováková", "operator", "something-else");
        Person vera = new Person(platform);
        assertThat(Person.json(vera.get("/api/session/options")).path("oidc").toString())
                .isEqualTo("{\"label\":\"Sign in with Smallville\",\"url\":\"/api/oidc/start\"}");

        HttpResponse<String> back = follow(vera, begin(vera));

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(location(back)).isIn("/", platform.url() + "/");
        assertThat(back.headers().allValues("Set-Cookie")).anySatisfy(cookie -> assertThat(cookie)
                .startsWith("polias_session=")
                .contains("HttpOnly")
                .contains("SameSite=Strict"));
        JsonNode session = Person.json(vera.get("/api/session"));
        assertThat(session.path("user").asText()).isEqualTo("vera");
        assertThat(session.path("name").asText()).isEqualTo("Věra Nováková");
        assertThat(session.path("roles").toString()).isEqualTo("[\"operator\"]");
        assertThat(vera.get("/api/devices").statusCode()).isEqualTo(403);
        assertThat(platform.get("/api/users").findValuesAsText("user")).contains("vera");

        // Roles are what the provider says at each sign-in.
        provider.signsIn("vera", "Věra Nováková", "administrator");
        assertThat(follow(vera, begin(vera)).statusCode()).isEqualTo(303);
        assertThat(vera.get("/api/devices").statusCode()).isEqualTo(200);
        // Nobody without a password of their own signs in with one.
        assertThat(new Person(platform).signIn("vera", "").statusCode()).isEqualTo(401);
    }

    @Test
    void whoeverHasNoRoleHereIsToldSo() {
        provider.signsIn("guest", "Guest", "visitor");
        Person guest = new Person(platform);
        assertRefused(guest, follow(guest, begin(guest)), "guest has no role here.");
    }

    @Test
    void anAnswerToAnotherSignInIsRefused() {
        provider.signsIn("vera", "Věra", "operator");
        provider.forgetTheNonce(true);
        try {
            Person person = new Person(platform);
            assertRefused(person, follow(person, begin(person)), "nonce");
        } finally {
            provider.forgetTheNonce(false);
        }
    }

    @Test
    void aTokenThatSomebodyElseSignedIsRefused() {
        provider.signsIn("vera", "Věra", "operator");
        provider.signWithAnotherKey(true);
        try {
            Person person = new Person(platform);
            assertRefused(person, follow(person, begin(person)), "could not be used");
        } finally {
            provider.signWithAnotherKey(false);
        }
    }

    @Test
    void whatWasNotBegunHereIsRefused() {
        Person person = new Person(platform);
        assertRefused(person, person.get("/api/oidc/callback?code=any&state=any"), "not begun in this browser");
        assertRefused(person, person.get("/api/oidc/callback"), "could not be used");
        assertRefused(
                person, person.get("/api/oidc/callback?error=access_denied&state=any"), "not begun in this browser");
    }

    /** Else an attacker could have somebody work in the attacker's account without noticing. */
    @Test
    void anothersSignInCannotBeFinishedInThisBrowser() {
        provider.signsIn("vera", "Věra", "operator");
        Person attacker = new Person(platform);
        String callback =
                location(attacker.send(attacker.request(begin(attacker)).GET()));
        Person victim = new Person(platform);
        begin(victim);
        assertRefused(victim, victim.get(callback), "not begun in this browser");
        // It is still the attacker's own; and counts once.
        assertThat(attacker.get(callback).statusCode()).isEqualTo(303);
        assertThat(attacker.get(callback).statusCode()).isEqualTo(403);
    }

    @Test
    void theProviderCannotTakeOverALocalAccount() {
        provider.signsIn("admin", "Not the administrator", "administrator");
        Person person = new Person(platform);
        assertRefused(person, follow(person, begin(person)), "a password of its own");
    }

    @Test
    void aPersonsBrowserGetsAPageAndNoOneElsesMarkup() {
        provider.signsIn("guest", "Guest", "visitor");
        Person person = new Person(platform);
        String callback = location(person.send(person.request(begin(person)).GET()));
        HttpResponse<String> page = person.send(person.request(callback).header("Accept", "text/html,*/*"));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("guest has no role here.").contains("Back to sign-in");
    }

    /** Where the platform sends the browser. */
    private String begin(Person person) {
        HttpResponse<String> answer = person.get("/api/oidc/start");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(location(answer)).startsWith(provider.issuer() + "/authorize?");
        return location(answer);
    }

    /** To the provider, and back. */
    private static HttpResponse<String> follow(Person person, String toProvider) {
        HttpResponse<String> there = person.send(person.request(toProvider).GET());
        assertThat(there.statusCode()).as(there.body()).isEqualTo(302);
        return person.get(location(there));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void assertRefused(Person person, HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        JsonNode error = Person.json(answer);
        assertThat(error.path("code").asText()).isEqualTo("refused");
        assertThat(error.path("message").asText()).containsIgnoringCase(why);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("polias_session="));
        assertThat(person.get("/api/session").statusCode()).isEqualTo(401);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
