// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.polias.app.city.Problem;
import org.polias.app.city.ProblemLog;
import org.polias.app.city.TextFile;
import org.polias.app.location.Hearing;
import org.polias.app.location.HearingReader;
import org.polias.app.location.LocationReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polias locate}: from when a sound arrived at several sensors to where it was made. */
@Command(
        name = "locate",
        description = {
            "Locate sounds from when they arrived at several sensors, with no server.",
            "FILE holds sensors and arrivals: one JSON object, or several, one happening a line."
        },
        footer = {
            "",
            "{\"sensors\": [{\"id\": \"a\", \"lat\": 49.7503, \"lon\": 13.3853}, ...],",
            " \"arrivals\": [{\"sensor\": \"a\", \"time\": \"2026-11-21T20:15:03.214Z\"}, ...]}",
            "",
            "An arrival may have sigma_s and level_dB; \"air\" may have temperature_C, wind_speed_m_per_s and wind_from_deg.",
            "docs/location.md has the rest, docs/hearing.schema.json the format."
        })
final class LocateCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What was heard; '-' reads standard input.")
    private String file;

    @Option(names = "--json", description = "Print one JSON object for each happening, a line each.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        String text = read();
        List<Hearing> hearings =
                switch (HearingReader.read(file, text)) {
                    case HearingReader.Reading.Read read -> read.hearings();
                    case HearingReader.Reading.Refused refused ->
                        throw new CommandFailed(ExitCode.FAILED, String.join("\n", shortened(refused.problems())));
                };
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < hearings.size(); i++) {
            LocationReport report = LocationReport.of(hearings.get(i));
            if (json) {
                out.println(report.json());
            } else {
                if (hearings.size() > 1) {
                    out.printf("Happening %d%n", i + 1);
                }
                report.print(out);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private String read() throws IOException {
        ProblemLog log = new ProblemLog();
        Optional<String> text = file.equals(STANDARD_INPUT)
                ? Optional.of(new String(System.in.readAllBytes(), StandardCharsets.UTF_8))
                : TextFile.read(Path.of(file), file, log);
        return text.orElseThrow(() -> new CommandFailed(
                ExitCode.FAILED,
                String.join("\n", log.list().stream().map(Problem::render).toList())));
    }

    private static List<String> shortened(List<String> problems) {
        int most = 50;
        return problems.size() <= most
                ? problems
                : Stream.concat(
                                problems.stream().limit(most),
                                Stream.of("and %d more.".formatted(problems.size() - most)))
                        .toList();
    }
}
