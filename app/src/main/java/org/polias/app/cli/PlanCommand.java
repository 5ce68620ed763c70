// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.polias.app.scene.Json;
import org.polias.app.scene.Reading;
import org.polias.app.scene.ThreadWorkers;
import org.polias.simulate.CrowdSimulator;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.UnusableInput;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.NetworkBuilder;
import org.polias.simulate.plan.Plan;
import org.polias.simulate.plan.PlanReport;
import org.polias.simulate.plan.PlanSettings;
import org.polias.simulate.plan.Planner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code polias plan}: ways to get people out, compared. */
@Command(
        name = "plan",
        description = "Propose ways to get the people of a scene out, try them, and compare them.",
        footer = {
            "",
            "bound_s        T*: no plan has all out earlier (quickest flow)",
            "t50, t95, t100 when half, 95 %% and all are out; interval: 95 %% confidence, of t95",
            "gap            how much longer than T*, as a part of T*",
            "exposure       everybody's exposure to the hazards, in units of serious harm",
            "model          walking: everybody step by step; queues: queues at narrow parts, many times over",
            "",
            "Formats and members: docs/evacuation.md."
        })
final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SceneOptions scene;

    @Option(
            names = "--walk",
            paramLabel = "N",
            defaultValue = "6",
            description =
                    "Try plans in the walking model for up to N million agent-seconds (default: ${DEFAULT-VALUE});"
                            + " 0: only in the queue model.")
    private double walk;

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        PrintWriter err = spec.commandLine().getErr();
        Reading.Read read = scene.read();
        Situation situation = read.situation();
        if (walk < 0) {
            throw new CommandFailed(ExitCode.USAGE, "--walk %s is negative.".formatted(walk));
        }
        try (ThreadWorkers workers = ThreadWorkers.forThisMachine()) {
            PlanReport report;
            try {
                progress(err, "Making the ground ready");
                Ground ground = CrowdSimulator.prepare(situation.scene(), Settings.DEFAULT, workers);
                if (!scene.isJson) {
                    read.notes().forEach(err::println);
                    ground.problems().forEach(each -> err.printf("%s: %s%n", each.subject(), each.text()));
                    err.flush();
                }
                Network network = NetworkBuilder.build(situation.scene(), workers);
                progress(err, "Planning");
                PlanSettings settings = PlanSettings.DEFAULT.walking(walk * 1e6);
                report = Planner.plan(situation, network, Optional.of(ground), settings, workers);
            } catch (UnusableInput e) {
                throw Problems.failed(situation.name(), e);
            }
            double plannedIn_s = (System.nanoTime() - began) / 1e9;
            PrintWriter out = spec.commandLine().getOut();
            if (scene.isJson) {
                out.println(Json.of(situation, report, read.notes(), plannedIn_s));
            } else {
                print(report, plannedIn_s, out);
            }
            out.flush();
        }
        return ExitCode.DONE;
    }

    private static void progress(PrintWriter err, String what) {
        if (Home.isWatched()) {
            err.println(what);
            err.flush();
        }
    }

    private static void print(PlanReport report, double plannedIn_s, PrintWriter out) {
        out.printf(
                "%,d people; nobody can have all out before %s (T*).%s%n",
                report.people(),
                SimulateCommand.seconds(report.bound_s()),
                report.safeBound_s().isPresent()
                        ? " Out of harm's way: "
                                + SimulateCommand.seconds(report.safeBound_s().getAsDouble()) + "."
                        : "");
        Table table = new Table(
                "plan", "t50 s", "t95 s", "interval", "t100 s", "gap", "exposure", "queue", "at", "slow", "model");
        for (PlanReport.Assessment each : report.plans()) {
            double gap = each.gap(report.bound_s());
            table.row(
                    each.plan().name(),
                    whole(each.t50_s().mean()),
                    whole(each.t95_s().mean()),
                    whole(each.t95_s().low()) + " to " + whole(each.t95_s().high()),
                    whole(each.t100_s().mean()),
                    Double.isFinite(gap) ? "%.2f".formatted(gap) : "",
                    "%.1f".formatted(each.exposure()),
                    whole(each.longestQueue()),
                    each.worstPassage(),
                    whole(each.slow95_s()),
                    (each.model() == PlanReport.Model.WALKING ? "walking" : "queues")
                            + (each.isGivenUp() ? ", given up" : ""));
        }
        table.print(out, "There is no plan.");
        Plan chosen = report.chosen().plan();
        out.printf("%nProposed: %s. %s%n", chosen.name(), chosen.idea());
        if (!chosen.open().isEmpty()) {
            out.printf("Open: %s%n", String.join(", ", chosen.open()));
        }
        if (!chosen.closed().isEmpty()) {
            out.printf("Close: %s%n", String.join(", ", chosen.closed()));
        }
        Table told = new Table("sector", "to", "after s");
        for (Plan.Instruction each : chosen.instructions()) {
            told.row(each.sector(), text(each.route()), whole(each.delay_s()));
        }
        told.print(out, "Nobody is told anything.");
        report.remarks().forEach(out::println);
        out.printf("Planned in %.1f s.%n", plannedIn_s);
    }

    private static String whole(double value) {
        return Double.isFinite(value) ? "%.0f".formatted(value) : "never";
    }

    private static String text(RouteChoice route) {
        return switch (route) {
            case RouteChoice.Nearest _ -> "the nearest exit";
            case RouteChoice.Stay _ -> "stay";
            case RouteChoice.Toward(String level, var _) -> "their place on " + level;
            case RouteChoice.Signed(var exits) -> String.join(", ", exits);
            case RouteChoice.Familiar(var weights) -> shares(weights);
            case RouteChoice.Assigned(var shares) -> shares(shares);
            case RouteChoice.CongestionAware(double informed, double _, var others) ->
                "where the queues are short (%.0f %%), else %s".formatted(100 * informed, text(others));
        };
    }

    private static String shares(Map<String, Double> shares) {
        double sum = shares.values().stream().mapToDouble(each -> each).sum();
        return new TreeMap<>(shares)
                .entrySet().stream()
                        .map(each -> "%s %.0f %%".formatted(each.getKey(), 100 * each.getValue() / sum))
                        .collect(Collectors.joining(", "));
    }
}
