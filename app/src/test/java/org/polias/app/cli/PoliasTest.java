// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class PoliasTest {

    private final Typed.Recording recording = new Typed.Recording();

    @Test
    void theLauncherKnowsEveryVerb() throws IOException {
        List<String> verbs = new ArrayList<>();
        Polias.commandLine(recording.actions()).getSubcommands().forEach((name, verb) -> {
            if (!verb.getCommandSpec().usageMessage().hidden()) {
                verbs.add(name);
            }
        });
        verbs.add("test");
        String known = Files.readAllLines(Typed.home().resolve("polias")).stream()
                .filter(line -> line.startsWith("VERBS="))
                .findFirst()
                .orElseThrow();
        assertThat(known.replace("VERBS=", "").replace("'", "").split(" ")).containsExactlyInAnyOrderElementsOf(verbs);
    }

    @Test
    void everyVerbHasHelp() {
        for (CommandLine line : Typed.all(Polias.commandLine(recording.actions()))) {
            List<String> words = new ArrayList<>(
                    List.of(line.getCommandSpec().qualifiedName().split(" ")));
            words.removeFirst();
            words.add("--help");
            Typed help = Typed.line(words.toArray(String[]::new));
            assertThat(help.exitCode()).as("%s", words).isZero();
            assertThat(help.out()).contains("Usage: " + line.getCommandSpec().qualifiedName());
            assertThat(line.getCommandSpec().usageMessage().description())
                    .as("%s", words)
                    .isNotEmpty();
        }
    }

    @Test
    void anUnknownVerbIsAnsweredWithTheNearest() {
        Typed typed = Typed.line("staus");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err().lines())
                .containsExactly("'polias' has no verb 'staus'.", "Maybe you mean 'status'; see './polias --help'.");
    }

    @Test
    void noVerbIsWrongUsage() {
        Typed typed = Typed.line("device");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).startsWith("'polias device' needs a verb.");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearest() {
        Typed typed = Typed.line("up", "--mqtt-prot=1");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("Unknown option: '--mqtt-prot=1'").contains("Maybe you mean '--mqtt-port'");
    }

    @Test
    void aFaultShowsItsMessageAndNoStackTrace() {
        recording.isFailing = true;
        Typed typed = Typed.line(recording.actions(), "up");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err())
                .startsWith("'polias up' failed: the flux is 3 and not 4")
                .contains("Maybe run it again with --stacktrace")
                .doesNotContain("\tat ");
    }

    @Test
    void aFaultShowsItsStackTraceWhenAsked() {
        recording.isFailing = true;
        assertThat(Typed.line(recording.actions(), "up", "--stacktrace").err()).contains("\tat ");
        assertThat(Typed.line(recording.actions(), "--stacktrace", "up").err()).contains("\tat ");
    }

    @Test
    void aFailedCommandSaysWhatItWasToldToSayAndNoMore() {
        recording.isFailing = true;
        recording.fault = new CommandFailed(ExitCode.CANNOT_START, "Port 1883 is in use.\nMaybe use --mqtt-port.");
        Typed typed = Typed.line(recording.actions(), "up");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(typed.err().lines()).containsExactly("Port 1883 is in use.", "Maybe use --mqtt-port.");
    }

    @Test
    void aCityWithProblemsFailsTheCheck() {
        Typed typed = Typed.line("city", "check", "somewhere");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.out().lines())
                .containsExactly("city.yaml:3: class 'stadiun' is no site class.", "1 problem in somewhere");
    }

    @Test
    void aLogIsExportedToAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("site.log");
        Typed typed = Typed.line("log", "export", "--data", "its-data", file.toString());
        assertThat(typed.exitCode()).isZero();
        assertThat(file).hasContent("the log of its-data");
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void anUnwritableFileIsSaidPlainly(@TempDir Path folder) {
        Typed typed = Typed.line("log", "export", folder.resolve("no/log").toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err()).contains("there is no folder").doesNotContain("Exception");
    }
}
