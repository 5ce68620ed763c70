// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.file;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.PatientDelivery;
import org.polias.edge.intake.Target;
import org.polias.model.admission.Reason;
import org.polias.model.id.StableHash;
import org.polias.model.port.Registry.Device;

/**
 * Follows a file of EVE lines as it grows: across rotation by renaming (the old file is read to its end first, also when that
 * happened while nobody followed), across truncation and rotation by copying, and while it is missing.
 *
 * <p>How far it has come is written down only when the log has what was read. Killed at any moment it therefore reads some lines
 * twice, never none; a line is its own identity, so that it counts once.
 */
public final class EveFollower implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EveFollower.class.getName());

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int CHUNK_BYTES = 512 << 10;
    private static final int CHUNK_LINES = 10_000;
    private static final List<String> PACKED = List.of(".gz", ".xz", ".zst", ".bz2", ".lz4", ".zip");

    private final Path file;
    private final Device device;
    private final Path state;
    private final Target target;
    private final Intake intake;
    private final int longestLine_bytes;
    private final AtomicLong delivered_bytes = new AtomicLong();

    private final PatientDelivery insistence;
    private volatile Optional<String> problem = Optional.empty();
    private volatile boolean closed;
    private @Nullable Thread thread;

    /** Files that were rotated away and are to be read before {@link #file}. */
    private final ArrayDeque<Path> backlog = new ArrayDeque<>();

    /** The inodes of files that were read to their end since {@link #file} itself was opened last. */
    private final Set<Long> finished = new HashSet<>();
    /** The last of those: what was rotated away after it is still to be read. */
    private OptionalLong lastFinished = OptionalLong.empty();

    private @Nullable Open current;
    /** Whether the bookmark has yet to be looked for: it may lie in a file that was rotated away meanwhile. */
    private boolean resuming = true;

    /** The file that is being read, and how far. */
    private static final class Open implements AutoCloseable {
        private final FileChannel channel;
        private final boolean rotated;
        private Bookmark bookmark;

        Open(FileChannel channel, boolean rotated, Bookmark bookmark) {
            this.channel = channel;
            this.rotated = rotated;
            this.bookmark = bookmark;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * @param file the file; it need not exist yet
     * @param datastream to which its events go
     * @param device in whose name they are delivered
     * @param stateFolder where it is written down how far it has come; it must exist
     */
    public EveFollower(Path file, String datastream, Device device, Path stateFolder, Intake intake) {
        this.file = file.toAbsolutePath().normalize();
        this.device = device;
        this.target = Target.ofFile(this.file, datastream);
        this.state = stateFolder.resolve(
                "follow-" + new StableHash().add(target.address()).base32() + ".txt");
        this.intake = intake;
        this.insistence =
                new PatientDelivery(intake, "lines of '%s'".formatted(this.file), told -> problem = Optional.of(told));
        this.longestLine_bytes = intake.limits().decode().item_bytes();
    }

    /** Starts to follow, on a thread of its own. */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("The file '%s' is followed already.".formatted(file));
        }
        thread = Thread.ofVirtual().name("follow " + file.getFileName()).start(this::run);
    }

    /** Stops; what has been read is in the log or will be read again. */
    @Override
    public synchronized void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The file that it follows. */
    public Path file() {
        return file;
    }

    /** How many bytes it has brought into the log since it was started. */
    public long delivered_bytes() {
        return delivered_bytes.get();
    }

    /** What keeps it from reading at the moment, if anything does. A missing file is waited for, and no problem. */
    public Optional<String> findProblem() {
        return problem;
    }

    private void run() {
        try {
            while (!closed) {
                Duration pause = Duration.ZERO;
                try {
                    if (!step()) {
                        pause = POLL;
                    }
                    problem = Optional.empty();
                } catch (IOException e) {
                    if (closed) {
                        break;
                    }
                    report(e);
                    beginAnew();
                    pause = AFTER_FAILURE;
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "Following '%s' failed; it is tried again.".formatted(file), e);
                    problem = Optional.of(String.valueOf(e.getMessage()));
                    beginAnew();
                    pause = AFTER_FAILURE;
                }
                if (pause.isPositive()) {
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Following {0} ends.", file);
        } finally {
            closeCurrent();
        }
    }

    private void beginAnew() {
        closeCurrent();
        backlog.clear();
        forgetFinished();
        resuming = true;
    }

    private void forgetFinished() {
        finished.clear();
        lastFinished = OptionalLong.empty();
    }

    private void report(IOException e) {
        // The file system's exceptions say what happened by their class alone.
        String why = e instanceof FileSystemException
                ? e.getClass().getSimpleName() + " " + e.getMessage()
                : String.valueOf(e.getMessage());
        String message = "Cannot follow '%s': %s".formatted(file, why);
        if (!problem.equals(Optional.of(message))) {
            LOG.log(Level.WARNING, message);
        }
        problem = Optional.of(message);
    }

    private void closeCurrent() {
        Open open = current;
        current = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Closing '%s' failed.".formatted(file), e);
            }
        }
    }

    /** Reads one chunk, or moves to another file; false if there is nothing to do. */
    private boolean step() throws IOException, InterruptedException {
        Open open = current;
        if (open == null) {
            return openNext();
        }
        // What is there now is all there is if, after that, a newer file is found to be written.
        boolean replaced = open.rotated || isReplaced(open.bookmark.inode());
        if (!open.bookmark.fits(open.channel)) {
            // It was emptied. Like after a pause, the rest of it is looked for in the copies that were made before.
            LOG.log(Level.INFO, "''{0}'' was truncated.", file);
            closeCurrent();
            resuming = true;
            return openNext();
        }
        if (readChunk(open, replaced)) {
            return true;
        }
        if (replaced) {
            finished.add(open.bookmark.inode());
            lastFinished = OptionalLong.of(open.bookmark.inode());
            closeCurrent();
            return openNext();
        }
        return false;
    }

    /** Opens what is to be read next: what was left of an older file, what was rotated away since, or the file itself. */
    private boolean openNext() throws IOException {
        Path next = backlog.poll();
        if (next != null) {
            try {
                FileChannel channel = FileChannel.open(next, StandardOpenOption.READ);
                moveTo(new Open(channel, true, Bookmark.atStart(inode(next), channel)));
            } catch (NoSuchFileException e) {
                LOG.log(Level.WARNING, "The rotated file ''{0}'' was removed before it was read.", next);
            }
            return true;
        }
        FileChannel channel;
        long inode;
        try {
            inode = inode(file);
            if (!Files.isRegularFile(file)) {
                // To open a pipe would wait for whoever writes into it.
                throw new IOException("It is not a regular file.");
            }
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return takeUnread() || resuming && resumeRotated(-1);
        }
        // Looked for only now: what was rotated away before the file was opened is found, and what is later is open.
        if (inode(file) != inode || takeUnread()) {
            channel.close();
            return true;
        }
        Optional<Bookmark> left = resuming ? Bookmark.find(state) : Optional.empty();
        if (left.isPresent()) {
            if (left.get().inode() == inode && left.get().fits(channel)) {
                resuming = false;
                current = new Open(channel, false, left.get());
                return true;
            }
            if (resumeRotated(inode)) {
                channel.close();
                return true;
            }
            LOG.log(Level.INFO, "''{0}'' is not the file that was read before; it is read from its beginning.", file);
        }
        resuming = false;
        forgetFinished();
        moveTo(new Open(channel, false, Bookmark.atStart(inode, channel)));
        return true;
    }

    /**
     * Puts into the backlog what was rotated away since the last file was read to its end; false if there is nothing. While one old file is
     * read, the next may be rotated away as well.
     */
    private boolean takeUnread() throws IOException {
        if (lastFinished.isEmpty()) {
            return false;
        }
        for (Path path : rotatedSince(lastFinished.getAsLong())) {
            if (!finished.contains(inode(path))) {
                backlog.add(path);
            }
        }
        return !backlog.isEmpty();
    }

    /** Opens the file that was being read when nobody followed any more, if it is found under another name. */
    private boolean resumeRotated(long exceptInode) throws IOException {
        Optional<Bookmark> left = Bookmark.find(state);
        if (left.isEmpty()) {
            return false;
        }
        for (Path sibling : siblings()) {
            if (inode(sibling) == exceptInode) {
                continue;
            }
            FileChannel channel = FileChannel.open(sibling, StandardOpenOption.READ);
            if (left.get().means(inode(sibling), channel)) {
                backlog.addAll(rotatedSince(inode(sibling)));
                resuming = false;
                current = new Open(channel, true, left.get());
                return true;
            }
            channel.close();
        }
        return false;
    }

    private void moveTo(Open open) throws IOException {
        open.bookmark.writeTo(state);
        current = open;
    }

    /** Whether the file's name stands for another file now, to which something has been written. */
    private boolean isReplaced(long inode) throws IOException {
        try {
            return inode(file) != inode && Files.size(file) > 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Brings the next lines into the log; false if there is none that is complete. */
    private boolean readChunk(Open open, boolean last) throws IOException, InterruptedException {
        byte[] bytes = new byte[CHUNK_BYTES];
        int length = read(open, bytes, 0);
        int end = endOfLines(bytes, length);
        if (end == 0 && length == bytes.length) {
            bytes = Arrays.copyOf(bytes, longestLine_bytes + 1);
            length = read(open, bytes, length);
            end = endOfLines(bytes, length);
        }
        if (length == 0) {
            return false;
        }
        Optional<Bookmark> knowing = open.bookmark.knowing(open.channel, bytes, length);
        if (knowing.isEmpty()) {
            // The next step finds out what became of the file.
            return true;
        }
        open.bookmark = knowing.get();
        if (open.bookmark.skipping()) {
            int newline = indexOfNewline(bytes, length);
            advance(open, newline < 0 ? length : newline + 1, newline < 0);
            return true;
        }
        if (end == 0 && length > longestLine_bytes) {
            byte[] line = bytes;
            int size = length;
            insistence.deliver(listener -> intake.refuse(
                    device,
                    target,
                    Reason.OVERSIZED,
                    "The line at byte %d is longer than %d bytes.".formatted(open.bookmark.offset(), longestLine_bytes),
                    Arrays.copyOf(line, size),
                    listener));
            advance(open, length, true);
            return true;
        }
        if (end == 0) {
            if (!last) {
                return false;
            }
            // Nobody will ever end this line.
            end = length;
        }
        byte[] lines = bytes;
        int size = end;
        if (hasText(bytes, end)) {
            insistence.deliver(listener -> intake.receive(device, target, lines, size, listener));
        }
        advance(open, end, false);
        return true;
    }

    private void advance(Open open, int bytes, boolean skipping) throws IOException {
        Bookmark moved = open.bookmark.movedTo(open.bookmark.offset() + bytes, skipping);
        moved.writeTo(state);
        open.bookmark = moved;
        delivered_bytes.addAndGet(bytes);
    }

    private static int read(Open open, byte[] bytes, int from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, bytes.length - from);
        while (buffer.hasRemaining()) {
            if (open.channel.read(buffer, open.bookmark.offset() + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    /** The end of the last complete line, or of the last that one payload may hold; 0 if there is none. */
    private static int endOfLines(byte[] bytes, int length) {
        int end = 0;
        int lines = 0;
        for (int i = 0; i < length && lines < CHUNK_LINES; i++) {
            if (bytes[i] == '\n') {
                end = i + 1;
                lines++;
            }
        }
        return end;
    }

    private static int indexOfNewline(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static boolean hasText(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != ' ' && bytes[i] != '\t') {
                return true;
            }
        }
        return false;
    }

    /** Files that were rotated away after the one with this inode was last written, oldest first; the file itself not among them. */
    private List<Path> rotatedSince(long inode) throws IOException {
        List<Path> siblings = siblings();
        Optional<Path> own = Optional.empty();
        for (Path sibling : siblings) {
            if (inode(sibling) == inode) {
                own = Optional.of(sibling);
            }
        }
        if (own.isEmpty()) {
            return List.of();
        }
        FileTime written = Files.getLastModifiedTime(own.get());
        List<Rotated> since = new ArrayList<>();
        for (Path sibling : siblings) {
            FileTime time = Files.getLastModifiedTime(sibling);
            // File systems tell times apart no finer than their clock ticks. One that was read already does no harm: a
            // line is
            // its own identity.
            if (!sibling.equals(own.get()) && time.compareTo(written) >= 0) {
                since.add(new Rotated(sibling, time));
            }
        }
        since.sort(Comparator.comparing(Rotated::written).thenComparing(Rotated::path));
        return since.stream().map(Rotated::path).toList();
    }

    private record Rotated(Path path, FileTime written) {}

    /** The files beside the followed one that look as if they had been it: {@code eve.json.1}, {@code eve-20261121.json}. */
    private List<Path> siblings() throws IOException {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot) : "";
        Path folder = file.getParent();
        List<Path> siblings = new ArrayList<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return siblings;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String other = entry.getFileName().toString();
                boolean alike = other.startsWith(name) || other.startsWith(stem + "-") && other.endsWith(extension);
                if (alike
                        && !other.equals(name)
                        && PACKED.stream().noneMatch(other::endsWith)
                        && Files.isRegularFile(entry)) {
                    siblings.add(entry);
                }
            }
        }
        siblings.sort(Comparator.naturalOrder());
        return siblings;
    }

    private static long inode(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:ino")).longValue();
    }
}
