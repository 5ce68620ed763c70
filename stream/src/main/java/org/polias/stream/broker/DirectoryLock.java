// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Holds a directory for this process alone. The operating system lets go of it when the process ends, however it ends. The file
 * {@code lock} in the directory holds the process id of whoever holds or last held it, so that the other one can be named.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final int LONGEST_PID = 32;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, creating it where it is missing.
     *
     * @throws BrokerStartException if another process (or another part of this one) holds it, or it cannot be written
     */
    public static DirectoryLock take(Path directory) {
        Path file = directory.resolve("lock");
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new BrokerStartException(
                    "The directory %s cannot be written: %s.%nMaybe it belongs to another user, or the disk is full."
                            .formatted(
                                    directory,
                                    e instanceof AccessDeniedException
                                            ? "its permissions do not allow it"
                                            : e.getMessage()),
                    e);
        }
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                throw new BrokerStartException(
                        "The data directory %s is in use by the running process %s.%nMaybe stop that process, or choose another directory with --data."
                                .formatted(directory, holder(channel)));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            taken = true;
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new BrokerStartException("The file %s cannot be locked: %s".formatted(file, e), e);
        } finally {
            if (!taken) {
                closeQuietly(channel);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).trim();
        return text.isEmpty() ? "(unknown)" : text;
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was taken, so nothing is held back; the error that led here is the one to report.
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
