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
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.polias.app.campaign.CityWatch;
import org.polias.app.city.EveSource;
import org.polias.app.city.Loading;
import org.polias.app.cli.Faults;
import org.polias.app.cli.UpOptions;
import org.polias.app.live.LiveBeat;
import org.polias.app.live.LiveMessage;
import org.polias.app.live.LivePicture;
import org.polias.app.projection.Projections;
import org.polias.app.security.Access;
import org.polias.app.security.OidcSettings;
import org.polias.app.security.OidcSignIn;
import org.polias.app.tls.OneCertificate;
import org.polias.app.tls.ServerIdentity;
import org.polias.edge.BindFailure;
import org.polias.edge.Edge;
import org.polias.edge.clip.ClipFolder;
import org.polias.edge.intake.AdmissionCounters.Admissions;
import org.polias.edge.intake.IntakeLimits;
import org.polias.edge.media.StreamAddress;
import org.polias.edge.mqtt.MqttConfig;
import org.polias.edge.mqtt.MqttServer;
import org.polias.fuse.DefaultFusion;
import org.polias.model.campaign.Campaign;
import org.polias.model.city.City;
import org.polias.model.city.SiteDefinition;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.CampaignId;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.port.Registry;
import org.polias.pilots.transport.WorldRunner;
import org.polias.store.Store;
import org.polias.store.StoreException;
import org.polias.store.StoreSettings;
import org.polias.store.access.Role;
import org.polias.store.access.Users;
import org.polias.store.incident.IncidentScope;
import org.polias.stream.StreamPlatform;
import org.polias.stream.StreamSettings;
import org.polias.stream.broker.BrokerStartException;
import org.polias.stream.broker.DirectoryLock;
import org.polias.stream.broker.Durability;
import org.polias.stream.log.LogException;

import io.vertx.ext.web.Router;

/** The whole platform in this process, put together: what the parts are is said here and nowhere else. */
public class Platform implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Platform.class);

    /** The administrator who is made on the first start. */
    static final String FIRST_USER = "admin";

    /** How many observations a second one device may deliver in the long run, however little the others deliver. */
    private static final String DEVICE_SHARE = "polias.device.share-per-s";

    /** Begins the settings that say from where a datastream's sound is fetched: {@code polias.listen.mic-1-sound=rtsp://...}. */
    private static final String PULLED_SOUND = "polias.listen.";

    /** Before whatever the HTTP server itself does with requests: the ways in have limits and answers of their own. */
    private static final int INGEST_ORDER = -10_000;

    private static final int FIRST_PASSWORD_LENGTH = 16;
    private static final Duration FOLDS_PATIENCE = Duration.ofSeconds(60);
    private static final Duration HISTORY_PATIENCE = Duration.ofSeconds(1);
    private static final Duration HISTORY_PAUSE = Duration.ofMillis(20);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

    private final UpOptions options;
    private final Optional<ServerIdentity> identity;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final RunFiles runFiles;
    private final City city;
    private final List<EveSource> followed;
    private final Map<DatastreamId, StreamAddress> pulled;
    private final Store store;
    private final StreamPlatform stream;
    private final Writing writing;
    private final Registry registry;
    private final Access access;
    private final Optional<OidcSignIn> oidc;
    private final Edge edge;
    private final LivePicture picture;
    private final Projections projections;
    private final Instant since = Instant.now();
    private Admissions lastAdmissions;
    private volatile boolean open;
    private @Nullable MqttServer mqtt;
    private @Nullable ExerciseDirector exercises;

    /**
     * Starts everything that needs no address: log, folds, database, projections.
     *
     * @param identity what is shown over TLS; absent: TLS is not spoken
     * @param told receives what the one who started it should read: how to sign in for the first time
     * @throws StartFailed if it cannot start; whatever had been started is stopped
     */
    public static Platform start(UpOptions options, Optional<ServerIdentity> identity, Consumer<String> told) {
        try {
            return new Platform(options, identity, told);
        } catch (BrokerStartException | LogException | StoreException | UncheckedIOException | BindFailure e) {
            throw new StartFailed(e.getMessage(), e);
        } catch (IOException e) {
            throw unusable(options, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("The start was interrupted.", e);
        }
    }

    private static StartFailed unusable(UpOptions options, IOException fault) {
        return new StartFailed(
                "The data directory %s cannot be used: %s%nMaybe it belongs to another user, or its disk is full; choose another with --data."
                        .formatted(options.data(), Faults.reason(fault)),
                fault);
    }

    private Platform(UpOptions options, Optional<ServerIdentity> identity, Consumer<String> told)
            throws IOException, InterruptedException {
        this.options = options;
        this.identity = identity;
        boolean started = false;
        try {
            Files.createDirectories(options.data());
            keep(DirectoryLock.take(options.data()));
            runFiles = new RunFiles(options.data());
            Loading.Loaded loaded = CityOfChoice.load(options);
            city = loaded.city();
            followed = loaded.sources();
            options.followed()
                    .forEach(source -> requireDatastream(
                            source.datastream(), "The file %s is to be followed".formatted(source.file())));
            pulled = pulledSound(options.settings());
            pulled.forEach((datastream, address) ->
                    requireDatastream(datastream, "The sound of %s is to be fetched".formatted(address)));
            Optional<OidcSettings> identityProvider = OidcConfiguration.find(options.settings());
            IntakeLimits limits = intakeLimits(options.settings());

            CompletableFuture<Store> storing = begin("store", () -> Store.start(storeSettings()));
            // A password takes long to hash, which is its point: meanwhile the log opens.
            CompletableFuture<Void> firstUser = storing.thenAccept(opened -> makeFirstUser(opened.users(), told));
            CompletableFuture<StreamPlatform> streaming = begin("stream", this::startStream);
            // Both are waited for before a failure of either counts, so that whatever started is stopped again.
            Optional<RuntimeException> storeFailure = settle(storing);
            Optional<RuntimeException> streamFailure = settle(streaming);
            Optional<RuntimeException> failure =
                    storeFailure.or(() -> streamFailure).or(() -> failureOf(firstUser));
            if (failure.isPresent()) {
                throw failure.get();
            }
            store = storing.join();
            stream = streaming.join();

            oidc = identityProvider.map(settings -> new OidcSignIn(settings, store.signIns()));
            writing = new Writing(stream.log());
            registry = new CityRegistry(city, store.devices());
            access = new Access(store, city.tenant(), runFiles.adminToken(), InstantSource.system());
            picture = new LivePicture(
                    this::titleOfExercise, id -> store.incidents().find(city.tenant(), id));
            Projections.Beginning beginning = Projections.Beginning.of(store);
            List<Incident> live = store.incidents().listLive(city.tenant());
            beginPicture(live);
            CityWatch watch = keep(CityWatch.begin(city, store, live, InstantSource.system(), picture::on));
            projections = keep(Projections.start(stream.client(), store, picture, watch, beginning));
            configureSites();
            edge = keep(new Edge(
                    registry,
                    stream.log(),
                    InstantSource.system(),
                    limits,
                    Optional.of(new ClipFolder(options.data().resolve("clips"), InstantSource.system()))));
            lastAdmissions = edge.counters().snapshot();
            keep(new LiveBeat(picture, this::stats));
            keep(new Housekeeping(store, city.tenant(), Housekeeping.Retention.DEFAULT));
            if (!stream.awaitReady(FOLDS_PATIENCE)) {
                throw new StartFailed("The folds did not begin within %d s: %s.%nMaybe the log's cluster is overloaded."
                        .formatted(FOLDS_PATIENCE.toSeconds(), stream.status().state()));
            }
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /**
     * Opens the ways in, brings the pilot's world to life, and says where the platform is.
     *
     * @param url where the HTTP server listens
     * @throws StartFailed if one of them cannot be opened
     */
    void open(Router router, String url) {
        try {
            openWays(router, url);
        } catch (BindFailure e) {
            throw new StartFailed(e.getMessage(), e);
        } catch (IOException e) {
            throw unusable(options, e);
        }
    }

    private void openWays(Router router, String url) throws IOException {
        edge.routes().mount(router, INGEST_ORDER);
        open = true;
        MqttConfig plain = MqttConfig.listeningOn(options.bind(), options.mqttPort());
        mqtt = edge.listen(
                identity.map(shown -> plain.withTls(shown.serverContext())).orElse(plain));
        options.soundPort().ifPresent(port -> edge.listenForSound(options.bind(), port));
        Files.createDirectories(followedState());
        followed.forEach(source -> follow(source.datastream(), source.file()));
        options.followed().forEach(source -> follow(source.datastream(), source.file()));
        pulled.forEach((datastream, address) ->
                edge.pullSound(address, datastream.value(), deviceFor("sound:" + datastream, datastream)));
        if (options.pilot().isPresent()) {
            WorldRunner world = keep(PilotWorld.prepare(
                    city,
                    followed,
                    new PilotWorld.Ways(
                            url,
                            PlatformStart.localAddress(options.bind()),
                            options.mqttPort(),
                            identity.map(shown -> new OneCertificate(shown.certificate()))),
                    store.devices()));
            exercises =
                    new ExerciseDirector(city, writing, world, store.incidents().listExercises(city.tenant()));
            world.start();
        }
        runFiles.writeRunning(
                url,
                options.mqttPort(),
                String.valueOf(stream.client().get("bootstrap.servers")),
                options.tls().flatMap(files -> identity.map(shown -> new RunFiles.Shown(files.certificate(), shown))));
        keep(runFiles::deleteRunning);
    }

    /** Whether the HTTP ways in are there. Until then nobody may be told that there is nothing at their address. */
    public boolean isOpen() {
        return open;
    }

    /** Whether TLS is spoken on both ports. */
    public boolean isTls() {
        return identity.isPresent();
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
        return Optional.ofNullable(exercises);
    }

    /** How many observations were stored since the start. */
    public long countStored() {
        return projections.stored();
    }

    /** What became of input since the start. */
    public Admissions admissions() {
        return edge.counters().snapshot();
    }

    /** When it was started. */
    public Instant since() {
        return since;
    }

    /** An incident and all that happened to it. */
    public record IncidentHistory(Incident incident, List<IncidentEvent> events) {}

    /** The incident with this id as the picture has it, or, if it is too old for that, as the database has it. */
    public Optional<Incident> findIncident(IncidentId id) {
        return picture.findIncident(id).or(() -> store.incidents().find(city.tenant(), id));
    }

    /**
     * The incident with this id and its history. The picture is told before the database is: whoever saw a change there and asks
     * for more at once waits until the database has it too, if that does not take long.
     */
    public Optional<IncidentHistory> findIncidentWithHistory(IncidentId id) {
        Optional<Incident> found = findIncident(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long deadline = System.nanoTime() + HISTORY_PATIENCE.toNanos();
        while (true) {
            List<IncidentEvent> events = store.incidents().timeline(city.tenant(), id);
            long last = events.isEmpty() ? 0 : events.getLast().sequence();
            if (last >= found.get().sequence() || System.nanoTime() > deadline) {
                return Optional.of(new IncidentHistory(found.get(), events));
            }
            try {
                Thread.sleep(HISTORY_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unavailable("The platform is stopping.", e);
            }
        }
    }

    /** The tenant's incidents, the most critical first. */
    public List<Incident> listIncidents(IncidentScope scope, int limit) {
        return store.incidents().list(city.tenant(), scope, limit);
    }

    /** The campaign with this id as the picture has it, or, if it ended, as the database has it. */
    public Optional<Campaign> findCampaign(CampaignId id) {
        return picture.findCampaign(id).or(() -> store.campaigns().find(city.tenant(), id));
    }

    /** Campaigns, the most critical first. */
    public List<Campaign> listCampaigns(IncidentScope scope, int limit) {
        return switch (scope) {
            case LIVE -> picture.listCampaigns().stream().limit(limit).toList();
            case CLOSED, ALL -> store.campaigns().list(city.tenant(), scope, limit);
        };
    }

    /** Whether somebody of this name may sign in. */
    public boolean hasUser(String login) {
        return store.users()
                .find(city.tenant(), login)
                .filter(user -> !user.disabled())
                .isPresent();
    }

    /**
     * Gives a command into the log, and waits for what the fold of the site says to it.
     *
     * @return why it was refused; empty if it was carried out
     * @throws Unavailable if the log did not take it, or no answer came in time
     */
    public Optional<String> command(SiteKey site, OperatorCommand command) {
        CompletableFuture<SiteOutcome.CommandAnswered> answer = picture.awaitAnswer(command.commandId());
        try {
            writing.append(new SiteEvent.Commanded(site, Instant.now(), command));
            return answer.get(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).refusal();
        } catch (TimeoutException e) {
            throw new Unavailable(
                    "The command is in the log and will be carried out, but was not within %d s."
                            .formatted(ANSWER_PATIENCE.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The answer to %s failed.".formatted(command), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The platform is stopping.", e);
        } finally {
            answer.cancel(false);
        }
    }

    /** How it fares. */
    public synchronized LiveMessage.Stats stats() {
        Admissions now = edge.counters().snapshot();
        double accepted_per_s = now.acceptedPerSecondSince(lastAdmissions);
        lastAdmissions = now;
        return new LiveMessage.Stats(
                now.at(),
                accepted_per_s,
                now.accepted(),
                now.rejectedInAll(),
                now.duplicate(),
                now.deferred(),
                projections.quarantined(),
                projections.stored(),
                picture.countSilent(),
                mqtt == null ? 0 : mqtt.connectionCount());
    }

    /** What is wrong at this moment, a sentence each; empty if nothing is. */
    public List<String> listProblems() {
        List<String> problems = new ArrayList<>();
        if (!stream.isReady()) {
            problems.add(
                    "The folds are not running: %s.".formatted(stream.status().state()));
        }
        store.findProblem().ifPresent(problems::add);
        return problems;
    }

    /** Stops everything in the reverse order of its start. */
    @Override
    public void close() {
        while (true) {
            AutoCloseable part;
            synchronized (parts) {
                if (parts.isEmpty()) {
                    return;
                }
                part = parts.pop();
            }
            try {
                part.close();
            } catch (Exception e) {
                // The others are stopped all the same.
                LOG.warnf(e, "%s did not stop cleanly", part.getClass().getSimpleName());
            }
        }
    }

    private void follow(DatastreamId datastream, Path file) {
        edge.follow(file, datastream.value(), deviceFor("file:" + datastream, datastream), followedState());
    }

    /** In whose name is delivered what the platform gets for a datastream itself. */
    private Registry.Device deviceFor(String name, DatastreamId datastream) {
        SiteKey site = registry.findDatastream(city.tenant(), datastream.value())
                .map(Registry.RegisteredDatastream::site)
                .orElseThrow();
        return new Registry.Device(new DeviceId(name), city.tenant(), Optional.of(site));
    }

    private void requireDatastream(DatastreamId datastream, String what) {
        if (city.sites().stream().flatMap(site -> site.datastreams().stream()).noneMatch(each -> each.id()
                .equals(datastream))) {
            throw new StartFailed(
                    "%s for the datastream '%s', which the city does not have.%nMaybe see its datastreams in the city's folder."
                            .formatted(what, datastream));
        }
    }

    private static Map<DatastreamId, StreamAddress> pulledSound(Map<String, String> settings) {
        Map<DatastreamId, StreamAddress> pulled = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(PULLED_SOUND)) {
                pulled.put(
                        pulledFor(key),
                        StreamAddress.find(value.strip())
                                .orElseThrow(() -> new StartFailed(
                                        "The setting %s is no address of a stream of sound.%nMaybe write rtsp://host/path, https://host/path, or the path of an .sdp file."
                                                .formatted(key))));
            }
        });
        return pulled;
    }

    private static DatastreamId pulledFor(String key) {
        try {
            return new DatastreamId(key.substring(PULLED_SOUND.length()));
        } catch (IllegalArgumentException e) {
            throw new StartFailed(
                    "The setting %s names no datastream: %s%nMaybe write %smic-1-sound=rtsp://host/path."
                            .formatted(key, e.getMessage(), PULLED_SOUND),
                    e);
        }
    }

    /** Where it is written down how far followed files were read. */
    private Path followedState() {
        return options.data().resolve("followed");
    }

    private StreamPlatform startStream() {
        StreamSettings settings = options.kafka()
                .map(servers -> StreamSettings.external(
                        new StreamSettings.Cluster.External(
                                kafkaClient(servers),
                                Optional.empty(),
                                options.data().resolve("streams")),
                        instance()))
                .orElseGet(() -> StreamSettings.embedded(
                        options.data().resolve("kafka"),
                        switch (options.durability()) {
                            case POWER -> Durability.POWER;
                            case PROCESS -> Durability.PROCESS;
                        }));
        if (options.partitions().isPresent()) {
            settings = settings.withPartitions(options.partitions().getAsInt());
        }
        try {
            return StreamPlatform.start(
                    settings,
                    new DefaultFusion(),
                    InstantSource.system(),
                    message -> LOG.fatalf("The folds stopped for good: %s", message));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("The start was interrupted.", e);
        }
    }

    private Map<String, String> kafkaClient(String servers) {
        String prefix = "polias.kafka.";
        Map<String, String> client = new HashMap<>();
        options.settings().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                client.put(key.substring(prefix.length()), value);
            }
        });
        client.put("bootstrap.servers", servers);
        return client;
    }

    /** Names this process among those of one cluster; kept in the data directory, so that a restart is the same. */
    private String instance() {
        Path file = options.data().resolve("instance");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "polias-" + UUID.randomUUID());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The file %s cannot be used.".formatted(file), e);
        }
    }

    private static IntakeLimits intakeLimits(Map<String, String> settings) {
        String share = settings.get(DEVICE_SHARE);
        if (share == null) {
            return IntakeLimits.DEFAULT;
        }
        try {
            return IntakeLimits.DEFAULT.withShare_per_s(Integer.parseUnsignedInt(share.strip()));
        } catch (NumberFormatException e) {
            throw new StartFailed(
                    "The setting %s is '%s'.%nMaybe use a whole number of observations a second, or 0 for no limit."
                            .formatted(DEVICE_SHARE, share),
                    e);
        }
    }

    private StoreSettings storeSettings() {
        return options.database()
                .map(database -> StoreSettings.external(
                        database.jdbcUrl(),
                        database.user().orElse(""),
                        database.password().orElse("")))
                .orElseGet(() -> StoreSettings.embedded(options.data().resolve("postgres")));
    }

    private void beginPicture(List<Incident> live) {
        Map<DatastreamId, LiveMessage.HealthState> health = new HashMap<>();
        store.incidents()
                .listHealth(city.tenant())
                .forEach(state -> health.put(
                        state.datastream(),
                        new LiveMessage.HealthState(state.health(), state.since(), state.detail())));
        picture.begin(
                live,
                health,
                store.history().latest(city.tenant()),
                store.incidents().listExercises(city.tenant()));
    }

    private void configureSites() {
        for (SiteDefinition site : city.sites()) {
            writing.append(new SiteEvent.Configured(site.key(), Instant.now(), site));
        }
    }

    private void makeFirstUser(Users users, Consumer<String> told) {
        if (!users.list(city.tenant()).isEmpty()) {
            return;
        }
        String password = RunFiles.randomToken().substring(0, FIRST_PASSWORD_LENGTH);
        if (users.create(city.tenant(), FIRST_USER, "Administrator", EnumSet.allOf(Role.class), password)
                .isEmpty()) {
            // Another process on the same database was started at the same moment and came first: its password counts.
            return;
        }
        Path file = options.data().resolve("first-sign-in.txt");
        try {
            RunFiles.writeSecret(file, "user: %s%npassword: %s%n".formatted(FIRST_USER, password));
        } catch (IOException e) {
            throw unusable(options, e);
        }
        told.accept("Sign in as '%s' with the password '%s' (kept in %s; change it with './polias user passwd %s')."
                .formatted(FIRST_USER, password, file, FIRST_USER));
    }

    private String titleOfExercise(String id) {
        return findExercises().stream()
                .flatMap(director -> director.list().stream())
                .filter(offer -> offer.id().equals(id))
                .map(ExerciseDirector.Offer::title)
                .findFirst()
                .orElse(id);
    }

    private <T extends AutoCloseable> T keep(T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }

    private static <T> CompletableFuture<T> begin(String what, Supplier<T> start) {
        return CompletableFuture.supplyAsync(
                start, task -> Thread.ofPlatform().name("polias-start-" + what).start(task));
    }

    /** Waits for a part, and keeps it to be stopped later, or says why it failed. */
    private <T extends AutoCloseable> Optional<RuntimeException> settle(CompletableFuture<T> starting) {
        Optional<RuntimeException> failure = failureOf(starting);
        if (failure.isEmpty()) {
            keep(starting.join());
        }
        return failure;
    }

    private static Optional<RuntimeException> failureOf(CompletableFuture<?> starting) {
        try {
            starting.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(
                    e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause()));
        }
    }
}
