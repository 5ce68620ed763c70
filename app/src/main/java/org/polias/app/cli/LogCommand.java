// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code polias log}: the log of all that came in. */
@Command(name = "log", description = "Work on the log of all that came in.")
final class LogCommand extends VerbGroup {

    private final Actions.LogExport action;

    LogCommand(Actions.LogExport action) {
        this.action = action;
    }

    @Command(name = "export", description = "Write the log as lines that './polias replay' reads.")
    int export(
            @Mixin DataDirectory data,
            @Option(names = "--site", paramLabel = "SITE", description = "Only this site's (default: all).")
                    Optional<String> site,
            @Option(names = "--output", paramLabel = "FILE", description = "Where to (default: standard output).")
                    Optional<Path> output)
            throws Exception {
        if (output.isEmpty()) {
            PrintWriter out = spec.commandLine().getOut();
            action.export(data.path(), site, out);
            out.flush();
            return ExitCode.DONE;
        }
        long records;
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(output.get(), StandardCharsets.UTF_8))) {
            records = action.export(data.path(), site, out);
            if (out.checkError()) {
                throw new CommandFailed(
                        ExitCode.FAILED, "Writing to %s failed.%nMaybe the disk is full.".formatted(output.get()));
            }
        }
        spec.commandLine().getErr().printf("%d records in %s%n", records, output.get());
        return ExitCode.DONE;
    }
}
