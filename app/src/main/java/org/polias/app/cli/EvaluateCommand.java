// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.bench.crowd.CrowdEvaluation;
import org.polias.bench.crowd.CrowdEvaluation.Verdict;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code polias evaluate}: how good the platform's judgement is, on data of which the truth is known. */
@Command(name = "evaluate", description = "Measure how good the platform's judgement is.")
final class EvaluateCommand extends VerbGroup {

    private static final ObjectMapper JSON = new ObjectMapper();

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
}
