// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.clip;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where sealed clips are kept: a file each, the oldest given up when they are too old or too many. Thread-safe.
 */
public final class ClipFolder {

    private static final System.Logger LOG = System.getLogger(ClipFolder.class.getName());
    private static final String SUFFIX = ".clip";
    private static final Duration KEPT = Duration.ofDays(7);
    private static final long MOST_BYTES = 1L << 30;
    /** It is tidied up after so many clips. */
    private static final int TIDY_AFTER = 16;

    private final Path folder;
    private final InstantSource clock;
    private final Duration kept;
    private final long most_bytes;
    private int untidy = TIDY_AFTER;

    /** Keeps them for 7 days, and 1 GiB at most. */
    public ClipFolder(Path folder, InstantSource clock) {
        this(folder, clock, KEPT, MOST_BYTES);
    }

    ClipFolder(Path folder, InstantSource clock, Duration kept, long most_bytes) {
        this.folder = folder;
        this.clock = clock;
        this.kept = kept;
        this.most_bytes = most_bytes;
    }

    /** The name of the clip of an event: the same for the same event, so that it can be told before the clip is there. */
    public static String nameOf(String datastream, Instant onset) {
        return "%s-%d".formatted(datastream, onset.getEpochSecond() * 1_000_000 + onset.getNano() / 1_000);
    }

    /** Keeps a clip; if it cannot, the log says so: what was heard counts without it. */
    public synchronized void keep(String name, byte[] sealed) {
        try {
            Files.createDirectories(folder);
            Path part = folder.resolve(name + ".part");
            Files.write(part, sealed);
            Files.move(part, folder.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
            if (++untidy >= TIDY_AFTER) {
                untidy = 0;
                tidy();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The clip {0} could not be kept: {1}", name, e.toString());
        }
    }

    /** The clip of this name, if it is there. */
    public Optional<Path> find(String name) {
        Path file = folder.resolve(name + SUFFIX).normalize();
        return folder.normalize().equals(file.getParent()) && Files.isRegularFile(file)
                ? Optional.of(file)
                : Optional.empty();
    }

    private record Kept(Path file, Instant since, long bytes) {}

    private void tidy() throws IOException {
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                all.add(new Kept(file, attributes.lastModifiedTime().toInstant(), attributes.size()));
            }
        }
        all.sort(Comparator.comparing(Kept::since));
        long bytes = all.stream().mapToLong(Kept::bytes).sum();
        Instant oldest = clock.instant().minus(kept);
        for (Kept one : all) {
            if (bytes <= most_bytes && !one.since.isBefore(oldest)) {
                return;
            }
            Files.deleteIfExists(one.file);
            bytes -= one.bytes;
        }
    }
}
