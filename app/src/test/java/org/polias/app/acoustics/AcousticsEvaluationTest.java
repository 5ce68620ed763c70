// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.cli.CommandFailed;
import org.polias.model.acoustics.SoundClass;
import org.polias.pilots.sound.Scenes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AcousticsEvaluationTest {

    @TempDir
    private Path directory;

    private static AcousticsReport report() {
        return new AcousticsReport(Optional.empty(), Optional.empty(), _ -> {});
    }

    private void write(String folder, SoundClass soundClass, int index) throws IOException {
        Scenes scenes = new Scenes(9, Map.of(soundClass, 1.0), List.of(), 0, 0);
        double[] samples = scenes.clip(index, 24_000).samples();
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes()).putInt(36 + 2 * samples.length).put("WAVEfmt ".getBytes());
        wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        wav.putShort((short) 2).putShort((short) 16).put("data".getBytes()).putInt(2 * samples.length);
        for (double each : samples) {
            wav.putShort((short) Math.round(each * 32_000));
        }
        Path file = directory.resolve(folder).resolve(index + ".wav");
        Files.createDirectories(file.getParent());
        Files.write(file, wav.array());
    }

    @Test
    void foldersNamedByClassAreHeardAndWhatIsUnknownOrBrokenIsNamed() throws IOException {
        for (int index = 0; index < 3; index++) {
            write("gun_shot", SoundClass.GUNSHOT, index);
            write("siren", SoundClass.SIREN, index);
            write("fireworks", SoundClass.FIREWORK, index);
        }
        Files.writeString(directory.resolve("siren/notes.txt"), "no sound");
        Files.createDirectory(directory.resolve("whatever"));

        ObjectNode found = report().of(Optional.of(directory), true, Optional.empty(), Optional.empty());

        assertThat(found.get("clips").asInt()).isEqualTo(9);
        assertThat(found.get("gunshots").asInt()).isEqualTo(3);
        assertThat(found.get("gunshot_auc").asDouble()).isBetween(0.0, 1.0);
        assertThat(found.get("gunshot_recall_at_1pct_fpr").isNumber()).isTrue();
        assertThat(found.get("ece").asDouble()).isBetween(0.0, 1.0);
        assertThat(found.get("brier").asDouble()).isBetween(0.0, 1.0);
        assertThat(found.get("by_class").get("fireworks").get("class").asText()).isEqualTo("firework");
        assertThat(found.get("by_class").get("siren").get("clips").asInt()).isEqualTo(3);
        assertThat(found.get("by_snr").properties().stream().map(Map.Entry::getKey))
                .contains("-5", "10", "30");
        assertThat(found.get("decision")
                        .get("fireworks_thunder_doors_called_shot")
                        .isNumber())
                .isTrue();
        assertThat(found.get("unknown_folders").get(0).asText()).isEqualTo("whatever");
        JsonNode unreadable = found.get("unreadable");
        assertThat(unreadable.has("siren/notes.txt")).isTrue();
    }

    @Test
    void falseAlarmsAreCountedWithABoundThatFewHoursCannotMakeSmall() {
        ObjectNode found = report().of(Optional.empty(), false, Optional.of(0.05), Optional.empty());

        JsonNode alarms = found.get("false_alarms");
        assertThat(alarms.get("hours").asDouble()).isEqualTo(0.05);
        // Three in as long as was heard: the rule of three.
        assertThat(alarms.get("per_sensor_day_at_most_95").asDouble()).isGreaterThanOrEqualTo(3 * 24 / 0.05);
    }

    @Test
    void aFolderWithoutClassesIsRefusedWithAdvice() {
        assertThatThrownBy(() -> report().of(Optional.of(directory), false, Optional.empty(), Optional.empty()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("Maybe");
    }

    /** Every sixth clip: the whole is what the model card reports. */
    @Test
    void onUrbanSound8KShotsAreToldFromAllElse() throws IOException {
        Path shared = Path.of(System.getProperty("polias.shared", "../../shared/data"), "audio", "urbansound8k");
        Assumptions.assumeTrue(Files.exists(shared), "there is no " + shared.toAbsolutePath());
        try (var folders = Files.list(shared)) {
            for (Path folder : folders.sorted().toList()) {
                Path to = Files.createDirectory(directory.resolve(folder.getFileName()));
                try (var files = Files.list(folder)) {
                    List<Path> all = files.sorted().toList();
                    for (int i = 0; i < all.size(); i += 6) {
                        Files.createSymbolicLink(
                                to.resolve(all.get(i).getFileName()), all.get(i).toAbsolutePath());
                    }
                }
            }
        }

        ObjectNode found = report().of(Optional.of(directory), false, Optional.empty(), Optional.empty());

        assertThat(found.get("gunshot_auc").asDouble()).isGreaterThan(0.95);
    }
}
