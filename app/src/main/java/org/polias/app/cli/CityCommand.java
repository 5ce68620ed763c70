// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code polias city}: cities as files. */
@Command(name = "city", description = "Work on a city's folder.")
final class CityCommand extends VerbGroup {

    private final Actions.CityCheck action;

    CityCommand(Actions.CityCheck action) {
        this.action = action;
    }

    @Command(name = "check", description = "Read a city's folder and print all that is wrong with it, at once.")
    int check(@Parameters(paramLabel = "DIR", description = "The folder with city.yaml.") Path directory)
            throws IOException {
        Actions.CityReport report = action.check(directory);
        PrintWriter out = spec.commandLine().getOut();
        report.problems().forEach(out::println);
        out.println(report.summary());
        return report.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
