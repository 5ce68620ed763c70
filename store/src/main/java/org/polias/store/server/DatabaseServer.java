// SPDX-License-Identifier: Apache-2.0
package org.polias.store.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;
import org.polias.store.sql.Database;

/**
 * A PostgreSQL server of our own: real, durable (fsync and full_page_writes on), on loopback only, with a generated password.
 *
 * <p>The server is a process beside ours and outlives us if we are killed. The next start finds it, ends the sessions that our
 * predecessor left, and goes on with it; a server that was killed itself, or a machine that lost power, is recovered by
 * PostgreSQL from its write-ahead log. Nothing of this needs a hand.
 *
 * <p>The folder holds {@code cluster} (PostgreSQL's data), {@code password} (mode 600), {@code lock}, {@code postgresql.log}, and
 * {@code local.conf} if someone wants other settings than ours.
 */
public final class DatabaseServer implements AutoCloseable {

    /** The role and the database that Polias uses. */
    public static final String USER = "polias";

    /** By this name our sessions are known in the server. */
    public static final String APPLICATION = Database.APPLICATION;

    private static final Logger LOG = System.getLogger(DatabaseServer.class.getName());
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final int ORDERLY_STOP_MS = 1_600;
    private static final long MIN_FREE_BYTES = 128L << 20;
    private static final long MAX_LOG_BYTES = 8L << 20;
    /** Line numbers in {@code postmaster.pid} (PostgreSQL, miscadmin.h). */
    private static final int PID_LINE = 0;

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /**
     * Sized for a process that shares a small machine. JIT and parallel workers cost more than they give for our short queries;
     * "minimal" WAL suffices where nothing replicates. Errors of statements come back to us and are not logged twice.
     */
    private static final String SETTINGS = """
            # Written by Polias at each start. Put your own settings into local.conf beside this cluster.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            max_connections = 24
            password_encryption = scram-sha-256
            shared_buffers = 48MB
            work_mem = 4MB
            maintenance_work_mem = 64MB
            effective_cache_size = 1GB
            max_locks_per_transaction = 256
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = minimal
            max_wal_senders = 0
            min_wal_size = 80MB
            max_wal_size = 1GB
            checkpoint_timeout = 10min
            checkpoint_completion_target = 0.9
            io_method = sync
            max_worker_processes = 2
            max_parallel_workers = 0
            max_parallel_workers_per_gather = 0
            jit = off
            random_page_cost = 1.1
            timezone = 'UTC'
            log_timezone = 'UTC'
            datestyle = 'iso, ymd'
            lc_messages = 'C'
            log_min_messages = log
            log_error_verbosity = terse
            log_checkpoints = off
            include_if_exists = '../local.conf'
            """;

    private final Path directory;
    private final Path cluster;
    private final PostgresBinaries binaries;
    private final String password;
    private final FileChannel lockChannel;
    private final ReentrantLock guard = new ReentrantLock();
    private int port;
    private boolean closed;

    private DatabaseServer(Path directory, PostgresBinaries binaries, String password, FileChannel lockChannel) {
        this.directory = directory;
        this.cluster = directory.resolve("cluster");
        this.binaries = binaries;
        this.password = password;
        this.lockChannel = lockChannel;
    }

    /**
     * Starts the server whose data are in {@code directory}, creating them first where there are none.
     *
     * @throws StoreException if it cannot be started; the message says why, and what may help
     */
    public static DatabaseServer start(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        createPrivateDirectory(home);
        FileChannel lock = lock(home);
        try {
            PostgresBinaries binaries =
                    PostgresBinaries.unpack(PostgresBinaries.sharedDirectory(), home.resolve("binaries"));
            DatabaseServer server = new DatabaseServer(home, binaries, password(home), lock);
            server.begin();
            return server;
        } catch (RuntimeException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    /** Where the server is reached. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/postgres?sslmode=disable&gssEncMode=disable".formatted(LOOPBACK, port());
    }

    /** The port on loopback; the same for as long as this object lives. */
    public int port() {
        guard.lock();
        try {
            return port;
        } finally {
            guard.unlock();
        }
    }

    /** The role to connect as. */
    public String user() {
        return USER;
    }

    /** Its password. */
    public String password() {
        return password;
    }

    /** The process id of the server, if it runs. */
    public Optional<Long> findProcess() {
        return findPostmaster().map(Postmaster::pid);
    }

    /**
     * Starts the server again, on the same port, if it has died. Returns at once if it runs.
     *
     * @throws StoreException if it cannot be started
     */
    public void ensureRunning() {
        guard.lock();
        try {
            if (closed || findPostmaster().isPresent()) {
                return;
            }
            LOG.log(Level.WARNING, "PostgreSQL in {0} is not running any more. It is started again.", directory);
            launch(OptionalInt.of(port));
        } finally {
            guard.unlock();
        }
    }

    /** Stops the server: in order if it can within {@value #ORDERLY_STOP_MS} ms, else at once, to be recovered at the next start. */
    @Override
    public void close() {
        guard.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            stop();
        } finally {
            closeQuietly(lockChannel);
            guard.unlock();
        }
    }

    private void begin() {
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            createCluster();
        }
        String major = readString(cluster.resolve("PG_VERSION")).strip();
        if (!binaries.canRun(major)) {
            throw attention(
                    "The data in %s were written by PostgreSQL %s, and the one inside is %s."
                            .formatted(cluster, major, binaries.version()),
                    "Maybe dump them with that version, move the folder away, and load the dump.");
        }
        boolean sameSettings = writeSettings();
        Optional<Postmaster> running = findPostmaster();
        if (running.isPresent()) {
            if (sameSettings && running.get().binary().equals(Optional.of(binaries.postgres())) && takeOver()) {
                return;
            }
            stop();
        }
        launch(OptionalInt.empty());
    }

    // ---- creation ----

    private void createCluster() {
        if (freeBytes() < MIN_FREE_BYTES) {
            throw attention(
                    "A new database needs %d MB in %s, where %d MB are free."
                            .formatted(MIN_FREE_BYTES >> 20, directory, freeBytes() >> 20),
                    "Maybe free some space, or choose another folder for the data.");
        }
        // Made beside its place and renamed, so that a start that is killed half-way leaves nothing that looks like a
        // database.
        Path unfinished = directory.resolve("cluster.new");
        try {
            PostgresBinaries.deleteRecursively(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CommandResult result = run(
                Duration.ofMinutes(2),
                List.of(
                        binaries.initdb().toString(),
                        "--pgdata=" + unfinished,
                        "--username=" + USER,
                        "--pwfile=" + directory.resolve("password"),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions"));
        if (result.exitCode() != 0) {
            throw failure("A new database cannot be created in %s".formatted(directory), result.output());
        }
        try {
            Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether the settings were already these */
    private boolean writeSettings() {
        Path file = cluster.resolve("postgresql.conf");
        if (Files.exists(file) && readString(file).equals(SETTINGS)) {
            return true;
        }
        try {
            Files.writeString(file, SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }

    /** The password in {@code directory}, made there first if there is none and no data that need it. */
    private static String password(Path directory) {
        Path file = directory.resolve("password");
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            if (Files.exists(directory.resolve("cluster"))) {
                throw attention(
                        "The database in %s has lost its password file %s.".formatted(directory, file),
                        "Maybe restore the file from a backup of the folder.");
            }
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            Path unfinished = directory.resolve("password.new");
            Files.deleteIfExists(unfinished);
            Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(ownerOnly));
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(password + "\n"));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return password;
        } catch (IOException e) {
            throw attention(
                    "The password file %s cannot be read or made: %s.".formatted(file, e),
                    "Maybe the folder belongs to another user.");
        }
    }

    private static void createPrivateDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw attention(
                    "The folder %s cannot be made: %s.".formatted(directory, e),
                    "Maybe choose another folder for the data, or make its parent writable.");
        }
    }

    private static FileChannel lock(Path directory) {
        Path file = directory.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw attention(
                    "The lock %s cannot be taken: %s.".formatted(file, e), "Maybe the folder belongs to another user.");
        }
        throw attention(
                "The database in %s is in use by another running instance.".formatted(directory),
                "Maybe stop that one first, or choose another folder for the data.");
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    // ---- start and stop ----

    /** Goes on with a server that a killed predecessor left, if it answers. Its old sessions are ended and rolled back first. */
    private boolean takeOver() {
        waitUntil(
                Duration.ofSeconds(20),
                () -> findPostmaster().map(Postmaster::isReady).orElse(true));
        Optional<Postmaster> running = findPostmaster().filter(Postmaster::isReady);
        if (running.isEmpty() || running.get().port().isEmpty()) {
            return false;
        }
        port = running.get().port().getAsInt();
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid, 3000) FROM pg_stat_activity"
                    + " WHERE application_name = '" + APPLICATION + "' AND pid <> pg_backend_pid()");
            LOG.log(Level.DEBUG, "Going on with the PostgreSQL that runs in {0}.", directory);
            return true;
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "The PostgreSQL that was left running in {0} does not answer ({1}). It is restarted.",
                    directory,
                    e.getMessage());
            return false;
        }
    }

    private void launch(OptionalInt fixedPort) {
        rotateLog();
        Path log = directory.resolve("postgresql.log");
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (true) {
            stop();
            discardStalePidFile();
            port = fixedPort.isPresent() ? fixedPort.getAsInt() : freePort();
            long logFrom = sizeOf(log);
            CommandResult result = run(
                    START_PATIENCE.plusSeconds(5),
                    List.of(
                            binaries.pgCtl().toString(),
                            "start",
                            "--wait",
                            "--silent",
                            "--timeout=" + START_PATIENCE.toSeconds(),
                            "--pgdata=" + cluster,
                            "--log=" + log,
                            "--options=-p " + port));
            if (result.exitCode() == 0) {
                return;
            }
            String said = tail(log, logFrom) + "\n" + result.output();
            // All of these pass: another process took the port between our asking and our binding; backends of a killed
            // postmaster have not yet noticed that it is gone; a postmaster that a killed predecessor was just
            // starting.
            boolean passing = said.contains("Address already in use")
                    || said.contains("shared memory block")
                    || said.contains("postmaster.pid\" already exists");
            if (!passing || System.nanoTime() > deadline) {
                throw failure("PostgreSQL cannot be started in %s on port %d".formatted(directory, port), said);
            }
            pause(100);
        }
    }

    private void stop() {
        Optional<Postmaster> running = findPostmaster();
        if (running.isEmpty()) {
            return;
        }
        long pid = running.get().pid();
        signalStop("fast");
        if (!waitUntil(Duration.ofMillis(ORDERLY_STOP_MS), () -> !worksInCluster(pid))) {
            LOG.log(
                    Level.WARNING,
                    "PostgreSQL in {0} takes long to stop. It is stopped at once and will recover at its next start.",
                    directory);
            signalStop("immediate");
            if (!waitUntil(Duration.ofSeconds(2), () -> !worksInCluster(pid))) {
                ProcessHandle.of(pid).ifPresent(process -> {
                    List<ProcessHandle> backends = process.descendants().toList();
                    process.destroyForcibly();
                    backends.forEach(ProcessHandle::destroyForcibly);
                });
                waitUntil(Duration.ofSeconds(5), () -> !worksInCluster(pid));
            }
        }
    }

    private void signalStop(String mode) {
        CommandResult result = run(
                Duration.ofSeconds(5),
                List.of(
                        binaries.pgCtl().toString(),
                        "stop",
                        "--no-wait",
                        "--silent",
                        "--mode=" + mode,
                        "--pgdata=" + cluster));
        if (result.exitCode() != 0 && findPostmaster().isPresent()) {
            LOG.log(Level.WARNING, "pg_ctl could not stop PostgreSQL in {0}: {1}", directory, result.output());
        }
    }

    /**
     * A running postmaster of this cluster.
     *
     * @param binary its program, as far as the system tells
     */
    private record Postmaster(long pid, OptionalInt port, boolean isReady, Optional<Path> binary) {}

    /**
     * The postmaster of this cluster, if it runs. The pid in its file may since belong to any other process; a postmaster is
     * known by working in its cluster.
     */
    private Optional<Postmaster> findPostmaster() {
        List<String> lines;
        try {
            lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
        } catch (IOException e) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.get(PID_LINE).strip().matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.get(PID_LINE).strip());
        if (!worksInCluster(pid)) {
            return Optional.empty();
        }
        Optional<Path> binary;
        try {
            binary = Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe")));
        } catch (IOException e) {
            binary = Optional.empty();
        }
        String portLine = lines.size() > PORT_LINE ? lines.get(PORT_LINE).strip() : "";
        return Optional.of(new Postmaster(
                pid,
                portLine.matches("[0-9]{1,5}") ? OptionalInt.of(Integer.parseInt(portLine)) : OptionalInt.empty(),
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready"),
                binary));
    }

    /** Whether a process of that id works in the cluster; one that has ended and waits to be buried does not. */
    private boolean worksInCluster(long pid) {
        try {
            return Path.of("/proc", Long.toString(pid), "cwd").toRealPath().equals(cluster.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** PostgreSQL refuses to start while the pid in a left-over file belongs to any process; we know whether it is ours. */
    private void discardStalePidFile() {
        if (findPostmaster().isEmpty()) {
            try {
                Files.deleteIfExists(cluster.resolve("postmaster.pid"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    // ---- processes ----

    private record CommandResult(int exitCode, String output) {}

    /** Runs one of PostgreSQL's programs; as root inside a user namespace, where PostgreSQL does not see that it is root. */
    private CommandResult run(Duration patience, List<String> command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("unshare", "--user"));
        }
        whole.addAll(command);
        try {
            // Into a file: the server inherits what pg_ctl has, so that a pipe would never end.
            Path output = directory.resolve("command.out");
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("TZ", "UTC");
            Process process = builder.start();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new CommandResult(
                        -1, "%s did not end within %s.\n%s".formatted(command.getFirst(), patience, tail(output, 0)));
            }
            return new CommandResult(process.exitValue(), tail(output, 0));
        } catch (IOException e) {
            return new CommandResult(-1, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandResult(-1, "It was interrupted.");
        }
    }

    private static boolean isRoot() {
        try {
            return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private StoreException failure(String what, String said) {
        String text = said.strip();
        return attention(
                "%s:%n%s"
                        .formatted(
                                what,
                                text.isEmpty()
                                        ? "It said nothing."
                                        : text.indent(2).stripTrailing()),
                adviceFor(text));
    }

    private String adviceFor(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        if (text.contains("no space left")) {
            return "Maybe the disk is full: free some space under %s.".formatted(directory);
        }
        if (text.contains("unshare") || text.contains("cannot be run as root") || text.contains("must not be root")) {
            return "Maybe run Polias as an ordinary user: PostgreSQL refuses root, and this system does not let root step"
                    + " aside (unshare --user). Or give the JDBC URL of a PostgreSQL server.";
        }
        if (text.contains("address already in use")) {
            return "Maybe another program took port %d: try again.".formatted(port);
        }
        if (text.contains("permission denied")) {
            return "Maybe %s belongs to another user than the one who starts Polias.".formatted(directory);
        }
        if (text.contains("shared librar") || text.contains("no such file") || text.contains("exec format")) {
            return "Maybe this system lacks the GNU C library, which the PostgreSQL inside needs: give the JDBC URL of a"
                    + " PostgreSQL server.";
        }
        return "Maybe %s tells more.".formatted(directory.resolve("postgresql.log"));
    }

    private static StoreException attention(String what, String advice) {
        return new StoreException(Category.NEEDS_ATTENTION, what + "\n" + advice);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw attention(
                    "No port on %s can be had: %s.".formatted(LOOPBACK, e), "Maybe the loopback interface is down.");
        }
    }

    private long freeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rotateLog() {
        Path log = directory.resolve("postgresql.log");
        try {
            if (sizeOf(log) > MAX_LOG_BYTES) {
                Files.move(log, directory.resolve("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The log {0} cannot be put aside: {1}", log, e.toString());
        }
    }

    /** The last lines that were written to {@code file} after {@code from}. */
    private static String tail(Path file, long from) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(from, in.length() - 4_096);
            byte[] bytes = new byte[(int) Math.max(0, in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String readString(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean waitUntil(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || !pause(10)) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    private static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A lock file could not be closed: {0}", e.toString());
        }
    }
}
