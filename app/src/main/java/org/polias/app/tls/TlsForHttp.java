// SPDX-License-Identifier: Apache-2.0
package org.polias.app.tls;

import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;

/** Lets the HTTP server speak TLS, and nothing else, where the platform has an identity to show. */
@ApplicationScoped
public class TlsForHttp implements HttpServerOptionsCustomizer {

    private static volatile Optional<ServerIdentity> identity = Optional.empty();

    /** Says what is shown. Before the server is made. */
    public static void show(Optional<ServerIdentity> shown) {
        identity = shown;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        identity.ifPresent(shown -> options.setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(shown.keyManager()))
                .setEnabledSecureTransportProtocols(Set.copyOf(ServerIdentity.PROTOCOLS)));
    }
}
