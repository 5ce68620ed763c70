// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import java.net.URI;

/**
 * How to sign in with an identity provider.
 *
 * @param issuer the provider's issuer, under which its discovery document lies
 * @param label what the button says
 * @param userClaim the claim that becomes the user's name here
 * @param rolesClaim the claim that lists roles; of its values those that are roles here count
 * @param redirect where the provider sends the browser back to: {@code <public address>/api/oidc/callback}
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        String clientSecret,
        String label,
        String userClaim,
        String rolesClaim,
        URI redirect) {

    @Override
    public String toString() {
        return "OidcSettings[issuer=%s, clientId=%s]".formatted(issuer, clientId);
    }
}
