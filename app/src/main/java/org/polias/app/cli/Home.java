// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.nio.file.Path;

/** Where Polias lives, and how it was started: what the launcher tells. */
public final class Home {

    private Home() {}

    /** The folder of {@code ./polias}; the working directory where the launcher did not start us. */
    public static Path directory() {
        return Path.of(System.getProperty("polias.home", "")).toAbsolutePath().normalize();
    }

    /** Whether a person watches standard error, so that progress is worth showing. */
    static boolean isWatched() {
        return Boolean.getBoolean("polias.terminal");
    }
}
