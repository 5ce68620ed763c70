// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.polias.fuse.language.Phrases;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.store.json.ModelJson;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polias replay}: the same log gives the same incidents. */
@Command(
        name = "replay",
        description = "Run an exported log again, with no server, and print the incidents it gives.",
        footer = {
            "",
            "The last line is a digest (SHA-256) of all that --json prints: the same log has the same digest, on any machine."
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A log as './polias log export' writes it.")
    private Path file;

    @Option(names = "--json", description = "Print every event of every incident, a line of JSON each.")
    private boolean json;

    private final Actions.Replay action;

    ReplayCommand(Actions.Replay action) {
        this.action = action;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        long records = json ? action.replay(file, event -> out.println(ModelJson.write(event))) : summarise(out);
        out.flush();
        spec.commandLine().getErr().printf("%d records replayed%n", records);
        return ExitCode.DONE;
    }

    private long summarise(PrintWriter out) throws Exception {
        Summary summary = new Summary();
        long records = action.replay(file, summary);
        Table table = new Table("INCIDENT", "SITE", "OPENED", "STATUS", "LEVEL", "PROBABILITY", "EVENTS", "TITLE");
        for (Incident incident : summary.incidents.values()) {
            table.row(
                    incident.id(),
                    incident.site().site(),
                    incident.openedAt(),
                    incident.status(),
                    incident.criticality()
                            .map(Criticality::level)
                            .map(Object::toString)
                            .orElse(""),
                    incident.criticality()
                            .map(Criticality::probability)
                            .map(Phrases::percent)
                            .orElse(""),
                    incident.sequence(),
                    incident.title());
        }
        table.print(out, "No incident came of it.");
        out.printf("sha-256  %s%n", HexFormat.of().formatHex(summary.digest.digest()));
        return records;
    }

    /** What became of each incident, and a digest of all that happened. */
    private static final class Summary implements Consumer<IncidentEvent> {

        private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
        private final MessageDigest digest;

        Summary() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-256");
        }

        @Override
        public void accept(IncidentEvent event) {
            digest.update((ModelJson.write(event) + '\n').getBytes(StandardCharsets.UTF_8));
            if (event instanceof IncidentEvent.Opened opened) {
                incidents.put(opened.incident(), Incident.begin(opened));
            } else {
                incidents.computeIfPresent(event.incident(), (id, incident) -> incident.on(event));
            }
        }
    }
}
