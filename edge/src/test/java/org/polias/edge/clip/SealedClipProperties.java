// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.clip;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

import org.polias.edge.clip.SealedClip.Clip;
import org.polias.edge.clip.SealedClip.Opening;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SealedClipProperties {

    private static final Instant BEGIN = Instant.parse("2026-11-21T20:15:03.214159Z");
    private static final Path FOLDER = folder();
    private static final Path KEY = FOLDER.resolve("private.key");
    private static final String PUBLIC = generate();
    private static final String PRIVATE = read();

    private static Path folder() {
        try {
            return Files.createTempDirectory("clips");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String generate() {
        try {
            return ClipKeys.generate(KEY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read() {
        try {
            return Files.readString(KEY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 100)
    void whatIsSealedIsOpenedByItsKey(@ForAll @Size(max = 500) short[] samples) {
        Clip clip = new Clip("mic-1-sound", BEGIN, 16_000, samples);
        assertThat(SealedClip.open(SealedClip.seal(clip, PUBLIC), PRIVATE)).isEqualTo(new Opening.Opened(clip));
    }

    @Property(tries = 300)
    void whateverIsChangedItDoesNotOpen(
            @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(min = 1, max = 255) int by) {
        byte[] sealed = SealedClip.seal(new Clip("mic-1-sound", BEGIN, 16_000, new short[40]), PUBLIC);
        sealed[at % sealed.length] ^= (byte) by;
        assertRefused(SealedClip.open(sealed, PRIVATE));
    }

    @Property(tries = 200)
    void whereverItIsCutItDoesNotOpen(@ForAll @IntRange(max = 10_000) int length) {
        byte[] sealed = SealedClip.seal(new Clip("mic-1-sound", BEGIN, 16_000, new short[40]), PUBLIC);
        assertRefused(SealedClip.open(Arrays.copyOf(sealed, length % sealed.length), PRIVATE));
    }

    @Property(tries = 300)
    void anyBytesAreAnswered(@ForAll byte[] bytes, @ForAll String key) {
        assertRefused(SealedClip.open(bytes, PRIVATE));
        assertRefused(SealedClip.open(bytes, key));
    }

    @Example
    void anotherKeyOpensNothing() throws IOException {
        Path other = FOLDER.resolve("other.key");
        ClipKeys.generate(other);
        byte[] sealed = SealedClip.seal(new Clip("mic-1-sound", BEGIN, 16_000, new short[40]), PUBLIC);
        assertRefused(SealedClip.open(sealed, Files.readString(other)));
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("mic-1-sound");
    }

    @Example
    void theKeyIsItsOwnersAloneAndNeverOverwritten() throws IOException {
        if (Files.getFileStore(KEY).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(KEY)))
                    .isEqualTo("rw-------");
        }
        assertThat(ClipKeys.findPublic(PRIVATE)).contains(PUBLIC);
        assertThatThrownBy(() -> ClipKeys.generate(KEY)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(KEY)).isEqualTo(PRIVATE);
    }

    @Example
    void theOldestClipsGiveWay() throws IOException {
        Path folder = Files.createTempDirectory("kept");
        ClipFolder clips = new ClipFolder(folder, InstantSource.system(), Duration.ofDays(7), 10_000);
        for (int i = 0; i < 33; i++) {
            clips.keep("clip-" + i, new byte[1_000]);
            Files.setLastModifiedTime(
                    folder.resolve("clip-" + i + ".clip"),
                    java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(1_000 - i)));
        }
        assertThat(clips.find("clip-32")).isPresent();
        assertThat(clips.find("clip-0")).isEmpty();
        assertThat(clips.find("../private")).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files.count()).isLessThan(28);
        }
    }

    private static void assertRefused(Opening opening) {
        assertThat(opening).isInstanceOfSatisfying(Opening.Refused.class, refused -> assertThat(refused.why())
                .isNotBlank()
                .doesNotContain("Exception"));
    }
}
