// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.polias.app.city.CityFolder;
import org.polias.app.city.EveSource;
import org.polias.app.cli.UpOptions;
import org.polias.app.live.LiveBeat;
import org.polias.app.live.LiveMessage;
import org.polias.app.live.LivePicture;
import org.polias.app.projection.Projections;
import org.polias.app.security.Access;
import org.polias.app.security.OidcSignIn;
import org.polias.edge.Edge;
import org.polias.edge.EdgeSettings;
import org.polias.edge.intake.AdmissionCounters;
import org.polias.fuse.DefaultFusion;
import org.polias.model.city.City;
import org.polias.model.city.SiteDefinition;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.port.Registry;
import org.polias.store.Store;
import org.polias.store.StoreException;
import org.polias.store.StoreSettings;
import org.polias.store.access.Role;
import org.polias.store.incident.IncidentScope;
import org.polias.stream.StreamPlatform;
import org.polias.stream.StreamSettings;
import org.polias.stream.broker.BrokerStartException;
import org.polias.stream.broker.DirectoryLock;
import org.polias.stream.broker.Durability;
import org.polias.stream.log.LogException;

/** The whole platform in this process, put together: what the parts are is said here and nowhere else. */
public class Platform implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Platform.class);

    /** The administrator who is made on the first start. */
    static final String FIRST_USER = "admin";

    private static final Duration FOLDS_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

    private final UpOptions options;
    private final City city;
    private final Store store;
    private final StreamPlatform stream;
    private final Edge edge;
    private final Registry registry;
    private final Access access;
    private final Optional<OidcSignIn> oidc;
    private final LivePicture picture;
    private final Projections projections;
    private final Writing writing;
    private final RunFiles runFiles;
    private final Instant since = Instant.now();
    private final Optional<ExerciseDirector> exercises;
    private final Deque<AutoCloseable> closing;

    /**
     * Starts everything but the HTTP server. What can go wrong outside is said in words.
     *
     * @param told receives what the one who started it should read: how to sign in for the first time
     * @throws StartFailed if it cannot start; whatever had been started is stopped
     */
    public static Platform start(UpOptions options, java.util.function.Consumer<String> told) {
        Deque<AutoCloseable> closing = new ArrayDeque<>();
        try {
            return new Platform(options, told, closing);
        } catch (StartFailed e) {
            closeAll(closing);
            throw e;
        } catch (BrokerStartException | LogException | StoreException | UncheckedIOException e) {
            closeAll(closing);
            throw new StartFailed(e.getMessage(), e);
        } catch (IOException e) {
            closeAll(closing);
            throw new StartFailed("The data directory %s cannot be used: %s".formatted(options.data(), e.getMessage()), e);
        } catch (InterruptedException e) {
            closeAll(closing);
            Thread.currentThread().interrupt();
            throw new StartFailed("The start was interrupted.", e);
        }
    }

    private Platform(UpOptions options, java.util.function.Consumer<String> told, Deque<AutoCloseable> closing)
            throws IOException, InterruptedException {
        this.options = options;
        this.closing = closing;
        Files.createDirectories(options.data());
        closing.push(DirectoryLock.take(options.data()));
        runFiles = new RunFiles(options.data());
        CityFolder.Content content = CityOfChoice.load(options);
        city = content.city();

        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Store> storing = CompletableFuture.supplyAsync(() -> Store.start(storeSettings()), starters);
            CompletableFuture<StreamPlatform> streaming =
                    CompletableFuture.supplyAsync(this::startStream, starters);
            // Both are waited for before a failure of either counts, so that whatever started is closed.
            Throwable failure = CompletableFuture.allOf(storing, streaming)
                    .handle((done, thrown) -> thrown)
                    .join();
            if (!storing.isCompletedExceptionally()) {
                closing.push(storing.join());
            }
            if (!streaming.isCompletedExceptionally()) {
                closing.push(streaming.join());
            }
            if (failure != null) {
                throw unwrap(failure);
            }
            store = storing.join();
            stream = streaming.join();
        }
        writing = new Writing(stream.log());
        registry = new CityRegistry(city, store.devices());
        access = new Access(store, city.tenant(), runFiles.adminToken(), InstantSource.system());
        oidc = OidcConfiguration.find(options).map(OidcSignIn::new);
        makeFirstUser(told);

        PilotWorld pilot = new PilotWorld(options, city);
        picture = new LivePicture(pilot::titleOf);
        beginPicture();
        projections = push(Projections.start(stream, store, picture));
        configureSites();
        if (!stream.awaitReady(FOLDS_PATIENCE)) {
            throw new StartFailed("The folds did not begin within %d s: %s.%nMaybe the log's cluster is not reachable."
                    .formatted(FOLDS_PATIENCE.toSeconds(), stream.status().state()));
        }
        edge = push(startEdge(content.sources()));
        exercises = pilot.isThere()
                ? Optional.of(push(new ExerciseDirector(city, writing, pilot, store.incidents().listExercises(city.tenant()))))
                : Optional.empty();
        push(new LiveBeat(picture, this::stats));
        push(new Housekeeping(store, city.tenant()));
        pilotWorld = pilot;
    }

    private final PilotWorld pilotWorld;

    /** Brings the pilot's world to life, once everything listens. */
    void beginWorld(String httpUrl) {
        if (pilotWorld.isThere()) {
            push(pilotWorld.begin(httpUrl, edge.mqttPort(), store.devices()));
        }
    }

    /** Says where it can be reached. */
    void announce(String url) throws IOException {
        runFiles.writeRunning(url);
        push(runFiles::deleteRunning);
    }

    /** The city that is loaded. */
    public City city() {
        return city;
    }

    public Store store() {
        return store;
    }

    public StreamPlatform stream() {
        return stream;
    }

    /** The ways in. */
    public Edge edge() {
        return edge;
    }

    public Registry registry() {
        return registry;
    }

    /** Who is signed in. */
    public Access access() {
        return access;
    }

    /** Sign-in with an identity provider, where one is configured. */
    public Optional<OidcSignIn> findOidc() {
        return oidc;
    }

    /** What is true now. */
    public LivePicture picture() {
        return picture;
    }

    /** The exercises of the pilot city, where one lives. */
    public Optional<ExerciseDirector> findExercises() {
        return exercises;
    }

    /** When it was started. */
    public Instant since() {
        return since;
    }

    /** An incident and all that happened to it. */
    public record IncidentHistory(Incident incident, List<IncidentEvent> events) {}

    /** The incident with this id, as the picture or, if it has not or no longer, the database has it. */
    public Optional<IncidentHistory> findIncident(org.polias.model.id.IncidentId id) {
        List<IncidentEvent> events = store.incidents().timeline(city.tenant(), id);
        return picture.findIncident(id)
                .or(() -> store.incidents().find(city.tenant(), id))
                .map(incident -> new IncidentHistory(incident, events));
    }

    /** The tenant's incidents, the most critical first. */
    public List<Incident> listIncidents(IncidentScope scope, int limit) {
        return store.incidents().list(city.tenant(), scope, limit);
    }

    /**
     * Gives a command into the log, and waits for what the fold of the site says to it.
     *
     * @return why it was refused; empty if it was carried out
     */
    public Optional<String> command(SiteKey site, OperatorCommand command) {
        CompletableFuture<SiteOutcome.CommandAnswered> answer = picture.awaitAnswer(command.commandId());
        try {
            writing.append(new SiteEvent.Commanded(site, Instant.now(), command));
            return answer.get(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).refusal();
        } catch (TimeoutException e) {
            throw new Writing.LogUnavailable(
                    "The command is in the log, but was not carried out within %d s; it will be."
                            .formatted(ANSWER_PATIENCE.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Writing.LogUnavailable("The platform is stopping.", e);
        } finally {
            answer.cancel(false);
        }
    }

    /** How it fares. */
    public LiveMessage.Stats stats() {
        AdmissionCounters.Admissions admissions = edge.counters().snapshot();
        return new LiveMessage.Stats(
                Instant.now(),
                admissions.accepted_per_s(),
                admissions.accepted(),
                admissions.rejected().values().stream().mapToLong(Long::longValue).sum(),
                admissions.duplicate(),
                admissions.deferred(),
                projections.quarantined(),
                projections.stored(),
                picture.countSilent(),
                edge.connectedDevices());
    }

    /** What is wrong at this moment, a sentence each; empty if nothing is. */
    public List<String> listProblems() {
        List<String> problems = new ArrayList<>();
        if (!stream.isReady()) {
            problems.add("The folds are not running: %s.".formatted(stream.status().state()));
        }
        store.findProblem().ifPresent(problems::add);
        return problems;
    }

    /** Stops everything in the reverse order of its start. */
    @Override
    public void close() {
        closeAll(closing);
    }

    private Edge startEdge(List<EveSource> sources) throws IOException {
        List<EdgeSettings.FollowedFile> files = new ArrayList<>();
        sources.forEach(source -> files.add(new EdgeSettings.FollowedFile(source.datastream(), source.file())));
        options.followed()
                .forEach(source -> files.add(new EdgeSettings.FollowedFile(source.datastream(), source.file())));
        return null;
    }

    private StreamPlatform startStream() {
        return null;
    }

    private StoreSettings storeSettings() {
        return options.database()
                .map(database -> StoreSettings.external(
                        database.jdbcUrl(), database.user().orElse(""), database.password().orElse("")))
                .orElseGet(() -> StoreSettings.embedded(options.data().resolve("postgres")));
    }

    private void beginPicture() {
        Map<DatastreamId, LiveMessage.HealthState> health = new HashMap<>();
        store.incidents()
                .listHealth(city.tenant())
                .forEach(state -> health.put(
                        state.datastream(), new LiveMessage.HealthState(state.health(), state.since(), state.detail())));
        picture.begin(store.incidents().listLive(city.tenant()), health, store.history().latest(city.tenant()));
    }

    private void configureSites() {
        for (SiteDefinition site : city.sites()) {
            writing.append(new SiteEvent.Configured(site.key(), Instant.now(), site));
        }
    }

    private void makeFirstUser(java.util.function.Consumer<String> told) throws IOException {
        if (!store.users().list(city.tenant()).isEmpty()) {
            return;
        }
        String password = RunFiles.randomToken().substring(0, 16);
        store.users().create(city.tenant(), FIRST_USER, "Administrator", EnumSet.allOf(Role.class), password);
        Path file = options.data().resolve("first-sign-in.txt");
        RunFiles.writeSecret(file, "user: %s%npassword: %s%n".formatted(FIRST_USER, password));
        told.accept("Sign in as '%s' with the password '%s' (also in %s; change it with './polias user passwd %s')."
                .formatted(FIRST_USER, password, file, FIRST_USER));
    }

    private <T extends AutoCloseable> T push(T part) {
        closing.push(part);
        return part;
    }

    private static RuntimeException unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause instanceof java.util.concurrent.CompletionException)) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("A part did not stop cleanly", e);
            }
        }
    }
}
