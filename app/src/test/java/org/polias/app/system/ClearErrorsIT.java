// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.cli.ExitCode;
import org.polias.app.system.Launcher.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** What someone reads whose platform does not start: the cause and what to do, and never where in our code. */
class ClearErrorsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path work;

    @Test
    void aTakenHttpPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            requireRefused(up("--http-port", Integer.toString(taken.getLocalPort())))
                    .contains(Integer.toString(taken.getLocalPort()), "--http-port");
        }
    }

    @Test
    void aTakenMqttPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            requireRefused(up("--mqtt-port", Integer.toString(taken.getLocalPort())))
                    .contains(Integer.toString(taken.getLocalPort()), "--mqtt-port");
        }
    }

    @Test
    void aDataDirectoryInUseIsNamedWithTheProcessThatUsesIt() {
        try (PlatformProcess platform = PlatformProcess.ofSmallCity(work)) {
            platform.start().awaitReady();
            Outcome second = up("--data", platform.data().toString());

            assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCode.CANNOT_START);
            assertThat(second.err())
                    .contains(platform.data().toString(), Long.toString(platform.pid()), "Maybe", "--data")
                    .doesNotContain("\tat ", "Exception");
            assertThat(platform.get("/q/health/ready").path("status").asText())
                    .as("the first one does not mind")
                    .isEqualTo("UP");
            assertThat(platform.mqttPort()).isPositive();
        }
    }

    @Test
    void whoeverStartsTheSameTwiceIsToldSoAndNotThatThePortIsTaken() {
        try (PlatformProcess platform = PlatformProcess.ofSmallCity(work)) {
            platform.start().awaitReady();
            Outcome second = up(
                    "--data",
                    platform.data().toString(),
                    "--http-port",
                    Integer.toString(platform.url().getPort()));
            assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCode.CANNOT_START);
            assertThat(second.err()).contains("in use by the running process").doesNotContain("listened on");
        }
    }

    @Test
    void aFileOfTheCityThatCannotBeReadIsNamed() throws IOException {
        Path city = SmallCity.write(work.resolve("city"));
        Files.delete(city.resolve("zones.geojson"));
        Files.createDirectory(city.resolve("zones.geojson"));
        Files.write(city.resolve("things.csv"), new byte[] {'i', 'd', (byte) 0xff, (byte) 0xfe, '\n'});

        requireRefused(up()).contains("zones.geojson", "things.csv");
    }

    @Test
    void allProblemsOfACityAreNamedAtOnce() throws IOException {
        Path city = SmallCity.write(work.resolve("city"));
        replace(city.resolve("zones.geojson"), "\"kind\": \"square\"", "\"kind\": \"sqare\"");
        replace(city.resolve("datastreams.csv"), "north-gas,Ammonia", "north-gasp,Ammonia");
        replace(city.resolve("city.yaml"), "Europe/Prague", "Europe/Praha");

        requireRefused(up())
                .contains("zones.geojson:", "sqare", "datastreams.csv:", "north-gasp", "city.yaml:", "Europe/Praha");
    }

    @Test
    void aFolderWithoutACityIsNamed() throws IOException {
        Path empty = Files.createDirectory(work.resolve("empty"));
        requireRefused(up("--city", empty.toString())).contains(empty.toString(), "city.yaml");
    }

    @Test
    void aKafkaThatIsNotThereIsNamed() {
        requireRefused(up("--kafka", "127.0.0.1:1")).contains("127.0.0.1:1");
    }

    @Test
    void aKafkaWhoseNameNobodyKnowsIsNamed() {
        requireRefused(up("--kafka", "kafka.invalid:9092")).contains("kafka.invalid:9092");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        requireRefused(up("--database", "jdbc:postgresql://127.0.0.1:1/polias")).contains("127.0.0.1:1");
    }

    @Test
    void aDataDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(work.resolve("file"), "not a folder");
        requireRefused(up("--data", file.resolve("data").toString())).contains(file.toString());
        // Nobody, not even root, can make anything there.
        requireRefused(up("--data", "/proc/polias-data")).contains("/proc/polias-data");
    }

    @Test
    void aFollowedFileForADatastreamThatIsNotThereIsNamed() {
        requireRefused(up("--follow-eve", "nowhere=" + work.resolve("eve.json")))
                .contains("nowhere", "eve.json");
    }

    /** {@code ./polias up} with the small city, free ports and an own data directory, where nothing else is said. */
    private Outcome up(String... options) {
        List<String> said = List.of(options);
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(said);
        if (!said.contains("--city")) {
            Path city = work.resolve("city");
            arguments.addAll(List.of("--city", (Files.exists(city) ? city : SmallCity.write(city)).toString()));
        }
        addWhereMissing("--http-port", "0", arguments);
        addWhereMissing("--mqtt-port", "0", arguments);
        addWhereMissing("--data", work.resolve("data").toString(), arguments);
        return Launcher.run(work, PATIENCE, arguments.toArray(String[]::new));
    }

    private static void addWhereMissing(String option, String value, List<String> arguments) {
        if (!arguments.contains(option)) {
            arguments.addAll(List.of(option, value));
        }
    }

    private AbstractStringAssert<?> requireRefused(Outcome outcome) {
        String said = "%s%n%s".formatted(outcome.out(), outcome.err());
        assertThat(outcome.exitCode()).as(said).isEqualTo(ExitCode.CANNOT_START);
        assertThat(outcome.out()).as(said).doesNotContain("ready ");
        assertThat(outcome.err()).contains("Maybe").doesNotContain("\tat ", "Exception");
        assertThat(ProcessHandle.allProcesses().filter(ProcessHandle::isAlive).filter(handle -> handle.info()
                        .commandLine()
                        .filter(line -> line.contains(work.toString()))
                        .isPresent()))
                .as("processes that are left")
                .isEmpty();
        return assertThat(outcome.err());
    }

    private static void replace(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replaceFirst(old, replacement));
    }
}
