// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PlatformProcessIT {

    @Test
    void thePlatformStartsAnswersDiesAndStartsAgainOnTheSameData(@TempDir Path work) {
        PlatformProcess platform = PlatformProcess.ofSmallCity(work);
        try (platform) {
            platform.start().awaitReady();
            assertThat(platform.get("/q/health/ready").path("status").asText()).isEqualTo("UP");
            assertThat(platform.get("/api/city").path("name").asText()).isEqualTo("Smallville");
            assertThat(platform.get("/api/city").path("sites")).hasSize(SmallCity.SITES.size());
            assertThat(platform.createDevice("kit")).isNotBlank();
            assertThat(platform.mqttPort()).isPositive();

            platform.kill9();
            platform.start().awaitReady();
            assertThat(platform.get("/api/devices").findValuesAsText("device")).containsExactly("kit");

            // 128 + SIGTERM: as any JVM that was asked to end.
            assertThat(platform.stop()).isEqualTo(143);
            assertThat(platform.data().resolve("run.json")).doesNotExist();
            assertThat(platform.listProcesses())
                    .as("its database server ended with it")
                    .isEmpty();
        }
        assertThat(platform.listProcesses()).isEmpty();
        assertThat(Files.exists(platform.data())).isTrue();
    }

    @Test
    void whoeverStopsThePlatformWhileItStartsLeavesNothingRunning(@TempDir Path work) {
        try (PlatformProcess platform = PlatformProcess.ofSmallCity(work)) {
            platform.start();
            Path databaseServer = platform.data().resolve("postgres/cluster/postmaster.pid");
            Await.until(
                    "the database server starts",
                    Duration.ofSeconds(60),
                    platform::said,
                    () -> Files.exists(databaseServer));

            platform.stop();

            assertThat(platform.listProcesses()).isEmpty();
            assertThat(platform.errors()).doesNotContain("Exception");
            platform.start().awaitReady();
        }
    }
}
