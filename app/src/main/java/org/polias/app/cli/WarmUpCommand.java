// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

/**
 * The build's training run: a whole platform with its pilot lives for some seconds in a folder of its own, so that the JVM can
 * write down which classes and profiles a start needs ({@code -XX:AOTCacheOutput}).
 */
@Command(name = "warm-up", hidden = true, description = "The training run of the build.")
final class WarmUpCommand implements Callable<Integer> {

    private final Actions.WarmUp action;

    WarmUpCommand(Actions.WarmUp action) {
        this.action = action;
    }

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("polias-warm-up");
        try {
            return action.run(new UpOptions(
                    data,
                    Optional.empty(),
                    Optional.of(UpCommand.DEFAULT_PILOT),
                    0,
                    0,
                    OptionalInt.empty(),
                    "127.0.0.1",
                    Optional.empty(),
                    UpOptions.Durability.PROCESS,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    OptionalInt.empty(),
                    Map.of()));
        } finally {
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
