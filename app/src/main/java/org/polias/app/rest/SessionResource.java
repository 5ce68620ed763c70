// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.polias.app.Platform;
import org.polias.app.security.Access;
import org.polias.app.security.OidcSettings;
import org.polias.app.security.OidcSignIn;
import org.polias.app.security.SignedIn;
import org.polias.app.security.TokenIdentityProvider;
import org.polias.app.security.TokenMechanism;
import org.polias.store.access.SignInsUnderWay;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** Signing in and out. */
@Path("/api")
@RunOnVirtualThread
public class SessionResource {

    private static final int MAX_PASSWORD = 1_000;
    /** Which sign-in at the identity provider this browser began. */
    private static final String ATTEMPT_COOKIE = "polias_sign_in";

    private static final String REFUSED_PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Polias</title>
            <style>body{background:#0e1113;color:#e6e9eb;font:16px sans-serif;margin:20vh auto;max-width:40em;padding:0 1em}
            a{color:inherit}</style></head>
            <body><p>%s</p><p>%s</p><p><a href="/">Back to sign-in</a></p></body></html>
            """;

    @Inject
    Platform platform;

    @Inject
    SecurityIdentity identity;

    /** How one can sign in, and to what. */
    public record Options(Optional<OidcOption> oidc, String city, boolean simulated) {}

    /** Sign-in with an identity provider. */
    public record OidcOption(String label, String url) {}

    /** What one signs in with. */
    public record Credentials(
            @Nullable String user, @Nullable String password) {}

    /** Who is signed in. */
    public record Somebody(String user, String name, List<String> roles, String tenant) {}

    @GET
    @Path("/session/options")
    public Options options() {
        return new Options(
                platform.findOidc()
                        .map(OidcSignIn::settings)
                        .map(OidcSettings::label)
                        .map(label -> new OidcOption(label, "/api/oidc/start")),
                platform.city().name(),
                platform.city().simulated());
    }

    @GET
    @Path("/session")
    @Authenticated
    public Somebody who() {
        return somebody(identity.getAttribute(TokenIdentityProvider.SIGNED_IN));
    }

    @POST
    @Path("/session")
    public Response signIn(@Nullable Credentials credentials, @Context HttpServerRequest request) {
        if (credentials == null || credentials.user() == null || credentials.password() == null) {
            throw ApiFault.badRequest("Name or password is missing.", "Maybe send {\"user\": …, \"password\": …}.");
        }
        if (credentials.password().length() > MAX_PASSWORD) {
            throw ApiFault.badCredentials();
        }
        return switch (platform.access()
                .signIn(
                        credentials.user(),
                        credentials.password(),
                        request.remoteAddress().hostAddress())) {
            case Access.SignIn.Done done ->
                Response.ok(somebody(done.session().somebody()))
                        .cookie(cookie(done.session().token(), isOverTls(request)))
                        .build();
            case Access.SignIn.WrongCredentials ignored -> throw ApiFault.badCredentials();
            case Access.SignIn.TooManyAttempts tooMany ->
                throw ApiFault.tooManyAttempts(Math.max(1, tooMany.pause().toSeconds()));
        };
    }

    @DELETE
    @Path("/session")
    @Authenticated
    public Response signOut(
            @CookieParam(TokenMechanism.COOKIE) @Nullable String token, @Context HttpServerRequest request) {
        if (token != null) {
            platform.access().signOut(token);
        }
        return Response.noContent().cookie(ended(isOverTls(request))).build();
    }

    /** Sends the browser to the identity provider, and lets it keep which attempt is its own. */
    @GET
    @Path("/oidc/start")
    public Response startOidc(@Context HttpServerRequest request) {
        try {
            OidcSignIn.Begun begun = oidc().begin();
            return Response.seeOther(begun.provider())
                    .cookie(attempt(begun.state(), SignInsUnderWay.PATIENCE, isOverTls(request)))
                    .build();
        } catch (OidcSignIn.SignInFailed e) {
            return refused(503, "unavailable", e.getMessage(), request);
        }
    }

    @GET
    @Path("/oidc/callback")
    public Response completeOidc(
            @CookieParam(ATTEMPT_COOKIE) @Nullable String attempt, @Context HttpServerRequest request) {
        try {
            OidcSignIn.Person person = oidc().complete(URI.create(request.absoluteURI()), Optional.ofNullable(attempt));
            Optional<Access.Session> session = platform.access().signIn(person);
            if (session.isEmpty()) {
                return refused(
                        403,
                        "refused",
                        "The account '%s' is disabled here, or is one that signs in with a password of its own."
                                .formatted(person.user()),
                        request);
            }
            return Response.seeOther(URI.create("/"))
                    .cookie(
                            cookie(session.get().token(), isOverTls(request)),
                            attempt("", Duration.ZERO, isOverTls(request)))
                    .build();
        } catch (OidcSignIn.SignInFailed | IllegalArgumentException e) {
            // The latter: a name that no account can have.
            return refused(403, "refused", e.getMessage(), request);
        }
    }

    /** A person's browser gets a page, anything else the error as everywhere. */
    private static Response refused(int status, String code, String message, HttpServerRequest request) {
        ApiFault.Body body = ApiFault.body(code, message);
        String accepted = request.getHeader("Accept");
        if (accepted == null || !accepted.contains("text/html")) {
            return Response.status(status)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(body)
                    .build();
        }
        String advice = body.advice() == null ? "" : body.advice();
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .entity(REFUSED_PAGE.formatted(escaped(body.message()), escaped(advice)))
                .build();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private OidcSignIn oidc() {
        return platform.findOidc().orElseThrow(() -> ApiFault.notFound("way to sign in", "oidc"));
    }

    private Somebody somebody(SignedIn signedIn) {
        return new Somebody(
                signedIn.user(),
                signedIn.name(),
                signedIn.roles(),
                platform.city().tenant().value());
    }

    /** Whether the browser speaks TLS: to us, or to a proxy that says so. One that lies does so to its own harm. */
    private static boolean isOverTls(HttpServerRequest request) {
        return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }

    private static NewCookie cookie(String token, boolean secure) {
        return new NewCookie.Builder(TokenMechanism.COOKIE)
                .value(token)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** Lax: the browser comes back from the identity provider's site. */
    private static NewCookie attempt(String state, Duration kept, boolean secure) {
        return new NewCookie.Builder(ATTEMPT_COOKIE)
                .value(state)
                .path("/api/oidc")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge((int) kept.toSeconds())
                .build();
    }

    private static NewCookie ended(boolean secure) {
        return new NewCookie.Builder(TokenMechanism.COOKIE)
                .value("")
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(0)
                .build();
    }
}
