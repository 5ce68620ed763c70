// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polias replay}: the same log gives the same incidents. */
@Command(name = "replay", description = "Run an exported log again, with no server, and print the incidents it gives.")
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A log as './polias log export' writes it.")
    private Path file;

    private final Actions.Replay action;

    ReplayCommand(Actions.Replay action) {
        this.action = action;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        long records = action.replay(file, out);
        out.flush();
        spec.commandLine().getErr().printf("%d records replayed%n", records);
        return ExitCode.DONE;
    }
}
