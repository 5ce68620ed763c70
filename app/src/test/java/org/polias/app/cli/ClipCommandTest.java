// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.edge.clip.SealedClip;
import org.polias.edge.media.AudioFiles;
import org.polias.edge.media.AudioStream;

import static org.assertj.core.api.Assertions.assertThat;

class ClipCommandTest {

    @TempDir
    private Path folder;

    private String makeKeys() {
        Typed typed = Typed.line("clip", "keys", "--out=" + folder.resolve("private.key"));
        assertThat(typed.exitCode()).isZero();
        return typed.out().strip();
    }

    private Path sealed(String publicKey) throws IOException {
        short[] samples = new short[32_000];
        samples[16_000] = 20_000;
        SealedClip.Clip clip =
                new SealedClip.Clip("mic-1-sound", Instant.parse("2026-11-21T20:15:03Z"), 16_000, samples);
        return Files.write(folder.resolve("a.clip"), SealedClip.seal(clip, publicKey));
    }

    @Test
    void aClipIsOpenedByItsKeyAsSoundThatAnybodyCanPlay() throws IOException {
        Path clip = sealed(makeKeys());
        Path wav = folder.resolve("a.wav");
        Typed typed =
                Typed.line("clip", "open", clip.toString(), "--key=" + folder.resolve("private.key"), "--out=" + wav);
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).contains("2.0 s of mic-1-sound, from 2026-11-21T20:15:03Z");
        assertThat(AudioFiles.open(wav)).isInstanceOfSatisfying(AudioFiles.Opening.Opened.class, opened -> {
            try (AudioStream stream = opened.stream()) {
                assertThat(stream.format().sampleRate_Hz()).isEqualTo(16_000);
                assertThat(stream.format().channels()).isEqualTo(1);
                assertThat(stream.format().duration_s()).hasValue(2.0);
            }
        });
    }

    @Test
    void whatDoesNotFitIsSaid() throws IOException {
        Path clip = sealed(makeKeys());
        Path key = folder.resolve("private.key");
        assertThat(Typed.line("clip", "keys", "--out=" + key).err()).contains("exists already");
        assertThat(Typed.line("clip", "open", folder.resolve("none").toString(), "--key=" + key)
                        .err())
                .contains("There is no file");
        assertThat(Typed.line("clip", "open", key.toString(), "--key=" + key).err())
                .contains("no sealed clip");
        assertThat(Typed.line("clip", "open", clip.toString(), "--key=" + clip).err())
                .contains("no private key");
        byte[] changed = Files.readAllBytes(clip);
        changed[changed.length - 1] ^= 1;
        Files.write(clip, changed);
        Typed typed = Typed.line("clip", "open", clip.toString(), "--key=" + key);
        assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err()).contains("something of it was changed");
    }
}
