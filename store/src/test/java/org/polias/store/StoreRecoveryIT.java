// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polias.model.id.DeviceId;
import org.polias.model.id.TenantId;
import org.polias.model.observation.Result;
import org.polias.store.StoreException.Category;
import org.polias.store.access.Role;
import org.polias.store.log.LogProgress;
import org.polias.store.log.LogSlice;
import org.polias.store.server.DatabaseServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreRecoveryIT {

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("polias-recovery-it");
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        SharedStore.deleteRecursively(directory);
    }

    /** What is killed. */
    enum Victim {
        /** The database lives on, with what its sessions were doing. */
        OUR_PROCESS,
        /** As when the kernel is out of memory, or the machine is reset: nothing is orderly. */
        OUR_PROCESS_AND_THE_DATABASE
    }

    @ParameterizedTest
    @EnumSource(Victim.class)
    void afterAKillEverythingThatWasConfirmedIsThereOnce(Victim victim) throws Exception {
        long confirmed = 0;
        for (int round = 1; round <= 3; round++) {
            confirmed = runAndKill(victim, confirmed + 200L * (3 + 2 * round));
        }

        try (Store store = Store.start(StoreSettings.embedded(directory))) {
            long next = StoreUnderFire.next(store, "observations");
            assertThat(next).isGreaterThanOrEqualTo(confirmed);
            assertThat(store.history().count(StoreUnderFire.TENANT)).isEqualTo(next);

            long events = StoreUnderFire.next(store, "outcomes");
            assertThat(store.incidents().timeline(StoreUnderFire.TENANT, StoreUnderFire.INCIDENT))
                    .hasSize((int) events);
            assertThat(store.incidents()
                            .find(StoreUnderFire.TENANT, StoreUnderFire.INCIDENT)
                            .orElseThrow()
                            .sequence())
                    .isEqualTo(events);
            assertThat(store.findProblem()).isEmpty();
        }
    }

    @Test
    void theStoreGoesOnByItselfWhenItsDatabaseWasKilled() {
        TenantId tenant = new TenantId("t");
        try (Store store = Store.start(StoreSettings.embedded(directory))) {
            store.history()
                    .append(List.of(new LogSlice<>(
                            new LogProgress("o", 0, 1),
                            List.of(Samples.observed(tenant, "level", 1, Samples.NOON, new Result.Count(1))))));
            DatabaseServer server = store.findServer().orElseThrow();
            ProcessHandle.of(server.findProcess().orElseThrow()).orElseThrow().destroyForcibly();

            // Until the death is noticed calls may fail, and say that trying again helps.
            Optional<Long> count = Optional.empty();
            for (int attempt = 0; attempt < 100 && count.isEmpty(); attempt++) {
                try {
                    count = Optional.of(store.history().count(tenant));
                } catch (StoreException e) {
                    assertThat(e.category()).isEqualTo(Category.TRY_AGAIN);
                }
            }

            assertThat(count).contains(1L);
            // Each connection of the pool finds out for itself.
            Optional<String> problem = store.findProblem();
            for (int attempt = 0; attempt < 100 && problem.isPresent(); attempt++) {
                problem = store.findProblem();
            }
            assertThat(problem).isEmpty();
        }
    }

    @Test
    void everythingIsThereAfterARestart() {
        TenantId tenant = new TenantId("t");
        String secret;
        String token;
        try (Store store = Store.start(StoreSettings.embedded(directory))) {
            secret = store.devices()
                    .create(tenant, new DeviceId("d"), Optional.empty())
                    .orElseThrow()
                    .secret();
            token = store.sessions()
                    .create(store.users()
                            .create(tenant, "anna", "Anna", Set.of(Role.ADMINISTRATOR), "tramvaj c. 42")
                            .orElseThrow());
        }
        try (Store store = Store.start(StoreSettings.embedded(directory))) {
            assertThat(store.devices().authenticate("d", secret)).isPresent();
            assertThat(store.sessions().find(token)).isPresent();
        }
    }

    @Test
    void theSchemaOfALaterReleaseIsNotWrittenTo() throws Exception {
        try (Store store = Store.start(StoreSettings.embedded(directory))) {
            DatabaseServer server = store.findServer().orElseThrow();
            try (Connection connection =
                            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO schema_history VALUES"
                        + " (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'polias', now(), 1, true)");
            }
        }

        assertThatThrownBy(() -> Store.start(StoreSettings.embedded(directory)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("\nMaybe the database was used by a newer version");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsSaid() {
        assertThatThrownBy(() -> Store.start(
                        StoreSettings.external("jdbc:postgresql://127.0.0.1:1/polias", "polias", "not-to-be-shown")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("\nMaybe")
                .hasMessageNotContaining("not-to-be-shown");
    }

    /** @return what the process had confirmed when it was killed */
    private long runAndKill(Victim victim, long until) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreUnderFire.class.getName(),
                        directory.toString())
                .redirectError(Redirect.DISCARD)
                .start();
        long confirmed = 0;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null && confirmed < until; line = output.readLine()) {
                confirmed = Long.parseLong(line.substring("stored ".length()));
            }
            assertThat(confirmed).as("what the process stored before it ended").isGreaterThanOrEqualTo(until);
            process.destroyForcibly();
            if (victim == Victim.OUR_PROCESS_AND_THE_DATABASE) {
                long postmaster = Long.parseLong(Files.readAllLines(directory.resolve("cluster/postmaster.pid"))
                        .getFirst()
                        .strip());
                ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            }
            process.waitFor();
        }
        return confirmed;
    }
}
