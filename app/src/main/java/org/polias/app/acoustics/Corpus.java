// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.polias.app.cli.CommandFailed;
import org.polias.app.cli.ExitCode;
import org.polias.model.acoustics.SoundClass;
import org.polias.pilots.sound.Recording;

/**
 * The recordings that may be learnt from, with what they are and whose they are: {@code corpus.csv} names them, the folder that is given
 * has them. Those under a share-alike licence are left out, as are sounds that no city makes.
 */
final class Corpus {

    private static final String RESOURCE = "corpus.csv";
    private static final int COLUMNS = 5;
    /** Every so manieth source of a class, in the order of the list, is kept for calibration. */
    private static final int HELD_OUT_EVERY = 8;

    private final List<Recording> recordings;
    private final List<Recording> heldOut;

    private Corpus(List<Recording> recordings, List<Recording> heldOut) {
        this.recordings = List.copyOf(recordings);
        this.heldOut = List.copyOf(heldOut);
    }

    /**
     * A line of the list.
     *
     * @param source the address where it was published: recordings with the same are of one session
     */
    record Entry(String file, SoundClass soundClass, String author, String licence, String source) {}

    /** To learn from. */
    List<Recording> recordings() {
        return recordings;
    }

    /** Of sources of which none is learnt from. */
    List<Recording> heldOut() {
        return heldOut;
    }

    /** Every entry of the list. */
    static List<Entry> entries() {
        try (InputStream resource = Objects.requireNonNull(Corpus.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().skip(1).map(Corpus::entry).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the recordings.
     *
     * @throws CommandFailed if some are missing or cannot be read
     */
    static Corpus read(Path directory) {
        List<Recording> recordings = new ArrayList<>();
        List<Recording> heldOut = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int[] sources = new int[SoundClass.values().length];
        String[] last = new String[SoundClass.values().length];
        for (Entry entry : entries()) {
            Path file = directory.resolve(entry.file());
            if (!Files.exists(file)) {
                problems.add("%s: there is no such file.".formatted(entry.file()));
                continue;
            }
            switch (Clips.read(file)) {
                case Clips.Read.Sound sound -> {
                    int c = entry.soundClass().ordinal();
                    String source = entry.source().isEmpty() ? entry.file() : entry.source();
                    if (!source.equals(last[c])) {
                        last[c] = source;
                        sources[c]++;
                    }
                    boolean isHeldOut = sources[c] % HELD_OUT_EVERY == HELD_OUT_EVERY / 2;
                    (isHeldOut ? heldOut : recordings).add(Recording.of(entry.soundClass(), source, sound.samples()));
                }
                case Clips.Read.Unreadable unreadable ->
                    problems.add("%s: %s".formatted(entry.file(), unreadable.reason()));
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "%d of the %d recordings cannot be had from %s:%n%s%nMaybe it is another folder: the recordings are listed in corpus.csv, with where each was published."
                            .formatted(
                                    problems.size(),
                                    entries().size(),
                                    directory,
                                    String.join("%n".formatted(), problems.subList(0, Math.min(10, problems.size())))));
        }
        return new Corpus(recordings, heldOut);
    }

    private static Entry entry(String line) {
        List<String> cells = cells(line);
        if (cells.size() != COLUMNS) {
            throw new IllegalStateException("%s has the line '%s'.".formatted(RESOURCE, line));
        }
        SoundClass soundClass = SoundClass.find(cells.get(1))
                .orElseThrow(
                        () -> new IllegalStateException("%s has the class '%s'.".formatted(RESOURCE, cells.get(1))));
        return new Entry(cells.get(0), soundClass, cells.get(2), cells.get(3), cells.get(4));
    }

    /** The cells of a line of comma-separated values (RFC 4180) without line breaks in them. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
