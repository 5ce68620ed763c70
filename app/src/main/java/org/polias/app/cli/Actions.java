// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.polias.model.incident.IncidentEvent;

/**
 * What the command line sets in motion inside its own process. The composition of the application provides it, so that no verb
 * has to know how a platform is put together.
 */
public record Actions(Up up, WarmUp warmUp, CityCheck cityCheck, LogExport logExport, Replay replay) {

    /** Starts the platform and returns when it has stopped. */
    @FunctionalInterface
    public interface Up {
        /**
         * @return the exit code
         * @throws CommandFailed if it cannot start, with {@link ExitCode#CANNOT_START}
         */
        int run(UpOptions options) throws Exception;
    }

    /** Starts a platform, uses it for a while, and stops it. */
    @FunctionalInterface
    public interface WarmUp {
        /** @return the exit code */
        int run(UpOptions options) throws Exception;
    }

    /** Reads a city's folder without starting anything. */
    @FunctionalInterface
    public interface CityCheck {
        /** @throws IOException if the folder cannot be read at all */
        CityReport check(Path directory) throws IOException;
    }

    /**
     * What became of reading a city's folder.
     *
     * @param summary what was found, in one line
     * @param problems each with its file, line, value and advice; empty if the city is in order
     */
    public record CityReport(String summary, List<String> problems) {
        public CityReport {
            problems = List.copyOf(problems);
        }
    }

    /** Writes the log of a data directory into a file. */
    @FunctionalInterface
    public interface LogExport {
        /** @return how many records were written */
        long export(Path data, Path file, Progress progress) throws Exception;
    }

    /** Told how far a long job has come. */
    @FunctionalInterface
    public interface Progress {
        void records(long soFar);
    }

    /** Runs the site fold over an exported log and tells the incidents that come of it. */
    @FunctionalInterface
    public interface Replay {
        /**
         * @param told receives each event of each incident, in the log's order
         * @return how many records were replayed
         * @throws CommandFailed if the file is no recorded log, or is damaged
         */
        long replay(Path log, Consumer<IncidentEvent> told) throws Exception;
    }
}
