// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code polias log}: the log of all that came in. */
@Command(name = "log", description = "Work on the log of all that came in.")
final class LogCommand extends VerbGroup {

    private final Actions.LogExport action;

    LogCommand(Actions.LogExport action) {
        this.action = action;
    }

    @Command(name = "export", description = "Write the log into a file that './polias replay' reads.")
    int export(
            @Mixin DataDirectory data,
            @Parameters(paramLabel = "FILE", description = "Where to; it appears when it is complete.") Path file)
            throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        boolean watched = Home.isWatched();
        long records = action.export(data.path(), file.toAbsolutePath(), soFar -> {
            if (watched) {
                err.printf("\r%d records", soFar);
                err.flush();
            }
        });
        err.printf(watched ? "\r%d records in %s%n" : "%d records in %s%n", records, file);
        return ExitCode.DONE;
    }
}
