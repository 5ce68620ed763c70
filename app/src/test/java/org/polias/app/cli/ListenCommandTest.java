// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ListenCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void aBangIsFoundAtItsTime() throws IOException {
        Path file = Files.write(folder.resolve("bang.wav"), wav(48_000, 3, 1.5));
        Typed typed = Typed.line("listen", "--json", file.toString());
        assertThat(typed.exitCode()).isZero();
        JsonNode report = JSON.readTree(typed.out());
        assertThat(report.path("file").asText()).isEqualTo(file.toString());
        assertThat(report.path("duration_s").asDouble()).isCloseTo(3, within(0.01));
        assertThat(report.path("format").path("sample_rate_Hz").asInt()).isEqualTo(48_000);
        assertThat(report.path("events")).hasSize(1);
        JsonNode event = report.path("events").get(0);
        assertThat(event.path("onset_s").asDouble()).isCloseTo(1.5, within(0.001));
        assertThat(event.path("onset_sigma_s").asDouble()).isBetween(1e-5, 1e-3);
        assertThat(event.path("snr_dB").asDouble()).isGreaterThan(20);
        assertThat(event.path("calibrated").asBoolean()).isFalse();
    }

    @Test
    void everyObjectIsAsTheSchemaSays() throws IOException {
        Files.write(folder.resolve("bang.wav"), wav(16_000, 3, 1.5));
        Files.write(folder.resolve("cut.wav"), Arrays.copyOf(wav(16_000, 3, 0.5), 40_000));
        Files.writeString(folder.resolve("text.wav"), "These are words.");
        Files.createFile(folder.resolve("empty.flac"));
        Typed typed = Typed.line(
                "listen",
                "--json",
                "--all",
                folder.toString(),
                folder.resolve("nowhere.wav").toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        JsonSchema schema =
                new JsonSchema(JSON.readTree(Files.readString(Typed.home().resolve("docs/listen.schema.json"))));
        List<JsonNode> reports =
                typed.out().lines().map(ListenCommandTest::parsed).toList();
        assertThat(reports).hasSize(5);
        reports.forEach(
                report -> assertThat(schema.problems(report)).as("%s", report).isEmpty());
        assertThat(reports.stream()
                        .map(report -> report.path("error").path("code").asText("none")))
                .containsExactly("none", "none", "empty", "not-audio", "missing");
        assertThat(reports.get(1).path("warning").path("code").asText()).isEqualTo("truncated");
        assertThat(reports.get(0).path("windows")).hasSize(6);
        assertThat(schema.problems(parsed("{\"file\": 1}")))
                .as("the schema can tell")
                .isNotEmpty();
    }

    @Test
    void aTableIsForPeople() throws IOException {
        Path file = Files.write(folder.resolve("bang.wav"), wav(16_000, 3, 1.5));
        Typed typed = Typed.line("listen", file.toString());
        assertThat(typed.out().lines().findFirst().orElseThrow())
                .matches("FILE +ONSET s  CLASS +P +CALLED +dBFS\\(A\\)  SNR dB  LASTS s");
        assertThat(typed.out()).contains("1.500");
        assertThat(typed.err()).startsWith("1 file, 1 event, classified by ");
    }

    @Test
    void withTheLevelOfFullScaleLevelsAreSoundPressureLevels() throws IOException {
        Path file = Files.write(folder.resolve("bang.wav"), wav(16_000, 3, 1.5));
        JsonNode without =
                JSON.readTree(Typed.line("listen", "--json", file.toString()).out());
        JsonNode with = JSON.readTree(Typed.line("listen", "--json", "--full-scale=114", file.toString())
                .out());
        assertThat(with.at("/events/0/calibrated").asBoolean()).isTrue();
        assertThat(with.at("/events/0/level_dB").asDouble()
                        - without.at("/events/0/level_dB").asDouble())
                .isCloseTo(114, within(0.02));
    }

    @Test
    void whatIsInAFolderWithoutBeingSoundIsPassedOver() throws IOException {
        Files.createDirectories(folder.resolve("deep/er"));
        Files.write(folder.resolve("deep/er/bang.wav"), wav(16_000, 3, 1.5));
        Files.writeString(folder.resolve("README.md"), "# Sounds");
        Files.writeString(folder.resolve(".hidden.wav"), "hidden");
        Typed typed = Typed.line("listen", folder.toString());
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err())
                .isEqualTo("1 file, 1 event, classified by %s; 1 hold no sound\n".formatted(classifier(typed)));
    }

    @Test
    void whereThereIsNothingToListenToItHasFailed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("nothing"));
        assertThat(Typed.line("listen", empty.toString()).exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aClassMapWithoutAModelIsWrongUsage() {
        Typed typed = Typed.line("listen", "--classes=a.csv", "a.wav");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).startsWith("--classes is the class map of --model, which is missing.");
    }

    @Test
    void aModelThatIsNoneIsSaidToBeNone() throws IOException {
        Path model = Files.writeString(folder.resolve("model.onnx"), "no model");
        Typed typed = Typed.line("listen", "--model", model.toString(), "a.wav");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err()).startsWith("model.onnx is no model that ONNX Runtime");
    }

    @Test
    void yamnetHearsARealShot() throws IOException {
        Path shared = Path.of(System.getProperty("polias.shared", "../../shared/data"));
        Path model = shared.resolve("models/yamnet.onnx");
        Path shot = shared.resolve("audio/cc/sounds_rifle_fire_01.ogg");
        Assumptions.assumeTrue(Files.exists(model) && Files.exists(shot), "there is no " + model.toAbsolutePath());
        Typed typed = Typed.line("listen", "--json", "--model", model.toString(), shot.toString());
        assertThat(typed.exitCode()).isZero();
        JsonNode first = JSON.readTree(typed.out()).at("/events/0");
        assertThat(first.path("class").asText()).isEqualTo("gunshot");
        assertThat(first.path("probability").asDouble()).isGreaterThan(0.8);
    }

    private static String classifier(Typed typed) {
        return typed.err().replaceAll("(?s).*classified by ([^;\\n]+).*", "$1");
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** Noise with a bang in it, mono, 16 bits. */
    private static byte[] wav(int rate_Hz, int seconds, double bangAt_s) {
        SplittableRandom random = new SplittableRandom(1);
        int samples = seconds * rate_Hz;
        ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        out.putInt(rate_Hz).putInt(2 * rate_Hz).putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            double after = ((double) i / rate_Hz - bangAt_s) / 0.002;
            double bang = after < 0 ? 0 : 0.8 * (1 - after) * Math.exp(-after);
            out.putShort((short) Math.round(32_767 * (bang + 0.0005 * random.nextGaussian())));
        }
        return out.array();
    }
}
