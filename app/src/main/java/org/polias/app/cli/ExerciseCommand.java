// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(names = "--stop", description = "End it, or the one that runs, before its time.")
    private boolean stop;

    @Option(names = "--json", description = "List as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        RunningPlatform platform = RunningPlatform.get(data.path());
        var out = spec.commandLine().getOut();
        if (stop) {
            String ended = id.orElseGet(() -> running(platform));
            platform.delete(path(ended));
            out.printf("The exercise %s is ended.%n", ended);
        } else if (id.isEmpty()) {
            list(platform);
        } else {
            platform.post(path(id.get()));
            out.printf("The exercise %s has begun; watch it at %s%n", id.get(), platform.url());
        }
        return ExitCode.DONE;
    }

    private static String running(RunningPlatform platform) {
        for (JsonNode exercise : platform.get("/api/exercises")) {
            if (exercise.path("running").asBoolean()) {
                return exercise.path("id").asText();
            }
        }
        throw new CommandFailed(ExitCode.REFUSED, "No exercise is running.");
    }

    private void list(RunningPlatform platform) {
        var out = spec.commandLine().getOut();
        JsonNode exercises = platform.get("/api/exercises");
        if (json) {
            out.println(RunningPlatform.pretty(exercises));
            return;
        }
        Table table = new Table("EXERCISE", "STATE", "SECONDS", "TITLE", "DESCRIPTION");
        exercises.forEach(exercise -> table.row(
                exercise.path("id"),
                exercise.path("running").asBoolean() ? "running" : "-",
                exercise.path("duration_s"),
                exercise.path("title"),
                exercise.path("description")));
        table.print(out, "The running city has no exercises.");
    }

    private static String path(String exercise) {
        return "/api/exercises/" + RunningPlatform.segment(exercise);
    }
}
