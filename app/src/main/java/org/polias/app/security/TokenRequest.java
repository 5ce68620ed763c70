// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A session's or the command line's token, to be checked. */
public final class TokenRequest extends BaseAuthenticationRequest implements AuthenticationRequest {

    private final String token;

    TokenRequest(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
