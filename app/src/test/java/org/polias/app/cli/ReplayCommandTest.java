// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.IncidentEvent;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayCommandTest {

    private static final Instant T = Instant.parse("2026-11-21T10:00:00.250Z");
    private static final IncidentId ID = new IncidentId("I-1");

    private final Typed.Recording recording = new Typed.Recording();

    @Test
    void theIncidentsAreATableWithADigestThatTellsLogsApart() {
        recording.happened.add(opened());
        Typed first = Typed.line(recording.actions(), "replay", "site.log");
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains("2 records replayed");
        assertThat(first.out().lines().toList())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("INCIDENT  SITE  OPENED"),
                        row -> assertThat(row).startsWith("I-1       s     2026-11-21T10:00:00Z  OPEN"),
                        digest -> assertThat(digest).matches("sha-256  [0-9a-f]{64}"));
        assertThat(Typed.line(recording.actions(), "replay", "site.log").out()).isEqualTo(first.out());

        recording.happened.add(new IncidentEvent.Acknowledged(ID, 2, T, "anna"));
        Typed further = Typed.line(recording.actions(), "replay", "site.log");
        assertThat(further.out()).contains("ACKNOWLEDGED");
        assertThat(digest(further)).isNotEqualTo(digest(first));
    }

    @Test
    void asJsonEveryEventIsALine() {
        recording.happened.add(opened());
        recording.happened.add(new IncidentEvent.Acknowledged(ID, 2, T, "anna"));
        assertThat(Typed.line(recording.actions(), "replay", "--json", "site.log")
                        .out()
                        .lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"@type\":"));
    }

    @Test
    void aFolderIsNoLog(@TempDir Path folder) {
        Typed typed = Typed.line(Composition.actions(), "replay", folder.toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err()).startsWith(folder + " is a folder.").contains("Maybe");
    }

    @Test
    void whatIsNoLogIsSaidOnceAndWithoutOurInsides(@TempDir Path folder) throws Exception {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam");
        Typed typed = Typed.line(Composition.actions(), "replay", letter.toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err()).contains("letter.txt").doesNotContain("--stacktrace");
        assertThat(Typed.line(
                                Composition.actions(),
                                "replay",
                                folder.resolve("no/where").toString())
                        .err())
                .contains("there is no folder " + folder.resolve("no"));
    }

    private static String digest(Typed typed) {
        return typed.out().lines().toList().getLast();
    }

    private static IncidentEvent.Opened opened() {
        return new IncidentEvent.Opened(
                ID, 1, T, new SiteKey(new TenantId("t"), new SiteId("s")), T, false, Optional.empty());
    }
}
