// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** What the head of a WAV file says of its size: FFmpeg takes one that was cut off for one that is whole. */
final class Riff {

    private static final int HEAD_BYTES = 8;
    private static final int RIFF = 0x46464952;
    /** Writers that do not know the size yet leave this or something close to it, or 0. */
    private static final long UNKNOWN = 0x7fff_f000L;

    private Riff() {}

    /** Whether there are fewer bytes than its head promises; empty if not, or if it is no such file. */
    static Optional<AudioFault> findShortness(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (head.hasRemaining() && channel.read(head) > 0) {
                // The head is short, and may still come in pieces.
            }
            if (head.hasRemaining() || head.getInt(0) != RIFF) {
                return Optional.empty();
            }
            long promised = HEAD_BYTES + Integer.toUnsignedLong(head.getInt(4));
            // A last odd byte is padded by some writers, and not by others.
            if (promised >= UNKNOWN || channel.size() >= promised - 1) {
                return Optional.empty();
            }
            return Optional.of(new AudioFault(
                    AudioFault.Code.TRUNCATED,
                    "Its head speaks of %d bytes, and it has %d.".formatted(promised, channel.size())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
