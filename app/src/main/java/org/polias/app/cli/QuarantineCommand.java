// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;

import org.polias.model.admission.Reason;

import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code polias quarantine}: what was refused, why, and having it taken in after all. */
@Command(name = "quarantine", description = "See what was refused and why; have it taken in after all.")
final class QuarantineCommand extends VerbGroup {

    @Command(name = "list", description = "List what is in quarantine, newest first.")
    int list(
            @Mixin DataDirectory data,
            @Option(names = "--reason", paramLabel = "CODE", description = "Only what was refused for this reason.")
                    Optional<String> reason,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = "List as JSON.") boolean json) {
        reason.ifPresent(this::requireReason);
        String query = "/api/quarantine?limit=%d%s"
                .formatted(limit, reason.map(code -> "&reason=" + code).orElse(""));
        JsonNode payloads = RunningPlatform.get(data.path()).get(query);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RunningPlatform.pretty(payloads));
            return ExitCode.DONE;
        }
        Table table = new Table("ID", "RECEIVED", "DEVICE", "WAY", "ADDRESS", "REASON", "REPLAYED");
        payloads.forEach(payload -> table.row(
                payload.path("id"),
                payload.path("receivedAt"),
                payload.path("device"),
                payload.path("way"),
                payload.path("address"),
                payload.path("reason"),
                payload.path("replayedAt")));
        table.print(out, "Nothing is in quarantine.");
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show one payload, and why it was refused.")
    int show(
            @Mixin DataDirectory data,
            @Parameters(paramLabel = "ID", description = "Its id, as listed.") String id,
            @Option(names = "--json", description = "Show as JSON.") boolean json) {
        JsonNode payload = RunningPlatform.get(data.path()).get("/api/quarantine/" + RunningPlatform.segment(id));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RunningPlatform.pretty(payload));
            return ExitCode.DONE;
        }
        Table table = new Table("ID", payload.path("id").asText());
        table.row("received", payload.path("receivedAt"))
                .row("device", payload.path("device"))
                .row(
                        "sent to",
                        payload.path("way").asText() + " "
                                + payload.path("address").asText())
                .row("reason", payload.path("reason"))
                .row("detail", payload.path("detail"))
                .row("replayed", payload.path("replayedAt"))
                .print(out, "");
        out.println();
        out.println(printable(payload.path("payload").asText()));
        if (payload.path("truncated").asBoolean()) {
            out.println("(only the beginning was kept: it was larger than the quarantine keeps)");
        }
        return ExitCode.DONE;
    }

    @Command(name = "replay", description = "Have it taken in as if it arrived now, once the cause is mended.")
    int replay(
            @Mixin DataDirectory data,
            @Parameters(paramLabel = "ID", arity = "0..1", description = "One payload, as listed.") Optional<String> id,
            @Option(names = "--reason", paramLabel = "CODE", description = "All that was refused for this reason.")
                    Optional<String> reason,
            @Option(names = "--json", description = "Print the outcome as JSON.") boolean json) {
        if (id.isPresent() == reason.isPresent()) {
            throw new ParameterException(
                    spec.subcommands().get("replay"), "Either the ID of a payload or --reason is needed.");
        }
        reason.ifPresent(this::requireReason);
        String path = id.map(one -> "/api/quarantine/%s/replay".formatted(RunningPlatform.segment(one)))
                .orElseGet(() -> "/api/quarantine/replay?reason=" + reason.orElseThrow());
        JsonNode outcome = RunningPlatform.get(data.path()).post(path);
        PrintWriter out = spec.commandLine().getOut();
        JsonNode rejected = outcome.path("rejected");
        if (json) {
            out.println(RunningPlatform.pretty(outcome));
        } else {
            out.printf(
                    "%d accepted, %d duplicates, %d refused again%n",
                    outcome.path("accepted").asLong(),
                    outcome.path("duplicates").asLong(),
                    rejected.size() + outcome.path("omitted").asLong());
            rejected.forEach(one -> out.printf(
                    "%s: %s%n",
                    one.path("code").asText(), printable(one.path("message").asText())));
        }
        return rejected.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void requireReason(String code) {
        if (Reason.find(code).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no reason '%s'; there are %s."
                            .formatted(
                                    code,
                                    String.join(
                                            ", ",
                                            Arrays.stream(Reason.values())
                                                    .map(Reason::code)
                                                    .toList())));
        }
    }

    /** Without the control characters that a hostile payload could steer the terminal with. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD");
    }
}
