// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.polias.pilots.Emission;

/**
 * A network sensor's log file on this machine: lines are appended, and at a size of 4 MiB the file is renamed and begun anew, as
 * log rotation does. Two generations are kept.
 */
final class EveFileLink implements Link {

    private static final int CAPACITY = 20_000;
    private static final long ROTATE_AT_BYTES = 4L << 20;

    private final Path file;
    private final LinkLog log;
    private final Backoff backoff = new Backoff();
    private final Outbox<String> outbox = new Outbox<>(CAPACITY);
    private @Nullable FileChannel channel;

    EveFileLink(String name, Path file) {
        this.file = file;
        this.log = new LinkLog(name);
    }

    @Override
    public void offer(Emission emission) {
        if (!(emission instanceof Emission.NetworkLine line)) {
            throw new IllegalArgumentException(
                    "The file %s takes only lines of a network sensor, not %s.".formatted(file, emission.datastream()));
        }
        outbox.add(line.line());
    }

    @Override
    public void pump(Instant now) {
        if (outbox.size() == 0 || !backoff.allows(now)) {
            return;
        }
        List<String> lines = outbox.take(Integer.MAX_VALUE);
        try {
            FileChannel open = open();
            // One write for all, so that a reader seldom sees half a line.
            ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            if (open.size() >= ROTATE_AT_BYTES) {
                rotate();
            }
            backoff.succeeded();
            log.back();
        } catch (IOException e) {
            log.lost(String.valueOf(e.getMessage()));
            outbox.putBack(lines);
            backoff.failed(now);
            close();
        }
    }

    @Override
    public int backlog() {
        return outbox.size();
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.unreliable("%s could not be closed.".formatted(file), e);
            }
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            channel = open;
        }
        return open;
    }

    private void rotate() throws IOException {
        close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
}
