// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A platform as a process of its own, started by {@code ./polias up} on free ports, that can be stopped, killed and started
 * again on the same data. When it is closed no process of it is left, nor a database server that outlived it.
 *
 * <p>A new one that is started again has other ports: ask {@link #url()} and {@link #mqttPort()} anew.
 */
public final class PlatformProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);
    private static final int LINES_SHOWN = 60;
    private static final int POSTMASTER_PID_LINE = 0;
    private static final int POSTMASTER_PORT_LINE = 3;

    private final Path work;
    private final List<String> options;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Thread atExit = new Thread(this::endAll, "end-platform");
    private volatile @Nullable Process process;
    private int starts;

    /** An answer of the API. */
    public record Answer(int status, String text) {

        /** The answer as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("This answer with status %d is no JSON: %s".formatted(status, text), e);
            }
        }
    }

    private PlatformProcess(Path work, List<String> options) {
        this.work = work;
        this.options = options;
        // A limit of its own: the launcher's is a share of the machine's memory, which tests have not to themselves.
        environment.put("POLIAS_JAVA_OPTS", "-Xmx768m");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * A platform that is not started yet.
     *
     * @param work an empty folder for its data and for what it says
     * @param options of {@code ./polias up}, such as {@code --city DIR}, {@code --no-pilot}; data directory and ports are given
     */
    public static PlatformProcess in(Path work, String... options) {
        return new PlatformProcess(work, List.of(options));
    }

    /** A platform with the {@link SmallCity}, not started yet. */
    public static PlatformProcess ofSmallCity(Path work, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--no-pilot", "--city", SmallCity.write(work.resolve("city")).toString()));
        all.addAll(List.of(options));
        return new PlatformProcess(work, List.copyOf(all));
    }

    /** Gives it an environment variable. */
    public PlatformProcess withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts it, and does not wait for it. */
    public PlatformProcess start() {
        if (isAlive()) {
            throw new IllegalStateException("It runs already, as process %d.".formatted(pid()));
        }
        starts++;
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data().toString()));
        for (String port : List.of("--http-port", "--mqtt-port")) {
            if (!options.contains(port)) {
                arguments.addAll(List.of(port, "0"));
            }
        }
        arguments.addAll(options);
        try {
            process = Launcher.start(arguments, environment, outFile(), errFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until it says that it is ready; fails with what it said if it ends instead. */
    public PlatformProcess awaitReady() {
        Await.until("the platform is ready", START_PATIENCE, this::said, () -> {
            if (isReady()) {
                return true;
            }
            if (!isAlive()) {
                throw new AssertionError("The platform ended with exit code %d before it was ready.%n%s"
                        .formatted(running().exitValue(), said()));
            }
            return false;
        });
        return this;
    }

    /** Whether it has said that it is ready. */
    public boolean isReady() {
        return readyUrl().isPresent();
    }

    /** SIGKILL. A database server of its own outlives it, as it would anywhere. */
    public void kill9() {
        running().destroyForcibly();
        awaitEnd();
    }

    /** SIGKILL for it and for its database server and whatever else of it is alive at this moment. */
    public void kill9WithDatabase() {
        running().destroyForcibly();
        listProcesses().forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    /**
     * SIGTERM, and its orderly end.
     *
     * @return its exit code
     */
    public int stop() {
        running().destroy();
        awaitEnd();
        return running().exitValue();
    }

    public boolean isAlive() {
        Process last = process;
        return last != null && last.isAlive();
    }

    /** The process id of the one that was started last. */
    public long pid() {
        return running().pid();
    }

    /** Its data directory. */
    public Path data() {
        return work.resolve("data").toAbsolutePath();
    }

    /** Where the API and the console are. */
    public URI url() {
        return readyUrl().orElseThrow(() -> new IllegalStateException("The platform is not ready.%n" + said()));
    }

    /** Where devices speak MQTT. */
    public int mqttPort() {
        JsonNode run = read(data().resolve("run.json"));
        if (run.path("pid").asLong() != pid()) {
            throw new IllegalStateException("run.json is not of process %d: %s".formatted(pid(), run));
        }
        return run.path("mqttPort").asInt();
    }

    /** Where devices speak MQTT, as soon as the one that was started last does; for devices that try again and again. */
    public OptionalInt findMqttPort() {
        try {
            JsonNode run = JSON.readTree(read(data().resolve("run.json"), "{}"));
            Process now = process;
            return now != null && now.isAlive() && run.path("pid").asLong() == now.pid()
                    ? OptionalInt.of(run.path("mqttPort").asInt())
                    : OptionalInt.empty();
        } catch (JsonProcessingException e) {
            throw new AssertionError("run.json is no JSON.", e);
        }
    }

    /** The token with which the command line is let in as an administrator. */
    public String adminToken() {
        try {
            return Files.readString(data().resolve("admin.token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The password that the first start made for the user {@code admin}. */
    public String adminPassword() {
        try (Stream<String> lines = Files.lines(data().resolve("first-sign-in.txt"))) {
            return lines.filter(line -> line.startsWith("password: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("password: ".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Registers a device.
     *
     * @return its secret
     */
    public String createDevice(String name) {
        Answer answer = post("/api/devices", "{\"device\": \"%s\"}".formatted(name));
        if (answer.status() != 201 && answer.status() != 200) {
            throw new AssertionError("The device %s was not made: %s".formatted(name, answer));
        }
        return answer.json().path("secret").asText();
    }

    /** The API's answer as JSON; fails if it is not one of success. */
    public JsonNode get(String path) {
        Answer answer = send("GET", path, "");
        if (answer.status() / 100 != 2) {
            throw new AssertionError("GET %s: %s".formatted(path, answer));
        }
        return answer.json();
    }

    /** Sends JSON to the API. */
    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    /** Asks the API, as the administrator of the machine. */
    public Answer send(String method, String path, String body) {
        return send(HttpRequest.newBuilder(url().resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + adminToken())
                .header("X-Polias", "1"));
    }

    /** Asks whatever it listens to over HTTP. */
    public Answer send(HttpRequest.Builder request) {
        HttpRequest whole = request.timeout(ANSWER_PATIENCE).build();
        try {
            HttpResponse<String> answer = http.send(whole, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s failed: %s%n%s".formatted(whole.method(), whole.uri(), e, said()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted at %s".formatted(whole.uri()), e);
        }
    }

    /** A connection to the database server of its own, which must be running. */
    public Connection connectDatabase() throws SQLException {
        List<String> lines = postmasterLines();
        if (lines.size() <= POSTMASTER_PORT_LINE) {
            throw new AssertionError("No database server runs in %s.".formatted(data()));
        }
        try {
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:%s/postgres?sslmode=disable&gssEncMode=disable"
                            .formatted(lines.get(POSTMASTER_PORT_LINE).strip()),
                    "polias",
                    Files.readString(data().resolve("postgres/password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last that it said since it was last started, on both streams. */
    public String said() {
        return "It said (%s):%n%s%n%s".formatted(errFile(), tail(outFile()), tail(errFile()));
    }

    /** All that it said on standard error since it was last started. */
    public String errors() {
        return read(errFile(), "");
    }

    /** Ends it, and whatever works in its data directory. */
    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook finds nothing more to do.
            assert !isAlive();
        }
        List<ProcessHandle> left = listProcesses();
        if (!left.isEmpty()) {
            throw new AssertionError("Processes are left that work in %s: %s".formatted(data(), left));
        }
    }

    /** The processes that belong to the data directory: of the platform, and of its database server. */
    public List<ProcessHandle> listProcesses() {
        String named = data().toString();
        List<ProcessHandle> found = new ArrayList<>(ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .filter(handle -> handle.info()
                        .commandLine()
                        .filter(line -> line.contains(named))
                        .isPresent())
                .toList());
        findPostmaster().filter(handle -> !found.contains(handle)).ifPresent(found::add);
        return found;
    }

    private synchronized void endAll() {
        if (isAlive()) {
            running().destroy();
            try {
                if (!running().waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    running().destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running().destroyForcibly();
            }
        }
        for (ProcessHandle left : listProcesses()) {
            left.destroyForcibly();
            left.onExit().orTimeout(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private Optional<ProcessHandle> findPostmaster() {
        List<String> lines = postmasterLines();
        if (lines.isEmpty() || !lines.get(POSTMASTER_PID_LINE).strip().matches("[0-9]+")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.get(POSTMASTER_PID_LINE).strip());
        try {
            // A left-over file may name what is by now a stranger.
            if (!Path.of("/proc", Long.toString(pid), "cwd").toRealPath().startsWith(data().toRealPath())) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid);
    }

    private List<String> postmasterLines() {
        return read(data().resolve("postgres/cluster/postmaster.pid"), "")
                .lines()
                .toList();
    }

    private void awaitEnd() {
        Await.until("process %d has ended".formatted(pid()), STOP_PATIENCE, this::said, () -> !isAlive());
    }

    private Process running() {
        Process last = process;
        if (last == null) {
            throw new IllegalStateException("It was never started.");
        }
        return last;
    }

    private Optional<URI> readyUrl() {
        String said = read(outFile(), "");
        // Only whole lines: the last may still be being written.
        return said.substring(0, said.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("ready "))
                .map(line -> URI.create(line.substring("ready ".length()).strip()))
                .findFirst();
    }

    private Path outFile() {
        return work.resolve("platform-%d.out".formatted(starts));
    }

    private Path errFile() {
        return work.resolve("platform-%d.err".formatted(starts));
    }

    private static String tail(Path file) {
        List<String> lines = read(file, "").lines().toList();
        return String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private static String read(Path file, String otherwise) {
        try {
            return Files.exists(file) ? Files.readString(file) : otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("The file %s cannot be read.".formatted(file), e);
        }
    }
}
