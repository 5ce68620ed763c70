// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.polias.model.incident.IncidentEvent;

import picocli.CommandLine;

/** What typing a command line gives. */
record Typed(int exitCode, String out, String err) {

    static Typed line(Actions actions, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Polias.commandLine(actions)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Typed(exitCode, out.toString(), err.toString());
    }

    static Typed line(String... arguments) {
        return line(new Recording().actions(), arguments);
    }

    /** The launcher's folder, from whichever folder of it the tests are run in. */
    static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("polias").toFile().isFile()) {
            folder = folder.getParent();
        }
        return folder;
    }

    static List<CommandLine> all(CommandLine line) {
        List<CommandLine> all = new ArrayList<>(List.of(line));
        line.getSubcommands().values().forEach(verb -> all.addAll(all(verb)));
        return all;
    }

    /** Actions that remember what they were asked to do. */
    static final class Recording {
        final List<UpOptions> started = new ArrayList<>();
        final List<IncidentEvent> happened = new ArrayList<>();
        RuntimeException fault = new IllegalStateException("the flux is 3 and not 4");
        boolean isFailing;

        Actions actions() {
            return new Actions(
                    options -> {
                        if (isFailing) {
                            throw fault;
                        }
                        started.add(options);
                        return ExitCode.DONE;
                    },
                    options -> ExitCode.DONE,
                    folder -> new Actions.CityReport(
                            "1 problem in " + folder, List.of("city.yaml:3: class 'stadiun' is no site class.")),
                    (data, file, progress) -> {
                        Files.writeString(file, "the log of " + data.getFileName());
                        return 1;
                    },
                    (log, told) -> {
                        happened.forEach(told);
                        return 2;
                    });
        }
    }
}
