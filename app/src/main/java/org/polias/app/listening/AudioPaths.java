// SPDX-License-Identifier: Apache-2.0
package org.polias.app.listening;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The files that are meant when files and folders are named. */
public final class AudioPaths {

    private static final Set<String> ENDINGS = Set.of(
            "wav", "flac", "ogg", "oga", "opus", "mp3", "m4a", "aac", "aif", "aiff", "wma", "mka", "au", "caf", "amr",
            "wv", "ac3", "w64");

    private AudioPaths() {}

    /**
     * A file.
     *
     * @param isMeant whether it was named, or is called like a file of sound: if it is none, that is a fault
     */
    public record Candidate(Path file, boolean isMeant) {}

    /**
     * The files themselves, and all files in the folders and their folders, in the order of their names. Hidden ones are left out,
     * unless they are named.
     *
     * @throws IOException if a folder cannot be read
     */
    public static List<Candidate> expand(List<Path> named) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                addFolder(path, candidates, new ArrayList<>());
            } else {
                candidates.add(new Candidate(path, true));
            }
        }
        return candidates;
    }

    private static void addFolder(Path folder, List<Candidate> candidates, List<Path> within) throws IOException {
        Path real = folder.toRealPath();
        if (within.contains(real)) {
            throw new FileSystemLoopException(folder.toString());
        }
        within.add(real);
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        }
        entries.sort(null);
        for (Path entry : entries) {
            if (Files.isHidden(entry)) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                addFolder(entry, candidates, within);
            } else {
                candidates.add(new Candidate(entry, isCalledLikeSound(entry)));
            }
        }
        within.removeLast();
    }

    private static boolean isCalledLikeSound(Path file) {
        String name = file.getFileName().toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
