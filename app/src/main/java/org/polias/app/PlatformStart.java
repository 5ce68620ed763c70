// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.polias.app.cli.CommandFailed;
import org.polias.app.cli.ExitCode;
import org.polias.app.cli.Faults;
import org.polias.app.cli.UpOptions;
import org.polias.app.tls.ServerIdentity;
import org.polias.app.tls.TlsFault;
import org.polias.app.tls.TlsForHttp;
import org.polias.stream.broker.BrokerStartException;
import org.polias.stream.broker.DirectoryLock;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.ext.web.Router;

/**
 * Runs the platform in this process until it is told to stop. The platform and the HTTP server start side by side; requests
 * that come before both are there are told to try again.
 */
public final class PlatformStart {

    private static final Logger LOG = Logger.getLogger(PlatformStart.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);
    private static final AtomicReference<CompletableFuture<Platform>> STARTING = new AtomicReference<>();

    private static final AtomicReference<BiConsumer<Platform, String>> READY = new AtomicReference<>();

    private PlatformStart() {}

    /**
     * Starts, runs, and stops on SIGTERM or Ctrl-C.
     *
     * @return the exit code
     * @throws CommandFailed if it cannot start
     */
    public static int run(UpOptions asked) throws IOException {
        return run(asked, (platform, url) -> {
            System.out.println("ready " + url);
            System.out.flush();
        });
    }

    /** As {@link #run(UpOptions)}, telling {@code ready} when everything can be used, and where. */
    static int run(UpOptions asked, BiConsumer<Platform, String> ready) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        // A signal ends the JVM as soon as its hooks are done, whatever this thread is about. The log and the database
        // are to be closed in order: so there is a hook that waits for it.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("polias-await-end").unstarted(() -> await(ended)));
        try {
            return runToTheEnd(asked, ready);
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warnf(
                        "The platform did not stop within %d s and is left as it is; the next start recovers.",
                        STOP_PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int runToTheEnd(UpOptions asked, BiConsumer<Platform, String> ready) throws IOException {
        requireUnused(asked.data());
        Optional<ServerIdentity> identity = identity(asked);
        TlsForHttp.show(identity);
        UpOptions options = withPorts(asked);
        settings(options).forEach(System::setProperty);
        CompletableFuture<Platform> starting = CompletableFuture.supplyAsync(
                () -> Platform.start(options, identity, System.out::println),
                task -> Thread.ofPlatform().name("polias-start").start(task));
        STARTING.set(starting);
        READY.set(ready);
        AtomicReference<Integer> exitCode = new AtomicReference<>(ExitCode.CANNOT_START);
        AtomicReference<@Nullable Throwable> ending = new AtomicReference<>();
        Quarkus.run(Application.class, (code, failure) -> {
            exitCode.set(code);
            ending.set(failure);
        });
        try {
            starting.join().close();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StartFailed failed) {
                throw new CommandFailed(ExitCode.CANNOT_START, failed.getMessage(), failed);
            }
            throw e;
        }
        Throwable failure = ending.get();
        if (failure instanceof StartFailed) {
            throw new CommandFailed(ExitCode.CANNOT_START, failure.getMessage(), failure);
        }
        if (failure != null) {
            throw new CommandFailed(
                    ExitCode.CANNOT_START,
                    "The platform cannot serve: %s%nMaybe run it again with --stacktrace, and report what it shows."
                            .formatted(Faults.reason(failure)),
                    failure);
        }
        return exitCode.get();
    }

    /** The part of the run that happens between the start of the HTTP server and its end. */
    public static final class Application implements QuarkusApplication {

        @Inject
        Router router;

        @Inject
        MeterRegistry metrics;

        @Override
        public int run(String... arguments) throws Exception {
            Platform platform;
            try {
                platform = STARTING.get().join();
            } catch (CompletionException e) {
                return ExitCode.CANNOT_START;
            }
            String url = "%s://%s:%s"
                    .formatted(
                            platform.isTls() ? "https" : "http",
                            inUrl(localAddress(System.getProperty("quarkus.http.host"))),
                            System.getProperty("quarkus.http.port"));
            platform.open(router, url);
            PlatformHealth.bind(platform, metrics);
            READY.get().accept(platform, url);
            Quarkus.waitForExit();
            return ExitCode.DONE;
        }
    }

    /** What the platform is to the HTTP server. */
    @ApplicationScoped
    public static class Reception {

        void open(@Observes Router router) {
            router.route().order(Integer.MIN_VALUE).handler(request -> Door.meet(request, isOpen()));
        }

        /** The running platform, for whatever wants it injected. */
        @Produces
        @ApplicationScoped
        Platform platform() {
            return STARTING.get().join();
        }
    }

    private static boolean isOpen() {
        CompletableFuture<Platform> starting = STARTING.get();
        return starting != null
                && starting.isDone()
                && !starting.isCompletedExceptionally()
                && starting.join().isOpen();
    }

    /**
     * Whoever starts a platform twice is told so, and not that its ports are taken. Whether the directory can be used at all shows
     * later.
     */
    private static void requireUnused(Path data) {
        if (Files.isWritable(data.resolve("lock"))) {
            try {
                DirectoryLock.take(data).close();
            } catch (BrokerStartException e) {
                throw new CommandFailed(ExitCode.CANNOT_START, e.getMessage(), e);
            }
        }
    }

    /** The identity to show over TLS, if any; warns of what is not as it should be. */
    private static Optional<ServerIdentity> identity(UpOptions options) {
        findExposure(options).ifPresent(LOG::warn);
        if (options.tls().isEmpty()) {
            return Optional.empty();
        }
        try {
            UpOptions.Tls files = options.tls().get();
            ServerIdentity identity = ServerIdentity.read(files.certificate(), files.key(), Instant.now());
            identity.warnings().forEach(LOG::warn);
            return Optional.of(identity);
        } catch (TlsFault e) {
            throw new CommandFailed(ExitCode.CANNOT_START, e.getMessage(), e);
        }
    }

    /** What whoever starts the platform so has to know: that others can read along. */
    static Optional<String> findExposure(UpOptions options) {
        return options.tls().isPresent() || isLoopback(options.bind())
                ? Optional.empty()
                : Optional.of(
                        "TLS is off, and %s is not this machine alone: everyone on the network can read passwords, devices' secrets and observations.%nMaybe use --tls-certificate and --tls-key, or --bind 127.0.0.1 behind a proxy that speaks TLS."
                                .formatted(options.bind()));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            // Said when the ports are looked at.
            return true;
        }
    }

    /** The address by which this machine reaches what listens on {@code bind}: "any" is none. */
    static String localAddress(String bind) {
        try {
            InetAddress address = InetAddress.getByName(bind);
            if (address.isAnyLocalAddress()) {
                return address.getAddress().length == 4 ? "127.0.0.1" : "::1";
            }
        } catch (IOException e) {
            // Not to be found: nothing listens there either.
            return bind;
        }
        return bind;
    }

    private static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static UpOptions withPorts(UpOptions asked) throws IOException {
        int http = free(asked.bind(), asked.httpPort(), "--http-port");
        int mqtt = free(asked.bind(), asked.mqttPort(), "--mqtt-port");
        return asked.withPorts(http, mqtt);
    }

    /** The port itself, or one that is free where 0 was asked for. */
    private static int free(String host, int port, String option) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.CANNOT_START,
                    "The address '%s' is not known here.%nMaybe use --bind 127.0.0.1.".formatted(host),
                    e);
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.CANNOT_START,
                    "Port %d on %s cannot be listened on: %s.%nMaybe another program has it, or another Polias; choose another with %s."
                            .formatted(port, host, e.getMessage(), option),
                    e);
        }
    }

    private static Map<String, String> settings(UpOptions options) {
        Map<String, String> settings = new TreeMap<>(options.settings());
        settings.put("quarkus.http.host", options.bind());
        settings.put("quarkus.http.port", Integer.toString(options.httpPort()));
        return settings;
    }
}
