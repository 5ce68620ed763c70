// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.system.Await;
import org.polias.app.system.PlatformProcess;
import org.polias.app.system.SmallCity;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Incidents of two sites become one campaign, which survives the process and ends when an operator dismisses one of them. */
class CampaignE2eIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whatOneAddressDoesAtTwoSitesIsOneCampaignAlsoAfterAKill(@TempDir Path work) {
        try (PlatformProcess platform = PlatformProcess.ofSmallCity(work)) {
            platform.start().awaitReady();
            HttpDevice ids = HttpDevice.added(platform, "ids");
            for (int i = 0; i < SmallCity.SITES.size(); i++) {
                String way = "/v1/eve/" + SmallCity.network(SmallCity.SITES.get(i));
                ids.post(way, alert(3 * i + 1));
                ids.post(way, alert(3 * i + 2));
            }
            JsonNode found = Await.value("there is a campaign", PATIENCE, platform::said, () -> first(platform));
            assertThat(found.path("status").asText()).isEqualTo("OPEN");
            assertThat(found.path("title").asText())
                    .isEqualTo("Cyber attacks at The north and The south involving 203.0.113.7");
            assertThat(found.path("members").findValuesAsText("site"))
                    .containsExactlyInAnyOrderElementsOf(SmallCity.SITES);

            JsonNode whole = platform.get("/api/campaigns/" + found.path("id").asText());
            double sum = 0;
            for (JsonNode line : whole.path("ledger")) {
                sum += line.path("logOdds").asDouble();
            }
            assertThat(sum).isCloseTo(whole.path("logOdds").asDouble(), within(1e-9));
            assertThat(whole.path("story")).hasSize(2);
            assertThat(platform.send("GET", "/api/campaigns/C-NONE", "").status())
                    .isEqualTo(404);

            Await.until(
                    "it is stored",
                    PATIENCE,
                    platform::said,
                    () -> platform.get("/api/campaigns?scope=all").size() == 1);
            platform.kill9();
            platform.start().awaitReady();
            JsonNode again = Await.value("it is there again", PATIENCE, platform::said, () -> first(platform));
            assertThat(again.path("id")).isEqualTo(found.path("id"));
            assertThat(again.path("openedAt")).isEqualTo(found.path("openedAt"));

            String dismissed = again.path("members").path(0).path("incident").asText();
            assertThat(platform.post(
                                    "/api/incidents/" + dismissed + "/commands",
                                    "{\"command\":\"dismiss\",\"reason\":\"FALSE_ALARM\"}")
                            .status())
                    .isEqualTo(200);
            Await.until(
                    "it ended", PATIENCE, platform::said, () -> first(platform).isEmpty());
            Await.until(
                    "its end is stored",
                    PATIENCE,
                    platform::said,
                    () -> platform.get("/api/campaigns?scope=closed").size() == 1);
            JsonNode ended = platform.get("/api/campaigns/" + found.path("id").asText());
            assertThat(ended.path("status").asText()).isEqualTo("ENDED");
            assertThat(ended.path("former").path(0).path("incident").asText()).isEqualTo(dismissed);
            assertThat(ended.path("former").path(0).path("reason").asText()).isEqualTo("DISMISSED");
        }
    }

    private static Optional<JsonNode> first(PlatformProcess platform) {
        JsonNode open = platform.get("/api/campaigns");
        return open.isEmpty() ? Optional.empty() : Optional.of(open.path(0));
    }

    private static String alert(int number) {
        return "{\"timestamp\":\"2025-01-02T03:04:0%1$d.5+0000\",\"event_type\":\"alert\",\"src_ip\":\"203.0.113.7\",\"src_port\":4444,\"dest_ip\":\"10.0.3.3\",\"dest_port\":443,\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":9000%1$d,\"rev\":1,\"signature\":\"ET EXPLOIT\",\"category\":\"Attempted Administrator Privilege Gain\",\"severity\":1}}"
                .formatted(number);
    }
}
