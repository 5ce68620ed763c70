// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Puts the JDK's terse faults into words. */
public final class Faults {

    private Faults() {}

    /** Why it failed, for a person. */
    public static String reason(Throwable fault) {
        return switch (fault) {
            case NoSuchFileException e -> missing(Path.of(e.getFile()));
            case AccessDeniedException e -> "the permissions of %s do not allow it.".formatted(e.getFile());
            case FileAlreadyExistsException e -> "%s is a file.".formatted(e.getFile());
            case FileSystemException e when e.getReason() != null -> "%s: %s.".formatted(e.getFile(), e.getReason());
            case HttpTimeoutException _ -> "it did not answer in time.";
            case ConnectException _ -> "nobody listens there.";
            case UnknownHostException e -> "no machine is called %s.".formatted(e.getMessage());
            case Throwable e when e.getMessage() != null && !e.getMessage().isBlank() -> e.getMessage();
            case Throwable e -> e.getClass().getSimpleName() + ".";
        };
    }

    private static String missing(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.isDirectory(folder)
                ? "there is no file %s.".formatted(file)
                : "there is no folder %s.".formatted(folder);
    }
}
