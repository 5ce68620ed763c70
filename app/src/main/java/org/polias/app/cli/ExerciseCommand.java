// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polias exercise}: begins and ends exercises in the running platform. */
@Command(name = "exercise", description = "List, begin or end an exercise in the running platform.")
final class ExerciseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The exercise; without it, what there is is listed.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--stop", description = "End it before its time.")
    private boolean stop;

    @Option(names = "--json", description = "List as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (id.isEmpty() && stop) {
            throw new ParameterException(spec.commandLine(), "--stop needs the ID of the exercise to end.");
        }
        RunningPlatform platform = RunningPlatform.get(data.path());
        var out = spec.commandLine().getOut();
        if (id.isEmpty()) {
            list(platform);
        } else if (stop) {
            platform.delete(path(id.get()));
            out.printf("The exercise %s is ended.%n", id.get());
        } else {
            platform.post(path(id.get()));
            out.printf("The exercise %s has begun; watch it at %s%n", id.get(), platform.url());
        }
        return ExitCode.DONE;
    }

    private void list(RunningPlatform platform) {
        var out = spec.commandLine().getOut();
        JsonNode exercises = platform.get("/api/exercises");
        if (json) {
            out.println(RunningPlatform.pretty(exercises));
            return;
        }
        Table table = new Table("EXERCISE", "TITLE", "SECONDS", "DESCRIPTION");
        exercises.forEach(exercise -> table.row(
                exercise.path("id"),
                exercise.path("title"),
                exercise.path("duration_s"),
                exercise.path("description")));
        table.print(out, "The running city has no exercises.");
    }

    private static String path(String exercise) {
        return "/api/exercises/" + RunningPlatform.segment(exercise);
    }
}
