// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.polias.app.security.OidcSettings;

/** The {@code polias.oidc.*} settings of the configuration file. */
final class OidcConfiguration {

    private static final String PREFIX = "polias.oidc.";

    private OidcConfiguration() {}

    /**
     * How to sign in with an identity provider, if one is configured.
     *
     * @throws StartFailed naming every setting that is missing or wrong
     */
    static Optional<OidcSettings> find(Map<String, String> settings) {
        if (settings.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
            return Optional.empty();
        }
        List<String> problems = new ArrayList<>();
        URI issuer = uri(settings, "issuer", problems);
        URI redirect = uri(settings, "redirect", problems);
        String clientId = required(settings, "client-id", problems);
        String clientSecret = required(settings, "client-secret", problems);
        if (!problems.isEmpty() || issuer == null || redirect == null) {
            throw new StartFailed(String.join(System.lineSeparator(), problems)
                    + "%nMaybe see docs/operations.md, 'Identity provider'.".formatted());
        }
        return Optional.of(new OidcSettings(
                issuer,
                clientId,
                clientSecret,
                settings.getOrDefault(PREFIX + "label", "Sign in with your organisation"),
                settings.getOrDefault(PREFIX + "user-claim", "preferred_username"),
                settings.getOrDefault(PREFIX + "roles-claim", "roles"),
                redirect));
    }

    private static String required(Map<String, String> settings, String name, List<String> problems) {
        String value = settings.getOrDefault(PREFIX + name, "");
        if (value.isBlank()) {
            problems.add("The setting %s%s is missing.".formatted(PREFIX, name));
        }
        return value;
    }

    private static @Nullable URI uri(Map<String, String> settings, String name, List<String> problems) {
        String value = required(settings, name, problems);
        try {
            URI uri = URI.create(value);
            if (value.isBlank() || uri.isAbsolute()) {
                return uri;
            }
            problems.add("The setting %s%s is '%s', which is no whole address.".formatted(PREFIX, name, value));
        } catch (IllegalArgumentException e) {
            problems.add("The setting %s%s is '%s', which is no address.".formatted(PREFIX, name, value));
        }
        return null;
    }
}
