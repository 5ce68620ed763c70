// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./polias} as a person would type it, with what is built. */
public final class Launcher {

    private Launcher() {}

    /**
     * What a command did.
     *
     * @param out what it said on standard output
     * @param err what it said on standard error
     */
    public record Outcome(int exitCode, String out, String err) {}

    /** The folder of {@code ./polias}. */
    public static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("polias"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("No folder above %s has the launcher ./polias."
                        .formatted(Path.of("").toAbsolutePath()));
            }
        }
        return folder;
    }

    /** Runs a command to its end; one that does not end in time is killed, and the test fails. */
    public static Outcome run(Path work, Duration patience, String... arguments) {
        return run(work, patience, Map.of(), arguments);
    }

    /**
     * Runs a command to its end; one that does not end in time is killed, and the test fails.
     *
     * @param work a folder for what it says
     */
    public static Outcome run(Path work, Duration patience, Map<String, String> environment, String... arguments) {
        try {
            Path out = Files.createTempFile(work, "command-", ".out");
            Path err = Files.createTempFile(work, "command-", ".err");
            Process process = start(List.of(arguments), environment, out, err);
            try {
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("./polias %s did not end within %s. It said:%n%s%n%s"
                            .formatted(
                                    String.join(" ", arguments),
                                    patience,
                                    Files.readString(out),
                                    Files.readString(err)));
                }
                return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted: ./polias " + Arrays.toString(arguments), e);
        }
    }

    /** Starts a command. The launcher becomes the JVM, so that the process is the platform's own. */
    static Process start(List<String> arguments, Map<String, String> environment, Path out, Path err)
            throws IOException {
        Path built = home().resolve("app/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(built)) {
            throw new IllegalStateException(
                    "There is no %s.%nMaybe let Maven come to its phase 'package', as ./polias test does."
                            .formatted(built));
        }
        List<String> command = new ArrayList<>();
        command.add(home().resolve("polias").toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.startsWith("POLIAS_"));
        all.put("POLIAS_NO_BUILD", "1");
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
