// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

import org.polias.model.id.StableHash;

/**
 * How far a file has been read. Everything before the offset is durable in the log.
 *
 * @param inode the file's, so that it is known again under another name
 * @param skipping whether the offset lies within a line that was too long, of which the rest is to be passed over
 * @param head_bytes how many bytes of the file's beginning {@code head} is a hash of. An inode is given to a new file when the
 *     old one is deleted, and a file can be emptied and filled again: only the beginning tells that it is the same
 */
record Bookmark(long inode, long offset, boolean skipping, int head_bytes, long head) {

    private static final int HEAD_BYTES = 1024;
    private static final String FORM = "polias-follow-1";

    static Bookmark atStart(long inode, FileChannel file) throws IOException {
        int bytes = (int) Math.min(file.size(), HEAD_BYTES);
        return new Bookmark(inode, 0, false, bytes, hash(file, bytes));
    }

    /** The bookmark at a later place of the same file. */
    Bookmark movedTo(long newOffset, boolean skip) {
        return new Bookmark(inode, newOffset, skip, head_bytes, head);
    }

    /**
     * The bookmark that knows as much of the file's beginning as there is after {@code chunk} was read at its offset; empty if
     * the file was emptied or written anew meanwhile, so that the chunk may be of another file than this bookmark. What is known
     * must be known before the chunk is delivered: the file may change while that takes its time.
     */
    Optional<Bookmark> knowing(FileChannel file, byte[] chunk, int length) throws IOException {
        int bytes = (int) Math.min(offset + length, HEAD_BYTES);
        Bookmark knowing = bytes <= head_bytes ? this : new Bookmark(inode, offset, skipping, bytes, hash(file, bytes));
        ByteBuffer again = ByteBuffer.allocate(Math.min(length, HEAD_BYTES));
        while (again.hasRemaining()) {
            if (file.read(again, offset + again.position()) < 0) {
                return Optional.empty();
            }
        }
        boolean unchanged = fits(file) && Arrays.equals(again.array(), 0, again.capacity(), chunk, 0, again.capacity());
        return unchanged ? Optional.of(knowing) : Optional.empty();
    }

    /** Whether {@code file} begins as the file of this bookmark did, and reaches at least as far. */
    boolean fits(FileChannel file) throws IOException {
        return file.size() >= Math.max(offset, head_bytes) && hash(file, head_bytes) == head;
    }

    /** Whether {@code file}, which is of another name or inode, is the file of this bookmark or a copy of it. */
    boolean means(long otherInode, FileChannel file) throws IOException {
        return (head_bytes > 0 || otherInode == inode) && fits(file);
    }

    private static long hash(FileChannel file, int bytes) throws IOException {
        if (bytes == 0) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, buffer.position()) < 0) {
                break;
            }
        }
        return new StableHash()
                .add(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1))
                .value();
    }

    /** Writes it so that a crash leaves either the old or the new. */
    void writeTo(Path state) throws IOException {
        String text = "%s %d %d %b %d %x%n".formatted(FORM, inode, offset, skipping, head_bytes, head);
        Path fresh = state.resolveSibling(state.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads what {@link #writeTo} wrote, if it did.
     *
     * @throws IOException if the file is there but cannot be understood
     */
    static Optional<Bookmark> find(Path state) throws IOException {
        if (!Files.exists(state)) {
            return Optional.empty();
        }
        String text = Files.readString(state);
        String[] parts = text.strip().split(" ");
        try {
            if (parts.length == 6 && parts[0].equals(FORM)) {
                return Optional.of(new Bookmark(
                        Long.parseLong(parts[1]),
                        Long.parseLong(parts[2]),
                        Boolean.parseBoolean(parts[3]),
                        Integer.parseInt(parts[4]),
                        Long.parseUnsignedLong(parts[5], 16)));
            }
        } catch (NumberFormatException e) {
            throw new IOException(unreadable(state, text), e);
        }
        throw new IOException(unreadable(state, text));
    }

    private static String unreadable(Path state, String text) {
        return "The bookmark in '%s' cannot be read: '%s'.%nMaybe delete it; the file is then read from its beginning, and what was taken before counts once."
                .formatted(state, text.length() > 100 ? text.substring(0, 100) : text.strip());
    }
}
