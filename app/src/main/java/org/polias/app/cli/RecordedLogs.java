// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.polias.fuse.DefaultFusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.incident.IncidentEvent;
import org.polias.stream.broker.BrokerStartException;
import org.polias.stream.broker.Durability;
import org.polias.stream.broker.EmbeddedBroker;
import org.polias.stream.log.RecordedLog;
import org.polias.stream.replay.LogFile;
import org.polias.stream.replay.LogTransfer;
import org.polias.stream.replay.Replay;
import org.polias.stream.wire.CorruptRecordException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The recorded log as a file, and what the folds make of one. */
final class RecordedLogs {

    private static final Logger LOG = Logger.getLogger(RecordedLogs.class);

    private RecordedLogs() {}

    /** Writes the log of a data directory into a file, whether a platform runs on it or not. */
    static long export(Path data, Path file, Actions.Progress progress) throws IOException {
        JsonNode run = readRun(data.resolve("run.json"));
        if (run.path("kafka").isTextual()
                && ProcessHandle.of(run.path("pid").asLong())
                        .filter(ProcessHandle::isAlive)
                        .isPresent()) {
            return export(run.path("kafka").asText(), file, progress);
        }
        Path directory = data.resolve("kafka");
        if (!Files.isDirectory(directory)) {
            throw new CommandFailed(
                    ExitCode.NOT_RUNNING,
                    "There is no log in %s.%nMaybe name the platform's data directory with --data.".formatted(data));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, Durability.PROCESS)) {
            return export(broker.bootstrapServers(), file, progress);
        } catch (BrokerStartException e) {
            throw new CommandFailed(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    /** Runs the folds over a recorded log and tells every incident event that comes of it. */
    static long replay(Path file, Consumer<IncidentEvent> told) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "%s is a folder.%nMaybe name a file that './polias log export' wrote.".formatted(file));
        }
        AtomicLong records = new AtomicLong();
        Replay replay = new Replay(
                new DefaultFusion(),
                (event, part, failure) ->
                        LOG.errorf(failure, "%s failed on the event of %s", part, event.receivedAt()));
        try (Stream<SiteEvent> events = LogFile.read(file)) {
            replay.run(events.peek(event -> records.incrementAndGet()), outcome -> {
                if (outcome instanceof SiteOutcome.IncidentChanged changed) {
                    told.accept(changed.event());
                }
            });
        } catch (CorruptRecordException e) {
            throw new CommandFailed(ExitCode.FAILED, e.getMessage(), e);
        }
        return records.get();
    }

    private static long export(String servers, Path file, Actions.Progress progress) throws IOException {
        RecordedLog.Summary summary =
                LogTransfer.exportTo(file, Map.of("bootstrap.servers", servers), progress::records);
        if (summary.corrupt() > 0) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "%d records of the log are corrupt and are not in %s; the other %d are."
                            .formatted(summary.corrupt(), file, summary.records()));
        }
        return summary.records();
    }

    private static JsonNode readRun(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        return Files.exists(file) ? json.readTree(file.toFile()) : json.nullNode();
    }
}
