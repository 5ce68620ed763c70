// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.polias.app.city.CityLoader;
import org.polias.app.city.Loading;
import org.polias.app.city.Problem;
import org.polias.app.fusion.DetectionReader;
import org.polias.app.fusion.FusionReport;
import org.polias.app.fusion.FusionRun;
import org.polias.app.fusion.SiteBook;
import org.polias.model.campaign.Campaign;
import org.polias.model.incident.Incident;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polias fuse}: from a stream of detections to incidents with their ledgers. */
@Command(
        name = "fuse",
        description = {
            "Fuse a stream of detections into incidents, with no server.",
            "FILE holds one JSON object a line, in the order of arrival. A line that is wrong is refused, and said; the others count."
        },
        footer = {
            "",
            "{\"type\": \"acoustic.gunshot\", \"sensor\": \"mic-1\", \"time\": \"2026-11-21T20:15:03.2Z\",",
            " \"log_likelihood_ratio\": 6, \"lat\": 49.7503, \"lon\": 13.3853, \"sigma_m\": 40}",
            "",
            "Sites, sensors, their health, a calendar and operators' commands may be told by lines with \"kind\".",
            "docs/detections.md has the rest."
        })
final class FuseCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final int MOST_SAID = 50;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Detections, a line each; '-' reads standard input.")
    private String file;

    @Option(names = "--city", paramLabel = "DIR", description = "Take sites and sensors from a city's folder.")
    private Optional<Path> city;

    @Option(names = "--strict", description = "End at the first line that is wrong, with exit code 1.")
    private boolean strict;

    @Option(
            names = "--json",
            description = "Print one JSON object for each incident, and then for each campaign, a line each.")
    private boolean json;

    private long wrong;

    @Override
    public Integer call() throws IOException {
        SiteBook sites = new SiteBook();
        city.ifPresent(folder -> add(folder, sites));
        DetectionReader reader = new DetectionReader(file, sites);
        FusionReport report = new FusionReport();
        FusionRun run = new FusionRun(sites, report);
        long lines;
        try (Reader in = open(file)) {
            lines = reader.read(in, run::accept, this::refuse);
        }
        run.end();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            run.incidents().forEach(incident -> out.println(report.json(incident)));
            run.campaigns().forEach(campaign -> out.println(report.json(campaign)));
        } else {
            print(run, report, out);
        }
        out.flush();
        sayWhatWasLeft(reader, lines);
        return ExitCode.DONE;
    }

    static Reader open(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path) && !Files.exists(path)) {
            throw new CommandFailed(
                    ExitCode.FAILED, "%s is not a file.%nMaybe its name is another one.".formatted(file));
        }
        if (Files.isDirectory(path)) {
            throw new CommandFailed(ExitCode.FAILED, "%s is a folder.%nMaybe name a file in it.".formatted(file));
        }
        // Malformed bytes become U+FFFD: their line then is refused or reads so, and the rest goes on.
        return new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8);
    }

    private static void add(Path folder, SiteBook sites) {
        switch (CityLoader.load(folder)) {
            case Loading.Loaded loaded -> loaded.city().sites().forEach(sites::add);
            case Loading.Refused refused ->
                throw new CommandFailed(
                        ExitCode.FAILED,
                        String.join(
                                "\n",
                                refused.problems().list().stream()
                                        .map(Problem::render)
                                        .toList()));
        }
    }

    private void refuse(Problem problem) {
        if (strict) {
            throw new CommandFailed(ExitCode.FAILED, problem.render());
        }
        if (wrong++ < MOST_SAID) {
            spec.commandLine().getErr().println(problem.render());
        }
    }

    private void sayWhatWasLeft(DetectionReader reader, long lines) {
        PrintWriter err = spec.commandLine().getErr();
        if (wrong > MOST_SAID) {
            err.printf("and %d more.%n", wrong - MOST_SAID);
        }
        if (lines == 0) {
            err.printf("%s is empty.%n", file);
        }
        if (!reader.ignoredMembers().isEmpty()) {
            err.printf(
                    "These members are not known and were left aside: %s.%n",
                    String.join(", ", reader.ignoredMembers().stream().sorted().toList()));
        }
        err.flush();
    }

    private static void print(FusionRun run, FusionReport report, PrintWriter out) {
        Table table = new Table("incident", "site", "status", "level", "started", "detections", "title", "leading");
        for (Incident incident : run.incidents()) {
            table.row(
                    incident.id(),
                    incident.site(),
                    incident.status().name().toLowerCase(Locale.ROOT),
                    incident.criticality()
                            .map(one -> one.level().name().toLowerCase(Locale.ROOT))
                            .orElse(""),
                    incident.startedAt(),
                    report.detections(incident.id()).size(),
                    incident.title(),
                    incident.findLeadingHypothesis()
                            .map(one -> "%s %.3f".formatted(one.type().code(), one.probability()))
                            .orElse(""));
        }
        table.print(out, "No incidents.");
        for (Campaign campaign : run.campaigns()) {
            out.printf(
                    "%n%s %s (%s, probability %.3f)%n",
                    campaign.id(),
                    campaign.title(),
                    campaign.status().name().toLowerCase(Locale.ROOT),
                    campaign.probability());
            campaign.story().forEach(line -> out.printf("  %s  %s  %s%n", line.at(), line.incident(), line.sentence()));
        }
        out.printf(
                "%d detections, %d incidents, %d campaigns%n",
                run.claims(), run.incidents().size(), run.campaigns().size());
    }
}
