// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.model.id.DatastreamId;
import org.polias.pilots.Emission;

import static org.assertj.core.api.Assertions.assertThat;

class EveFileLinkTest {

    private static final Instant NOW = Instant.parse("2026-11-21T17:00:00Z");

    @TempDir
    Path folder;

    private static Emission line(String text) {
        return new Emission.NetworkLine(new DatastreamId("eve"), NOW, text);
    }

    @Test
    void linesAreAppendedToWhatIsThere() throws IOException {
        Path file = folder.resolve("a").resolve("eve.json");
        for (String text : new String[] {"{1}", "{2}"}) {
            try (EveFileLink link = new EveFileLink("nids", file)) {
                link.offer(line(text));
                link.pump(NOW);
            }
        }

        assertThat(file).hasContent("{1}\n{2}\n");
    }

    @Test
    void aLargeFileIsRotatedAndBegunAnew() throws IOException {
        Path file = folder.resolve("eve.json");
        try (EveFileLink link = new EveFileLink("nids", file)) {
            link.offer(line("x".repeat(5 << 20)));
            link.pump(NOW);
            link.offer(line("{next}"));
            link.pump(NOW);
        }

        assertThat(file).hasContent("{next}\n");
        assertThat(folder.resolve("eve.json.1")).exists();
    }

    @Test
    void aFolderThatCannotBeWrittenIsTriedAgain() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("a"), "a file where the folder should be");
        Path file = inTheWay.resolve("eve.json");
        try (EveFileLink link = new EveFileLink("nids", file)) {
            link.offer(line("{1}"));
            link.pump(NOW);
            assertThat(link.backlog()).isEqualTo(1);

            Files.delete(inTheWay);
            link.pump(NOW.plusSeconds(1));
            assertThat(link.backlog()).isZero();
        }

        assertThat(file).hasContent("{1}\n");
    }
}
