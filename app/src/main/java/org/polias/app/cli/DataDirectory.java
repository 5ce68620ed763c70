// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.nio.file.Path;
import java.util.Optional;

import picocli.CommandLine.Option;

/** The option that names a platform by the directory in which its state lives. */
final class DataDirectory {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The platform's data directory (default: $POLIAS_DATA, else data/ beside ./polias).")
    private Optional<Path> given = Optional.empty();

    /** The directory, absolute; it need not exist. */
    Path path() {
        Path path = given.or(
                        () -> Optional.ofNullable(System.getenv("POLIAS_DATA")).map(Path::of))
                .orElseGet(() -> Home.directory().resolve("data"));
        return path.toAbsolutePath().normalize();
    }
}
