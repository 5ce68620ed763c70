// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.polias.model.id.TenantId;
import org.polias.store.quarantine.QuarantineLimits;

/**
 * Gives tests a {@link Store} on a real PostgreSQL that all test classes share, and a {@link TenantId} of their own, by which
 * they do not see each other.
 */
public final class SharedStore implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedStore.class);
    private static final AtomicInteger TENANTS = new AtomicInteger();

    /** The limits of the shared store's quarantine. */
    public static final int QUARANTINE_PAYLOADS = 50;

    public static final int QUARANTINE_BYTES = 1_000_000;

    /** The shared store's clock, which tests may set forward. */
    public static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Samples.NOON);

    private record Running(Path directory, Store store) implements AutoCloseable {

        static Running start() {
            try {
                Path directory = Files.createTempDirectory("polias-store-it");
                return new Running(
                        directory,
                        Store.start(StoreSettings.embedded(directory.resolve("db"))
                                .withQuarantine(new QuarantineLimits(QUARANTINE_PAYLOADS, QUARANTINE_BYTES))
                                .withClock(CLOCK::get)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            store.close();
            deleteRecursively(directory);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Store.class || type == TenantId.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == TenantId.class) {
            return new TenantId("tenant-" + TENANTS.incrementAndGet());
        }
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("store", key -> Running.start(), Running.class)
                .store();
    }

    /** Deletes a folder with all that is in it. */
    public static void deleteRecursively(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
