// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Authentication of people: the session cookie, or a bearer token. Only under {@code /api}: devices authenticate at the ways in.
 * What a foreign page made the browser send does not come this far.
 */
@ApplicationScoped
public class TokenMechanism implements HttpAuthenticationMechanism {

    /** The session's cookie. */
    public static final String COOKIE = "polias_session";
    /** Must be on every request that changes something. */
    public static final String HEADER = "X-Polias";

    private static final String BEARER = "bearer ";

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return findToken(context)
                .map(token -> identities.authenticate(new TokenRequest(token)))
                .orElseGet(() -> Uni.createFrom().nullItem())
                // A session that has ended is no error: the page asks who is signed in, and gets 401 where that is
                // needed.
                .onFailure(AuthenticationFailedException.class)
                .recoverWithNull();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenRequest.class);
    }

    private static Optional<String> findToken(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.path().startsWith("/api/")) {
            return Optional.empty();
        }
        String authorization = request.getHeader(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        Cookie cookie = request.getCookie(COOKIE);
        return cookie == null ? Optional.empty() : Optional.of(cookie.getValue());
    }
}
