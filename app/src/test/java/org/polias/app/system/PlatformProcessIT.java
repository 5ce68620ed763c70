// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.nio.file.Files;
import java.nio.file.Path;

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
        }
        assertThat(platform.listProcesses()).isEmpty();
        assertThat(Files.exists(platform.data())).isTrue();
    }
}
