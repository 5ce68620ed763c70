// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A small and honest OpenID Connect provider: discovery, authorization code flow with PKCE, tokens signed with RS256, keys. Who is at the
 * browser is settled beforehand; it asks for no password.
 */
final class IdentityProvider implements AutoCloseable {

    static final String CLIENT = "polias";
    static final String SECRET = "a secret between the two of us";

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private volatile Subject atTheBrowser = new Subject("nobody", "Nobody", List.of());
    private volatile boolean forgetsTheNonce;
    private volatile boolean signsWithAnotherKey;

    /** Whom it vouches for. */
    record Subject(String user, String name, List<String> roles) {}

    private record Grant(Subject subject, String nonce, String challenge, String redirect) {}

    IdentityProvider() {
        try {
            key = new RSAKeyGenerator(2048).keyID("key-1").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", this::discover);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void signsIn(String user, String name, String... roles) {
        atTheBrowser = new Subject(user, name, List.of(roles));
    }

    /** As one would whose answers are replayed. */
    void forgetTheNonce(boolean forgets) {
        forgetsTheNonce = forgets;
    }

    /** As somebody else would in its place. */
    void signWithAnotherKey(boolean another) {
        signsWithAnotherKey = another;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void discover(HttpExchange exchange) throws IOException {
        answer(exchange, 200, """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(issuer()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        if (!CLIENT.equals(asked.get("client_id")) || !"S256".equals(asked.get("code_challenge_method"))) {
            answer(exchange, 400, "{\"error\": \"invalid_request\"}");
            return;
        }
        String code = UUID.randomUUID().toString();
        grants.put(
                code,
                new Grant(atTheBrowser, asked.get("nonce"), asked.get("code_challenge"), asked.get("redirect_uri")));
        exchange.getResponseHeaders()
                .set("Location", "%s?code=%s&state=%s".formatted(asked.get("redirect_uri"), code, asked.get("state")));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = exchange.getRequestHeaders().getFirst("Authorization").substring("Basic ".length());
        List<String> credentials = Arrays.stream(
                        new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":"))
                .map(IdentityProvider::decoded)
                .toList();
        // Once only.
        Grant grant = grants.remove(asked.get("code"));
        if (!credentials.equals(List.of(CLIENT, SECRET))) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
        } else if (grant == null
                || !grant.redirect().equals(asked.get("redirect_uri"))
                || !grant.challenge().equals(challenge(asked.get("code_verifier")))) {
            answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
        } else {
            answer(
                    exchange,
                    200,
                    "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 60, \"id_token\": \"%s\"}"
                            .formatted(UUID.randomUUID(), idToken(grant)));
        }
    }

    private String idToken(Grant grant) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("subject of " + grant.subject().user())
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .claim("nonce", forgetsTheNonce ? "of another sign-in" : grant.nonce())
                .claim("preferred_username", grant.subject().user())
                .claim("name", grant.subject().name())
                .claim("roles", grant.subject().roles())
                .build();
        try {
            RSAKey signing = signsWithAnotherKey
                    ? new RSAKeyGenerator(2048).keyID("key-1").generate()
                    : key;
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-1").build(), claims);
            token.sign(new RSASSASigner(signing));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
