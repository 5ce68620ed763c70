// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.polias.app.scene.Course;
import org.polias.app.scene.Json;
import org.polias.app.scene.Movie;
import org.polias.app.scene.Reading;
import org.polias.app.scene.ThreadWorkers;
import org.polias.simulate.CrowdSimulator;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.UnusableInput;
import org.polias.simulate.ground.Situation;

import com.fasterxml.jackson.databind.node.ObjectNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code polias simulate}: what a crowd does. */
@Command(
        name = "simulate",
        description = "Let the people of a scene go, and print when they are out.",
        footer = {"", "Formats and members: docs/evacuation.md."})
final class SimulateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SceneOptions scene;

    @Option(
            names = "--until",
            paramLabel = "S",
            description = "End at this time at the latest (default: the scene's, or 3600).")
    private Optional<Double> until_s;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write trajectories, flows, density maps, plots and a page in which the crowd moves.")
    private Optional<Path> out;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Reading.Read read = scene.read();
        Situation situation = until_s.map(read.situation()::until).orElse(read.situation());
        try (ThreadWorkers workers = ThreadWorkers.forThisMachine()) {
            List<Problem> problems;
            Course course;
            try {
                Ground ground = CrowdSimulator.prepare(situation.scene(), Settings.DEFAULT, workers);
                problems = ground.problems();
                if (!scene.isJson) {
                    read.notes().forEach(err::println);
                    problems.forEach(each -> err.printf("%s: %s%n", each.subject(), each.text()));
                    err.flush();
                }
                course = Course.run(situation, ground, out.isPresent(), workers, progress(err));
            } catch (UnusableInput e) {
                throw Problems.failed(situation.name(), e);
            }
            ObjectNode json = Json.of(situation, course, problems, read.notes());
            if (out.isPresent()) {
                Movie.write(situation, course, json.toPrettyString(), out.get());
            }
            PrintWriter print = spec.commandLine().getOut();
            if (scene.isJson) {
                print.println(json);
            } else {
                print(course.result(), course, print);
                out.ifPresent(folder -> print.printf("Written to %s: open crowd.html to see it move.%n", folder));
            }
            print.flush();
        }
        return ExitCode.DONE;
    }

    private static Consumer<Course.Progress> progress(PrintWriter err) {
        if (!Home.isWatched()) {
            return _ -> {};
        }
        return at -> {
            err.printf("\r%6.0f s  %,8d on the ground  %,8d out ", at.time_s(), at.present(), at.evacuated());
            if (at.present() == 0) {
                err.println();
            }
            err.flush();
        };
    }

    private static void print(Result result, Course course, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d of %,d are out: half at %s, 95 %% at %s, all at %s. Simulated %.0f s in %.1f s, %.0f times as fast as real time.%n",
                result.evacuated(),
                result.people(),
                seconds(result.evacuation_s(0.5)),
                seconds(result.evacuation_s(0.95)),
                seconds(result.evacuation_s(1)),
                result.time_s(),
                course.wall_s(),
                result.time_s() / Math.max(1e-9, course.wall_s()));
        if (result.hurt() + result.overcome() > 0) {
            out.printf("%d were hurt, %d overcome.%n", result.hurt(), result.overcome());
        }
        Table table = new Table("exit or door", "people", "first s", "last s", "flow per s");
        List<Result.Passages> all = new ArrayList<>(result.exits());
        all.addAll(result.doors());
        for (Result.Passages each : all) {
            float[] times = each.all_s();
            double flow = each.flow_per_s(0.1, 0.9);
            table.row(
                    each.id(),
                    times.length,
                    times.length == 0 ? "" : "%.0f".formatted(times[0]),
                    times.length == 0 ? "" : "%.0f".formatted(times[times.length - 1]),
                    Double.isFinite(flow) ? "%.2f".formatted(flow) : "");
        }
        table.print(out, "There is no exit.");
    }

    static String seconds(double value) {
        return Double.isFinite(value) ? "%.0f s".formatted(value) : "never";
    }
}
