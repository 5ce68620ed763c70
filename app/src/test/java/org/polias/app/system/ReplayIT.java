// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.model.incident.IncidentEvent;
import org.polias.store.json.ModelJson;

import static org.assertj.core.api.Assertions.assertThat;

/** An exercise in the pilot city, computed again from its log by whoever wants to check us. */
class ReplayIT {

    private static final String EXERCISE = "pilsen-shots";
    private static final int EVENTS = 30;
    private static final Duration EXERCISE_PATIENCE = Duration.ofSeconds(150);
    private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(60);

    @Test
    void anExerciseReplayedFromItsLogGivesTheSameIncidentsToTheByteEachTimeAndAsTheDatabaseHasThem(@TempDir Path work)
            throws Exception {
        try (PlatformProcess platform = PlatformProcess.in(work, "--pilot", "pilsen")) {
            platform.start().awaitReady();
            Launcher.Outcome begun =
                    run(work, "exercise", EXERCISE, "--data", platform.data().toString());
            assertThat(begun.exitCode()).as(begun.err()).isZero();
            Await.until("the exercise became incidents", EXERCISE_PATIENCE, platform::said, () -> {
                long events = 0;
                for (var incident : platform.get("/api/incidents?scope=all")) {
                    events += incident.path("sequence").asLong();
                }
                return events >= EVENTS;
            });

            Path running = work.resolve("running.log");
            requireExported(work, platform, running);
            assertThat(platform.stop()).isEqualTo(143);
            Path stopped = work.resolve("stopped.log");
            requireExported(work, platform, stopped);
            assertThat(Files.size(stopped)).isGreaterThanOrEqualTo(Files.size(running));

            String first = replay(work, stopped);
            String second = replay(work, stopped);
            assertThat(second).isEqualTo(first);
            assertThat(byIncident(replay(work, running)))
                    .allSatisfy((incident, events) ->
                            assertThat(byIncident(first).get(incident)).startsWith(events.toArray(String[]::new)));

            Refolded refolded = Refolded.of(stopped);
            assertThat(byIncident(first)).isEqualTo(refolded.incidents());
            platform.start().awaitReady();
            try (Connection database = platform.connectDatabase()) {
                refolded.requireStored(database);
            }
            assertThat(refolded.incidents()).isNotEmpty();
        }
    }

    @Test
    void aFileThatIsNoLogIsRefusedInWords(@TempDir Path work) throws Exception {
        Path file = Files.writeString(work.resolve("letter.txt"), "Dear Sir or Madam");
        Launcher.Outcome outcome = run(work, "replay", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("letter.txt", "Maybe").doesNotContain("\tat ", "Exception");
    }

    private static void requireExported(Path work, PlatformProcess platform, Path file) {
        Launcher.Outcome exported =
                run(work, "log", "export", "--data", platform.data().toString(), file.toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(exported.err()).contains("records in " + file);
    }

    private static String replay(Path work, Path log) {
        Launcher.Outcome replayed = run(work, "replay", "--json", log.toString());
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        return replayed.out();
    }

    private static Map<String, List<String>> byIncident(String replayed) {
        Map<String, List<String>> incidents = new TreeMap<>();
        replayed.lines().forEach(line -> {
            IncidentEvent event = ModelJson.readIncidentEvent(line);
            incidents
                    .computeIfAbsent(event.incident().value(), id -> new ArrayList<>())
                    .add(line);
        });
        return incidents;
    }

    private static Launcher.Outcome run(Path work, String... arguments) {
        return Launcher.run(work, COMMAND_PATIENCE, arguments);
    }
}
