// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
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

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** Signing in and out. */
@Path("/api")
@RunOnVirtualThread
public class SessionResource {

    private static final int MAX_PASSWORD = 1_000;

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
        if (request.getHeader(TokenMechanism.HEADER) == null) {
            throw ApiFault.badRequest("The header %s is missing.".formatted(TokenMechanism.HEADER), null);
        }
        return switch (platform.access()
                .signIn(
                        credentials.user(),
                        credentials.password(),
                        request.remoteAddress().hostAddress())) {
            case Access.SignIn.Done done ->
                Response.ok(somebody(done.session().somebody()))
                        .cookie(cookie(done.session().token(), request.isSSL()))
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
        return Response.noContent().cookie(ended(request.isSSL())).build();
    }

    @GET
    @Path("/oidc/start")
    public Response startOidc() {
        try {
            return Response.seeOther(oidc().begin(Instant.now())).build();
        } catch (OidcSignIn.SignInFailed e) {
            throw ApiFault.unavailable(e.getMessage(), "Maybe sign in with a local account.");
        }
    }

    @GET
    @Path("/oidc/callback")
    public Response completeOidc(@Context HttpServerRequest request) {
        try {
            OidcSignIn.Person person = oidc().complete(URI.create(request.absoluteURI()), Instant.now());
            Access.Session session = platform.access()
                    .signIn(person)
                    .orElseThrow(() -> ApiFault.refused("The account %s is disabled.".formatted(person.user())));
            return Response.seeOther(URI.create("/"))
                    .cookie(cookie(session.token(), request.isSSL()))
                    .build();
        } catch (OidcSignIn.SignInFailed e) {
            throw ApiFault.refused(e.getMessage());
        }
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

    private static NewCookie cookie(String token, boolean secure) {
        return new NewCookie.Builder(TokenMechanism.COOKIE)
                .value(token)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
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
