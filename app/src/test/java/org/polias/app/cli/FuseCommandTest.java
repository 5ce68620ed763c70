// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FuseCommandTest {

    private static final String TWO_SITES = """
            {"kind":"site","id":"city/arena","name":"Arena","lat":49.75,"lon":13.38}
            {"kind":"site","id":"city/station","name":"Main Station","lat":49.743,"lon":13.388}
            {"site":"city/arena","type":"cyber.alert-burst","sensor":"ids-1","time":"2026-11-21T20:00:00Z","log_likelihood_ratio":7,"entities":[{"kind":"ip","value":"%1$s"}]}
            {"site":"city/arena","type":"cyber.alert","sensor":"ids-1","time":"2026-11-21T20:00:05Z","log_likelihood_ratio":5,"entities":[{"kind":"ip","value":"%1$s"}]}
            {"site":"city/station","type":"cyber.alert-burst","sensor":"ids-2","time":"2026-11-21T20:09:00Z","log_likelihood_ratio":7,"entities":[{"kind":"ip","value":"%2$s"}]}
            {"site":"city/station","type":"cyber.alert","sensor":"ids-2","time":"2026-11-21T20:09:05Z","log_likelihood_ratio":5,"entities":[{"kind":"ip","value":"%2$s"}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void incidentsOfTwoSitesThatNameOneAttackerAreOneCampaignAfterTheIncidents() throws IOException {
        List<JsonNode> lines = fused("203.0.113.7", "203.0.113.7");
        JsonNode campaign = lines.getLast();
        assertThat(lines.subList(0, lines.size() - 1)).noneMatch(line -> line.has("kind"));
        assertThat(campaign.path("kind").asText()).isEqualTo("campaign");
        assertThat(campaign.path("title").asText())
                .isEqualTo("Cyber attacks at Arena and Main Station involving 203.0.113.7");
        assertThat(campaign.path("incidents"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(lines.subList(0, lines.size() - 1).stream()
                        .map(line -> line.path("id").asText())
                        .toList());
        double sum = 0;
        for (JsonNode line : campaign.path("ledger")) {
            sum += line.path("log_odds").asDouble();
        }
        assertThat(sum).isCloseTo(campaign.path("log_odds").asDouble(), within(1e-9));
        assertThat(campaign.path("story")).hasSize(2);
    }

    @Test
    void incidentsOfTwoSitesWithDifferentAttackersAreNone() throws IOException {
        assertThat(fused("203.0.113.7", "192.0.2.9")).hasSize(2).noneMatch(line -> line.has("kind"));
    }

    private List<JsonNode> fused(String one, String other) throws IOException {
        Path file = folder.resolve("detections.jsonl");
        Files.writeString(file, TWO_SITES.formatted(one, other));
        Typed typed = Typed.line("fuse", file.toString(), "--json");
        assertThat(typed.exitCode()).as(typed.err()).isZero();
        ObjectMapper json = new ObjectMapper();
        return typed.out()
                .lines()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new IllegalStateException(line, e);
                    }
                })
                .toList();
    }
}
