// SPDX-License-Identifier: Apache-2.0
package org.polias.store.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param home the folder that has {@code bin}, {@code lib} and {@code share}
 * @param version such as {@code 18.6.0}
 */
record PostgresBinaries(Path home, String version) {

    /** Where the programs are kept for all who start them: the user's cache. */
    static Path sharedDirectory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache != null && cache.startsWith("/")
                ? Path.of(cache)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("polias");
    }

    /**
     * Unpacks the programs for this machine, unless that was done before.
     *
     * @param shared where to look and unpack first
     * @param fallback where to unpack if {@code shared} cannot be written
     */
    static PostgresBinaries unpack(Path shared, Path fallback) {
        String version = packedVersion();
        String archive = archiveName();
        String name = "postgresql-" + version + archive.substring("postgres-linux".length(), archive.indexOf('.'));
        for (Path parent : new Path[] {shared, fallback}) {
            if (Files.isExecutable(parent.resolve(name).resolve("bin/postgres"))) {
                return new PostgresBinaries(parent.resolve(name).toAbsolutePath(), version);
            }
        }
        try {
            return new PostgresBinaries(unpack(archive, shared, name), version);
        } catch (IOException sharedFailure) {
            try {
                return new PostgresBinaries(unpack(archive, fallback, name), version);
            } catch (IOException e) {
                e.addSuppressed(sharedFailure);
                throw new StoreException(
                        Category.NEEDS_ATTENTION,
                        "PostgreSQL cannot be unpacked, neither into %s (%s) nor into %s (%s).%nMaybe free some 100 MB there, or make one of them writable."
                                .formatted(shared, sharedFailure, fallback, e),
                        e);
            }
        }
    }

    Path initdb() {
        return home.resolve("bin/initdb");
    }

    Path pgCtl() {
        return home.resolve("bin/pg_ctl");
    }

    Path postgres() {
        return home.resolve("bin/postgres");
    }

    /** Whether a cluster of PostgreSQL's major version {@code major} can be run. */
    boolean canRun(String major) {
        return version.startsWith(major + ".");
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (system.equals("linux")) {
            switch (machine) {
                case "amd64", "x86_64" -> {
                    return "postgres-linux-x86_64.txz";
                }
                case "aarch64", "arm64" -> {
                    return "postgres-linux-arm_64.txz";
                }
                default -> {}
            }
        }
        throw new StoreException(
                Category.NEEDS_ATTENTION,
                "There is no PostgreSQL inside for %s on %s.%nMaybe install PostgreSQL 14 or later, and give its JDBC URL, user and password."
                        .formatted(system, machine));
    }

    private static String packedVersion() {
        Properties properties = new Properties();
        try (InputStream in = PostgresBinaries.class.getResourceAsStream("postgresql.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** Unpacks beside the final place and renames, so that whoever sees the folder sees it whole. */
    private static Path unpack(String archive, Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, name + ".");
        try {
            try (InputStream resource = openArchive(archive);
                    TarArchiveInputStream tar = new TarArchiveInputStream(
                            new BufferedInputStream(new XZInputStream(new BufferedInputStream(resource)), 1 << 16))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpackEntry(tar, entry, unfinished);
                }
            }
            Path home = parent.resolve(name).toAbsolutePath();
            try {
                Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                    throw e;
                }
                // Another process was faster, and did the same.
            }
            return home;
        } finally {
            deleteRecursively(unfinished);
        }
    }

    private static InputStream openArchive(String archive) throws IOException {
        InputStream resource = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (resource == null) {
            throw new NoSuchFileException(archive, null, "it is not on the class path");
        }
        return resource;
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("The archive's entry '%s' points outside of it.".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            try {
                Files.copy(tar, target);
            } catch (FileAlreadyExistsException e) {
                throw new IOException("The archive has '%s' twice.".formatted(entry.getName()), e);
            }
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    static void deleteRecursively(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
