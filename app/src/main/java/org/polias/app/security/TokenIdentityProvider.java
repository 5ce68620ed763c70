// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.polias.app.Platform;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Says whose a token is. */
@ApplicationScoped
public class TokenIdentityProvider implements IdentityProvider<TokenRequest> {

    /** The attribute under which the identity has the {@link SignedIn}. */
    public static final String SIGNED_IN = "polias.signed-in";

    @Inject
    Platform platform;

    @Override
    public Class<TokenRequest> getRequestType() {
        return TokenRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(TokenRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> {
            SignedIn somebody = platform.access()
                    .findSignedIn(request.token())
                    .orElseThrow(() -> new AuthenticationFailedException("The token is unknown or has expired."));
            return QuarkusSecurityIdentity.builder()
                    .setPrincipal(new QuarkusPrincipal(somebody.user()))
                    .addRoles(Set.copyOf(somebody.roles()))
                    .addAttribute(SIGNED_IN, somebody)
                    .build();
        });
    }
}
