// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.cli.UpOptions.Database;
import org.polias.app.cli.UpOptions.Durability;
import org.polias.app.cli.UpOptions.FollowedFile;
import org.polias.model.id.DatastreamId;

import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class UpCommandTest {

    private final Typed.Recording recording = new Typed.Recording();

    private UpOptions started(String... arguments) {
        Typed typed = Typed.line(recording.actions(), arguments);
        assertThat(typed.err()).isEmpty();
        return recording.started.getLast();
    }

    @Test
    void withoutOptionsThePilotLivesOnLoopback() {
        assertThat(started("up"))
                .isEqualTo(new UpOptions(
                        Home.directory().resolve("data"),
                        Optional.empty(),
                        Optional.of("pilsen"),
                        8080,
                        1883,
                        OptionalInt.empty(),
                        "127.0.0.1",
                        Optional.empty(),
                        Durability.POWER,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        OptionalInt.empty(),
                        Map.of()));
    }

    @Test
    void aCityOfOnesOwnHasNoPilotUnlessOneIsNamed(@TempDir Path city) {
        assertThat(started("up", "--city", city.toString()).pilot()).isEmpty();
        assertThat(started("up", "--city", city.toString(), "--pilot", "oslo").pilot())
                .contains("oslo");
        assertThat(started("up", "--no-pilot").pilot()).isEmpty();
    }

    @Test
    void everyOptionArrives() {
        UpOptions options = started(
                "up",
                "--data=/d",
                "--http-port=1",
                "--mqtt-port=2",
                "--bind=0.0.0.0",
                "--durability=process",
                "--kafka=k1:9092,k2:9092",
                "--database=jdbc:postgresql://db/p",
                "--database-user=u",
                "--follow-eve=ids=/var/log/eve.json",
                "--follow-eve=ids-2=/var/log/eve=2.json",
                "--partitions=8",
                "--tls-certificate=/c.pem",
                "--tls-key=/k.pem");
        assertThat(options.data()).isEqualTo(Path.of("/d"));
        assertThat(options.httpPort()).isEqualTo(1);
        assertThat(options.mqttPort()).isEqualTo(2);
        assertThat(options.bind()).isEqualTo("0.0.0.0");
        assertThat(options.durability()).isEqualTo(Durability.PROCESS);
        assertThat(options.kafka()).contains("k1:9092,k2:9092");
        assertThat(options.database())
                .contains(new Database("jdbc:postgresql://db/p", Optional.of("u"), Optional.empty()));
        assertThat(options.followed())
                .containsExactly(
                        new FollowedFile(new DatastreamId("ids"), Path.of("/var/log/eve.json")),
                        new FollowedFile(new DatastreamId("ids-2"), Path.of("/var/log/eve=2.json")));
        assertThat(options.partitions()).hasValue(8);
        assertThat(options.tls()).contains(new UpOptions.Tls(Path.of("/c.pem"), Path.of("/k.pem")));
    }

    @Test
    void thePasswordComesFromTheEnvironmentAndIsNotShown() {
        UpCommand command = new UpCommand(recording.actions().up());
        Polias.configured(new CommandLine(command)).parseArgs("--database=jdbc:postgresql://db/p");
        UpOptions options = command.options(Map.of(UpCommand.DATABASE_PASSWORD, "s3cret"));
        assertThat(options.database().orElseThrow().password()).contains("s3cret");
        assertThat(options.toString()).doesNotContain("s3cret");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Typed typed = Typed.line(
                "up",
                "--http-port=70000",
                "--no-pilot",
                "--pilot=oslo",
                "--city=/nowhere/at/all",
                "--partitions=0",
                "--tls-key=/k.pem");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err())
                .contains("--http-port is 70000")
                .contains("--tls-key is there without --tls-certificate")
                .contains("--no-pilot and --pilot oslo exclude each other")
                .contains("--city /nowhere/at/all is not a folder")
                .contains("--partitions is 0");
    }

    @Test
    void aFileSettingYieldsToTheCommandLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("polias.properties");
        Files.writeString(file, """
                http-port=9000
                mqtt-port=9001
                no-pilot=true
                durability=process
                quarkus.log.level=DEBUG
                """);
        UpOptions options = started("up", "--config", file.toString(), "--mqtt-port=9002");
        assertThat(options.httpPort()).isEqualTo(9000);
        assertThat(options.mqttPort()).isEqualTo(9002);
        assertThat(options.pilot()).isEmpty();
        assertThat(options.durability()).isEqualTo(Durability.PROCESS);
        assertThat(options.settings()).isEqualTo(Map.of("quarkus.log.level", "DEBUG"));
    }

    @Test
    void everyUnknownSettingIsNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("polias.properties");
        Files.writeString(file, "htp-port=1\nmqttport=2\n");
        Typed typed = Typed.line("up", "--config", file.toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("'htp-port'").contains("'mqttport'").contains("Maybe see");
    }

    @Test
    void aFileSettingOfTheWrongKindIsWrongUsage(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("polias.properties");
        Files.writeString(file, "http-port=many\n");
        Typed typed = Typed.line("up", "--config", file.toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains(file.toString()).contains("'many' is not an int");
    }
}
