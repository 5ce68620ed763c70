// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

/** What this build of the application is composed of. */
final class Composition {

    private Composition() {}

    static Actions actions() {
        return new Actions(
                _ -> {
                    throw absent("platform");
                },
                _ -> {
                    throw absent("city loader");
                },
                (_, _, _) -> {
                    throw absent("log");
                },
                (_, _) -> {
                    throw absent("site fold");
                });
    }

    private static CommandFailed absent(String part) {
        return new CommandFailed(ExitCode.FAILED, "This build has no %s.".formatted(part));
    }
}
