// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.polias.model.city.City;
import org.polias.model.city.Datastream;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Thing;
import org.polias.model.id.DatastreamId;
import org.polias.pilots.Emission;
import org.polias.pilots.Exercise;
import org.polias.pilots.GroundTruth;
import org.polias.pilots.World;

/**
 * Runs a world in real time and carries what it emits to the platform. Each gateway of the city is a device of its own with one
 * MQTT connection; those in {@link #HTTP_GATEWAYS} and the network sensors post over HTTP; a network sensor whose file the
 * platform follows writes that file instead. The runner outlives the platform's restarts: its gateways buffer and try again.
 */
public final class WorldRunner implements AutoCloseable {

    /** Gateways that speak HTTP. */
    public static final Set<String> HTTP_GATEWAYS = Set.of("gw-street");

    /** The gateway of things that name none. */
    private static final String NO_GATEWAY = "gw-city";

    private static final Logger LOG = System.getLogger("org.polias.pilots");
    private static final Duration STEP = Duration.ofMillis(100);
    /** After a longer pause, of a suspended machine for instance, what lay between is skipped. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final Clock clock;
    private final World world;
    private final HttpClient http;
    private final Map<DatastreamId, Link> routes = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Consumer<Exercise> onExerciseEnd = ended -> {};

    /**
     * A runner that begins to live with {@link #start()}.
     *
     * @throws IllegalArgumentException if a device of {@link #listDevices} has no secret
     */
    public WorldRunner(City city, RunnerSettings settings) {
        this(city, settings, Clock.systemUTC());
    }

    WorldRunner(City city, RunnerSettings settings, Clock clock) {
        this.clock = clock;
        this.world = new World(city, settings.seed(), clock.instant(), settings.speed());
        // HTTP/1.1: the client would otherwise ask for an upgrade with every first request.
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        settings.trust().ifPresent(trust -> client.sslContext(Trust.context(trust)));
        this.http = client.build();
        Map<String, Link> byDevice = new TreeMap<>();
        for (Route route : routes(city)) {
            Path file = settings.eveFiles().get(route.stream);
            Link link = file != null
                    ? new EveFileLink(route.device, file)
                    : byDevice.computeIfAbsent(route.device, device -> link(route, settings));
            routes.put(route.stream, link);
            if (!links.contains(link)) {
                links.add(link);
            }
        }
        if (!world.listUnknown().isEmpty()) {
            LOG.log(Level.INFO, "The world has nothing to report for the datastreams {0}.", world.listUnknown());
        }
        this.thread = Thread.ofPlatform().name("pilot-world").daemon().unstarted(this::live);
    }

    /**
     * The devices as which the gateways of a city speak: each needs credentials.
     *
     * @param followed the datastreams that the platform takes from files; their network sensors are no devices
     */
    public static SortedSet<String> listDevices(City city, Collection<DatastreamId> followed) {
        SortedSet<String> devices = new TreeSet<>();
        for (Route route : routes(city)) {
            if (!followed.contains(route.stream)) {
                devices.add(route.device);
            }
        }
        return devices;
    }

    /** Begins to live. */
    public void start() {
        thread.start();
    }

    /** The exercises that can be begun. */
    public List<Exercise> listExercises() {
        return world.listExercises();
    }

    /**
     * Begins an exercise.
     *
     * @throws IllegalArgumentException if there is no such exercise
     * @throws IllegalStateException if one plays already
     */
    public Exercise startExercise(String id) {
        synchronized (world) {
            return world.begin(id);
        }
    }

    /** Ends the exercise that plays, if one does. */
    public void stopExercise() {
        synchronized (world) {
            world.end();
        }
    }

    /** The exercise that plays. */
    public Optional<Exercise> findRunningExercise() {
        synchronized (world) {
            return world.findRunning();
        }
    }

    /** Calls {@code listener}, on the runner's thread, when an exercise has come to its end or was ended. */
    public void onExerciseEnd(Consumer<Exercise> listener) {
        onExerciseEnd = listener;
    }

    /** What truly happened in the exercises so far. */
    public List<GroundTruth> listTruths() {
        synchronized (world) {
            return world.listTruths();
        }
    }

    /** How many emissions the platform has not taken yet. */
    public int backlog() {
        return links.stream().mapToInt(Link::backlog).sum();
    }

    /** Ends the world and its connections. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.forEach(Link::close);
        http.shutdownNow();
    }

    private void live() {
        Optional<Exercise> running = Optional.empty();
        while (!closed) {
            Instant now = clock.instant();
            try {
                List<Emission> emissions;
                Optional<Exercise> still;
                synchronized (world) {
                    if (world.now().plus(LONGEST_STEP).isBefore(now)) {
                        world.skipTo(now.minus(LONGEST_STEP));
                    }
                    Optional<Exercise> before = world.findRunning();
                    running = before.isPresent() ? before : running;
                    emissions = world.advanceTo(now);
                    still = world.findRunning();
                }
                for (Emission emission : emissions) {
                    Link link = routes.get(emission.datastream());
                    if (link != null) {
                        link.offer(emission);
                    }
                }
                links.forEach(link -> link.pump(now));
                if (running.isPresent() && !running.equals(still)) {
                    onExerciseEnd.accept(running.get());
                }
                running = still;
            } catch (RuntimeException e) {
                // A mistake in one step must not end the world; it is told and the next step is tried.
                LOG.log(Level.WARNING, "A step of the world failed.", e);
            }
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException e) {
                // Asked to end: the loop sees it.
                closed = true;
            }
        }
    }

    private Link link(Route route, RunnerSettings settings) {
        String secret = settings.secrets().get(route.device);
        if (secret == null) {
            throw new IllegalArgumentException(
                    "The device '%s' has no secret.%nMaybe create credentials for every device of listDevices: %s have some."
                            .formatted(route.device, settings.secrets().keySet()));
        }
        return route.http
                ? new HttpLink(route.device, secret, settings.httpBase(), http)
                : new MqttLink(route.device, secret, settings.mqttHost(), settings.mqttPort(), settings.trust());
    }

    /** The device and the way of each datastream of a city. */
    private static List<Route> routes(City city) {
        List<Route> routes = new ArrayList<>();
        for (SiteDefinition site : city.sites()) {
            Map<String, Sensor> sensors = new HashMap<>();
            site.sensors().forEach(sensor -> sensors.put(sensor.id().value(), sensor));
            Map<String, Thing> things = new HashMap<>();
            site.things().forEach(thing -> things.put(thing.id().value(), thing));
            for (Datastream stream : site.datastreams()) {
                Sensor sensor = sensors.get(stream.sensor().value());
                Thing thing = sensor == null ? null : things.get(sensor.thing().value());
                String device = thing == null ? NO_GATEWAY : thing.gateway().orElse(NO_GATEWAY);
                boolean network = sensor != null
                        && sensor.kind() == SensorKind.NETWORK
                        && stream.resultKind() == ResultKind.EVENT;
                routes.add(new Route(stream.id(), device, network || HTTP_GATEWAYS.contains(device)));
            }
        }
        return routes;
    }

    private record Route(DatastreamId stream, String device, boolean http) {}
}
