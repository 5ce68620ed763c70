// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** A platform of our own, in a directory of its own, of which nothing is left when it is closed. */
final class PlatformProcess implements AutoCloseable {

    private static final int READY_TIMEOUT_S = 180;
    private static final int STOP_TIMEOUT_S = 30;
    private static final int LINES_KEPT = 40;

    private final Path directory;
    private final Process process;
    private final int mqttPort;
    private final CompletableFuture<URI> ready = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread stopAtExit;
    private boolean isClosed;

    private PlatformProcess(Path directory, Process process, int mqttPort) {
        this.directory = directory;
        this.process = process;
        this.mqttPort = mqttPort;
        stopAtExit = new Thread(this::stop, "stop-platform");
    }

    /**
     * Starts a platform that has this city and nothing else, and waits until it can be used.
     *
     * @throws IOException if it does not get that far, with the last that it said
     */
    static PlatformProcess start(IngestSettings settings, BenchCity city) throws IOException, InterruptedException {
        Files.createDirectories(settings.work());
        Path directory = Files.createTempDirectory(settings.work(), "run-").toRealPath();
        PlatformProcess platform = null;
        try {
            city.write(directory.resolve("city"));
            int httpPort = freePort();
            int mqttPort = freePort();
            List<String> command = new ArrayList<>(settings.platform());
            command.addAll(
                    List.of("--no-pilot", "--city", directory.resolve("city").toString()));
            command.addAll(List.of("--data", directory.resolve("data").toString()));
            command.addAll(List.of("--http-port", Integer.toString(httpPort)));
            command.addAll(List.of("--mqtt-port", Integer.toString(mqttPort)));
            command.addAll(List.of("--durability", settings.durability()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // What is measured is what has been built: no build may start in the middle of it.
            builder.environment().put("POLIAS_NO_BUILD", "1");
            platform = new PlatformProcess(directory, builder.start(), mqttPort);
            Runtime.getRuntime().addShutdownHook(platform.stopAtExit);
            platform.process.getOutputStream().close();
            Thread.ofVirtual().start(platform::listen);
            platform.ready.get(READY_TIMEOUT_S, TimeUnit.SECONDS);
            return platform;
        } catch (ExecutionException | TimeoutException e) {
            String said = platform == null ? "" : platform.tail();
            close(platform, directory);
            throw new IOException(
                    (e instanceof TimeoutException
                                    ? "The platform was not ready after %d s. ".formatted(READY_TIMEOUT_S)
                                    : "The platform ended before it was ready. ")
                            + "The last that it said:%n%s".formatted(said),
                    e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close(platform, directory);
            throw e;
        }
    }

    private static void close(@Nullable PlatformProcess platform, Path directory) {
        if (platform == null) {
            delete(directory);
        } else {
            platform.close();
        }
    }

    URI url() {
        return ready.join();
    }

    int mqttPort() {
        return mqttPort;
    }

    /** The token by which the platform knows the administrator of its machine. */
    String adminToken() throws IOException {
        return Files.readString(directory.resolve("data/admin.token")).strip();
    }

    ProcessUsage usage() {
        return ProcessUsage.of(process.pid(), directory);
    }

    /** The kind of file system that the data is on, without which figures of durability mean nothing. */
    String fileSystem() throws IOException {
        return Files.getFileStore(directory).type();
    }

    /** @throws IOException if it has ended, with the last that it said */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("The platform ended with exit code %d. The last that it said:%n%s"
                    .formatted(process.exitValue(), tail()));
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    lastLines.add(line);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.remove();
                    }
                }
                if (line.startsWith("ready ")) {
                    ready.complete(URI.create(line.substring("ready ".length()).strip()));
                }
            }
            ready.completeExceptionally(new IOException("Its output ended."));
        } catch (IOException | IllegalArgumentException e) {
            ready.completeExceptionally(e);
        }
    }

    private String tail() {
        synchronized (lastLines) {
            return String.join(System.lineSeparator(), lastLines);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook finds nothing more to do.
            assert isClosed;
        }
    }

    private synchronized void stop() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        List<ProcessHandle> all = Stream.concat(
                        Stream.of(process.toHandle()),
                        ProcessUsage.isSupported()
                                ? ProcessUsage.processes(process.pid(), directory).stream()
                                        .map(ProcessHandle::of)
                                        .flatMap(Optional::stream)
                                : process.descendants())
                .distinct()
                .toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        all.stream().filter(ProcessHandle::isAlive).forEach(left -> {
            left.destroyForcibly();
            left.onExit()
                    .orTimeout(STOP_TIMEOUT_S, TimeUnit.SECONDS)
                    .handle((_, _) -> left)
                    .join();
        });
        delete(directory);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory %s cannot be deleted.".formatted(directory), e);
        }
    }
}
