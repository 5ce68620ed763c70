// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

import org.polias.bench.location.LocationResult;
import org.polias.bench.location.LocationStudy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code polias evaluate}: how right it is. */
@Command(name = "evaluate", description = "Measure how right the platform is.")
final class EvaluateCommand extends VerbGroup {

    private static final int MOST_CASES = 100_000;

    @Command(
            name = "location",
            description = {
                "Locate simulated sounds and compare with the truth.",
                "Cities are simulated under many circumstances: numbers of sensors, shares and kinds of echoes, wrong clocks,"
                        + " misstated precision, sources outside, bursts, several shooters."
            },
            footer = {
                "",
                "5 m .. 25 m  sources located within that distance of the truth, per cent",
                "covered      the truth lies in the 95 % ellipse",
                "major        median of the ellipses' longer semi-axes, m",
                "points       said to be points; the others are said to be uncertain",
                "exact        happenings of which the number of places and sounds is right",
                "ms           time of a solution: median, 99 %, worst"
            })
    int location(
            @Option(
                            names = "--cases",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "Happenings for each row and seed (default: ${DEFAULT-VALUE}).")
                    int cases,
            @Option(
                            names = "--seeds",
                            paramLabel = "N",
                            split = ",",
                            defaultValue = "1,2,3",
                            description = "Seeds, with commas between them (default: ${DEFAULT-VALUE}).")
                    List<Long> seeds,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        if (cases < 1 || cases > MOST_CASES) {
            throw new ParameterException(
                    spec.subcommands().get("location"),
                    "There are 1 to %d cases, not %d.".formatted(MOST_CASES, cases));
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = line -> {
            if (Home.isWatched()) {
                err.println(line);
                err.flush();
            }
        };
        LocationResult result = LocationStudy.run(cases, seeds, progress);
        if (json) {
            out.println(result.json());
            out.flush();
        } else {
            result.print(out);
        }
        return ExitCode.DONE;
    }
}
