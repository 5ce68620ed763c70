// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Recorded sound, in any format that FFmpeg reads, as 16 kHz mono. What a file is called is of no matter: its content is looked at.
 *
 * <p>Only what is inside the file is read: formats that are lists of other files or addresses (playlists) are no audio files here.
 */
public final class AudioFiles {

    private AudioFiles() {}

    /** What became of opening a file. */
    public sealed interface Opening {

        /** It can be listened to; whoever opened it closes it. */
        record Opened(AudioStream stream) implements Opening {}

        record Refused(AudioFault fault) implements Opening {}
    }

    /** Opens a file. Nothing that a file may hold makes it throw. */
    public static Opening open(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return refused(AudioFault.Code.NOT_A_FILE, "It is a folder.");
            }
            // A pipe would make us wait for whoever writes into it.
            if (!attributes.isRegularFile()) {
                return refused(AudioFault.Code.NOT_A_FILE, "It is a pipe or a device, not a file.");
            }
            if (!Files.isReadable(file)) {
                return refused(AudioFault.Code.UNREADABLE, "Its permissions do not allow reading it.");
            }
            if (attributes.size() == 0) {
                return refused(AudioFault.Code.EMPTY, "There is nothing in it, not a single byte.");
            }
        } catch (NoSuchFileException e) {
            return refused(AudioFault.Code.MISSING, "There is no such file.");
        } catch (IOException e) {
            return refused(AudioFault.Code.UNREADABLE, "It cannot be read: %s".formatted(e.getMessage()));
        }
        return Ffmpeg.findFault().<Opening>map(Opening.Refused::new).orElseGet(() -> AudioStream.open(file));
    }

    private static Opening refused(AudioFault.Code code, String message) {
        return new Opening.Refused(new AudioFault(code, message));
    }
}
