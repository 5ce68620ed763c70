// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code polias status}: whether the platform runs, and how it is. */
@Command(name = "status", description = "Show whether the platform runs, and how it is.")
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Option(names = "--json", description = "Show as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        RunningPlatform platform = RunningPlatform.get(data.path());
        JsonNode city = platform.get("/api/city");
        JsonNode admissions = platform.get("/api/admissions");
        JsonNode stats = platform.get("/api/stats");
        JsonNode incidents = platform.get("/api/incidents?scope=live&limit=1000");
        Map<String, Integer> byLevel = new TreeMap<>();
        incidents.forEach(incident -> byLevel.merge(incident.path("level").asText("NONE"), 1, Integer::sum));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode status = RunningPlatform.object();
            status.put("url", platform.url().toString());
            status.put("pid", platform.pid());
            status.put("city", city.path("name").asText());
            status.put("simulated", city.path("simulated").asBoolean());
            status.set("admissions", admissions);
            status.set("stats", stats);
            byLevel.forEach(status.putObject("incidents")::put);
            out.println(RunningPlatform.pretty(status));
            return ExitCode.DONE;
        }
        Table table = new Table("RUNNING", platform.url().toString());
        table.row("process", platform.pid())
                .row(
                        "city",
                        city.path("name").asText() + (city.path("simulated").asBoolean() ? " (simulated)" : ""))
                .row("sites", city.path("sites").size())
                .row("since", admissions.path("since"))
                .row("accepted", admissions.path("accepted"))
                .row("stored", stats.path("stored"))
                .row("duplicates", admissions.path("duplicate"))
                .row("refused", refused(admissions.path("rejected")))
                .row("devices", stats.path("devices").asText() + " connected")
                .row("silent", stats.path("silent").asText() + " datastreams")
                .row("incidents", incidents.size() + byLevelText(byLevel))
                .print(out, "");
        return ExitCode.DONE;
    }

    private static String refused(JsonNode byReason) {
        long sum = 0;
        StringBuilder reasons = new StringBuilder();
        for (Map.Entry<String, JsonNode> entry : byReason.properties()) {
            long count = entry.getValue().asLong();
            sum += count;
            if (count > 0) {
                reasons.append(reasons.isEmpty() ? "" : ", ")
                        .append(entry.getKey())
                        .append(' ')
                        .append(count);
            }
        }
        return reasons.isEmpty() ? Long.toString(sum) : "%d (%s)".formatted(sum, reasons);
    }

    private static String byLevelText(Map<String, Integer> byLevel) {
        if (byLevel.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        byLevel.forEach((level, count) -> text.append(text.isEmpty() ? " (" : ", ")
                .append(level.toLowerCase(Locale.ROOT))
                .append(' ')
                .append(count));
        return text.append(')').toString();
    }
}
