// SPDX-License-Identifier: Apache-2.0
package org.polias.store.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polias.store.SharedStore;
import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseServerIT {

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("polias-server-it");
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        SharedStore.deleteRecursively(directory);
    }

    @Test
    void itIsDurableOnLoopbackOnlyAndWantsItsPassword() throws Exception {
        try (DatabaseServer server = DatabaseServer.start(directory)) {
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(server, "SHOW data_checksums")).isEqualTo("on");
            assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(server, "SHOW unix_socket_directories")).isEmpty();
            assertThat(ask(server, "SHOW server_version")).startsWith("18.");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void whatWasCommittedIsThereAfterAnOrderlyRestart() throws Exception {
        long process;
        try (DatabaseServer server = DatabaseServer.start(directory)) {
            run(server, "CREATE TABLE t AS SELECT 42 AS x");
            process = server.findProcess().orElseThrow();
        }
        assertThat(runs(process)).isFalse();

        try (DatabaseServer server = DatabaseServer.start(directory)) {
            assertThat(ask(server, "SELECT x FROM t")).isEqualTo("42");
        }
    }

    @Test
    void aSecondInstanceIsToldThatTheFirstHasIt() {
        try (DatabaseServer first = DatabaseServer.start(directory)) {
            assertThat(first.findProcess()).isPresent();
            assertThatThrownBy(() -> DatabaseServer.start(directory))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.category()).isEqualTo(Category.NEEDS_ATTENTION))
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by another running instance")
                    .hasMessageContaining("\nMaybe");
        }
    }

    @Test
    void aServerThatWasKilledRecoversOnTheSamePort() throws Exception {
        try (DatabaseServer server = DatabaseServer.start(directory)) {
            run(server, "CREATE TABLE t AS SELECT 42 AS x");
            int port = server.port();
            kill(server.findProcess().orElseThrow());

            server.ensureRunning();

            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, "SELECT x FROM t")).isEqualTo("42");
        }
    }

    @Test
    void aLeftOverPidFileOfAnotherProcessIsInNobodysWay() throws Exception {
        DatabaseServer.start(directory).close();
        // As after a reboot, when the pid belongs to someone else: here to us.
        Files.write(
                directory.resolve("cluster/postmaster.pid"),
                List.of(
                        Long.toString(ProcessHandle.current().pid()),
                        directory.resolve("cluster").toString(),
                        "1795221512",
                        "54321",
                        "",
                        "localhost",
                        "0 0",
                        "ready"));

        try (DatabaseServer server = DatabaseServer.start(directory)) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aStartThatWasKilledWhileCreatingIsBegunAnew() throws Exception {
        Files.createDirectories(directory.resolve("cluster.new/base"));
        Files.writeString(directory.resolve("cluster.new/PG_VERSION"), "18\n");

        try (DatabaseServer server = DatabaseServer.start(directory)) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void settingsOfOnesOwnAreTaken() throws Exception {
        Files.writeString(directory.resolve("local.conf"), "work_mem = 7MB\n");

        try (DatabaseServer server = DatabaseServer.start(directory)) {
            assertThat(ask(server, "SHOW work_mem")).isEqualTo("7MB");
        }
    }

    @Test
    void settingsThatPostgresqlDoesNotUnderstandAreReportedInItsWords() throws Exception {
        Files.writeString(directory.resolve("local.conf"), "work_mem = plenty\n");

        assertThatThrownBy(() -> DatabaseServer.start(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be started")
                .hasMessageContaining("work_mem")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void dataOfAnotherVersionAreNotTouched() throws Exception {
        DatabaseServer.start(directory).close();
        Files.writeString(directory.resolve("cluster/PG_VERSION"), "17\n");

        assertThatThrownBy(() -> DatabaseServer.start(directory))
                .hasMessageContaining("written by PostgreSQL 17")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void aLostPasswordIsSaid() throws Exception {
        DatabaseServer.start(directory).close();
        Files.delete(directory.resolve("password"));

        assertThatThrownBy(() -> DatabaseServer.start(directory))
                .hasMessageContaining("password")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> DatabaseServer.start(file.resolve("db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("\nMaybe");
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static boolean runs(long pid) {
        // Of a process that has ended and was not buried yet the system no longer knows the program.
        return Files.isReadable(Path.of("/proc", Long.toString(pid), "exe"));
    }

    private static String ask(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
