// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.app.acoustics.AcousticsReport;
import org.polias.bench.crowd.CrowdEvaluation;
import org.polias.bench.crowd.CrowdEvaluation.Verdict;
import org.polias.bench.fusion.FusionScore;
import org.polias.bench.fusion.FusionStudy;
import org.polias.bench.location.LocationResult;
import org.polias.bench.location.LocationStudy;
import org.polias.pilots.cityday.DaySettings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code polias evaluate}: how good the platform's judgement is, on data of which the truth is known. */
@Command(name = "evaluate", description = "Measure how good the platform's judgement is.")
final class EvaluateCommand extends VerbGroup {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_CASES = 100_000;

    @Command(
            name = "acoustics",
            description = {
                "Measure how well sounds are told, on clips in folders that are named by class.",
                "Folders may have our classes' names (gunshot, firework, thunder, ...), UrbanSound8K's or ESC-50's. Files that cannot be read"
                        + " and folders that mean no class are named in the result."
            },
            footer = {
                "",
                "gunshot_auc   area under the ROC curve, shots against all else, a clip at a time",
                "gunshot_recall_at_1pct_fpr   share of the shots found where one in 100 of all else is called a shot",
                "ece, brier   calibration of the probability of a shot: expected error in 15 bins, mean square",
                "decision   what the alarm as it is deployed finds, and wrongly calls a shot",
                "by_snr   the same with computed street noise, so many dB below the clip's loudest 50 ms",
                "false_alarms   on a recording or computed street sound in which there is no shot: how often the alarm sounds"
            })
    int acoustics(
            @Parameters(paramLabel = "DIR", arity = "0..1", description = "The folder with a folder for each class.")
                    Optional<Path> directory,
            @Option(
                            names = "--model",
                            paramLabel = "FILE",
                            description =
                                    "Another classifier: one that './polias train acoustics' wrote, or any of AudioSet's classes in"
                                            + " ONNX, such as YAMNet (default: the one that comes with Polias).")
                    Optional<Path> model,
            @Option(
                            names = "--classes",
                            paramLabel = "FILE",
                            description = "The names of an AudioSet model's classes"
                                    + " (default: the *_class_map.csv beside the model).")
                    Optional<Path> classes,
            @Option(names = "--no-noise", description = "Leave by_snr out: six times as fast.") boolean noNoise,
            @Option(
                            names = "--street-hours",
                            paramLabel = "H",
                            description = "Count false alarms in so many hours of computed street sound.")
                    Optional<Double> streetHours,
            @Option(
                            names = "--recording",
                            paramLabel = "FILE",
                            description = "Count false alarms in a recording without shots.")
                    Optional<Path> recording,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        if (directory.isEmpty() && streetHours.isEmpty() && recording.isEmpty()) {
            throw new ParameterException(
                    spec.subcommands().get("acoustics"),
                    "There is nothing to listen to: no DIR, --street-hours or --recording.");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = line -> {
            if (Home.isWatched()) {
                err.println(line);
                err.flush();
            }
        };
        ObjectNode report =
                new AcousticsReport(model, classes, progress).of(directory, !noNoise, streetHours, recording);
        if (json) {
            out.println(report);
        } else {
            AcousticsReport.print(report, out);
        }
        return ExitCode.DONE;
    }

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
                "ms           time of a solution: median, 99 %%, worst"
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

    @Command(
            name = "crowd",
            description = {
                "Verify the crowd simulation.",
                "Runs the tests of RiMEA, IMO MSC.1/Circ.1533, NIST TN 1822 and ISO 20414 that are about people on the level and on"
                        + " stairs, and compares with flows and speeds that people were measured with."
            },
            footer = {
                "",
                "passed, failed   how many tests came out as expected, and how many did not",
                "cases   for each test: id, title, expected, got, ok",
                "",
                "Exit code 0: all as expected; 1: not all."
            })
    int crowd(
            @Option(names = "--quick", description = "Fewer seeds and less ground: a fifth of the time.") boolean quick,
            @Option(
                            names = "--only",
                            paramLabel = "TEXT",
                            description = "Only the tests whose id contains TEXT, such as 'rimea 4' or 'bottleneck'.")
                    Optional<String> only,
            @Option(names = "--svg", paramLabel = "DIR", description = "Draw what was measured into DIR.")
                    Optional<Path> svg,
            @Option(names = "--json", description = "Print one JSON object.") boolean json)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = line -> {
            if (Home.isWatched()) {
                err.println(line);
                err.flush();
            }
        };
        CrowdEvaluation evaluation = new CrowdEvaluation(
                quick,
                Runtime.getRuntime().availableProcessors(),
                only.map(text -> text.toLowerCase(Locale.ROOT)),
                progress);
        List<Verdict> verdicts = evaluation.run();
        if (json) {
            ObjectNode report = JSON.createObjectNode();
            report.put("passed", verdicts.stream().filter(Verdict::ok).count());
            report.put("failed", verdicts.stream().filter(each -> !each.ok()).count());
            report.put("quick", quick);
            ArrayNode cases = report.putArray("cases");
            verdicts.forEach(each -> cases.add(JSON.valueToTree(each.figures())));
            out.println(report);
        } else {
            CrowdEvaluation.print(verdicts, out);
        }
        if (svg.isPresent()) {
            for (Path file : evaluation.draw(svg.get())) {
                progress.accept("drew " + file);
            }
        }
        return verdicts.stream().allMatch(Verdict::ok) ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Command(
            name = "fusion",
            description = {
                "Compare the incidents that fusion makes of detections with the truth.",
                "Of FILE (docs/detections.md) and a file of truth; without FILE, of invented days of a city."
            },
            footer = {
                "",
                "reduction   detections for one incident",
                "completeness   incidents that truly happened and matter, of which one was told; _with_type: and named rightly at the end",
                "purity   detections in incidents that are of what most of their incident are of",
                "time_to_incident_*_s   from the first true detection to an incident that is named rightly",
                "ece, brier, log_loss   calibration of all probabilities from 1 %% on, at an incident's age of 0 s, 10 s, 1 min and 5 min",
                "alarms_per_operator_10min   incidents that become MEDIUM or more, outside floods (more than 10 an operator in 10 min)",
                "docs/fusion-evaluation.md says more, and what was measured."
            })
    int fusion(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Detections, a line each.")
                    Optional<String> file,
            @Option(names = "--truth", paramLabel = "FILE", description = "What was true of them, a line each.")
                    Optional<String> truth,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Invented days (default: ${DEFAULT-VALUE}).")
                    int days,
            @Option(
                            names = "--seed",
                            paramLabel = "S",
                            defaultValue = "1",
                            description = "The first day's seed (default: ${DEFAULT-VALUE}).")
                    long seed,
            @Option(
                            names = "--second-city",
                            description = "Days by the other generator, which was written by another hand.")
                    boolean secondCity,
            @Option(
                            names = "--sites",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Sites (default: ${DEFAULT-VALUE}).")
                    int sites,
            @Option(
                            names = "--hours",
                            paramLabel = "H",
                            defaultValue = "24",
                            description = "How long a day is (default: ${DEFAULT-VALUE}).")
                    double hours,
            @Option(
                            names = "--peak",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "How many things happen at once at the busiest (default: ${DEFAULT-VALUE}).")
                    int peak,
            @Option(
                            names = "--liars",
                            paramLabel = "SHARE",
                            defaultValue = "0",
                            description = "The share of sensors that lie (default: ${DEFAULT-VALUE}).")
                    double liars,
            @Option(
                            names = "--prevalence",
                            paramLabel = "X",
                            defaultValue = "1",
                            description = "How many times as often things happen (default: ${DEFAULT-VALUE}).")
                    double prevalence,
            @Option(
                            names = "--operators",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Who share the alarms (default: ${DEFAULT-VALUE}).")
                    int operators,
            @Option(names = "--svg", paramLabel = "FILE", description = "Write the reliability diagram there.")
                    Optional<Path> svg,
            @Option(names = "--json", description = "Print one JSON object.") boolean json)
            throws IOException {
        if (file.isPresent() != truth.isPresent()) {
            throw new ParameterException(
                    spec.subcommands().get("fusion"),
                    "FILE and --truth FILE go together: without the truth there is nothing to compare with.");
        }
        if (days < 1 || operators < 1) {
            throw new ParameterException(spec.subcommands().get("fusion"), "There must be a day and an operator.");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = line -> {
            if (Home.isWatched()) {
                err.println(line);
                err.flush();
            }
        };
        FusionScore.Sums sums;
        if (file.isPresent()) {
            sums = FusionEvaluation.of(file.get(), truth.get(), err).sums(operators);
        } else {
            try {
                sums = FusionStudy.run(
                        new DaySettings(seed, sites, hours, peak, liars, prevalence),
                        secondCity,
                        days,
                        operators,
                        progress);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.subcommands().get("fusion"), e.getMessage(), e);
            }
        }
        if (svg.isPresent()) {
            Files.writeString(svg.get(), sums.svg());
        }
        if (json) {
            out.println(sums.result().json());
        } else {
            sums.result().print(out);
        }
        out.flush();
        return ExitCode.DONE;
    }
}
