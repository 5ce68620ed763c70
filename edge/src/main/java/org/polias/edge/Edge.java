// SPDX-License-Identifier: Apache-2.0
package org.polias.edge;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.polias.edge.clip.ClipFolder;
import org.polias.edge.file.EveFollower;
import org.polias.edge.http.IngestRoutes;
import org.polias.edge.intake.AdmissionCounters;
import org.polias.edge.intake.FairShare;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.IntakeLimits;
import org.polias.edge.intake.Replay;
import org.polias.edge.media.StreamAddress;
import org.polias.edge.mqtt.MqttConfig;
import org.polias.edge.mqtt.MqttServer;
import org.polias.edge.sound.Ears;
import org.polias.edge.sound.SoundPuller;
import org.polias.edge.sound.SoundServer;
import org.polias.model.port.EventLog;
import org.polias.model.port.Registry;
import org.polias.model.port.Registry.Device;
import org.polias.perceive.acoustics.Classifiers;

/** All ways from devices into the log, with one set of counters and one share for each device. */
public final class Edge implements AutoCloseable {

    private static final int BULK_THREADS = 2;

    private final AdmissionCounters counters;
    private final Ears ears;
    private final Intake intake;
    private final InstantSource clock;
    private final FairShare share;
    private final ExecutorService bulk;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** @param clock says when something arrives */
    public Edge(Registry registry, EventLog log, InstantSource clock, IntakeLimits limits) {
        this(registry, log, clock, limits, Optional.empty());
    }

    /**
     * The same, with clips.
     *
     * @param clips where sealed clips of sound are kept
     */
    public Edge(Registry registry, EventLog log, InstantSource clock, IntakeLimits limits, Optional<ClipFolder> clips) {
        this.counters = new AdmissionCounters(clock);
        this.clock = clock;
        this.ears = new Ears(Classifiers::shipped, clips);
        this.intake = new Intake(registry, log, clock, limits, counters, ears);
        this.share = new FairShare(limits.share_per_s(), System::nanoTime);
        this.bulk = Executors.newFixedThreadPool(
                BULK_THREADS, Thread.ofPlatform().daemon().name("edge-bulk-", 1).factory());
    }

    /** What became of input. */
    public AdmissionCounters counters() {
        return counters;
    }

    /** The way into the log that all others share. */
    public Intake intake() {
        return intake;
    }

    /** Sends what is in quarantine in again. */
    public Replay replay() {
        return new Replay(intake);
    }

    /** The HTTP ways in, to be mounted on a router. */
    public IngestRoutes routes() {
        return new IngestRoutes(intake, share, bulk);
    }

    /**
     * Starts an MQTT server; it is closed with this edge.
     *
     * @throws org.polias.edge.BindFailure if it cannot listen
     */
    public synchronized MqttServer listen(MqttConfig config) {
        MqttServer server = new MqttServer(config, intake, share, bulk);
        server.start();
        open.push(server);
        return server;
    }

    /**
     * Takes sound over TCP; it is closed with this edge.
     *
     * @param port 0 for any
     * @throws BindFailure if it cannot listen
     */
    public synchronized SoundServer listenForSound(String host, int port) {
        SoundServer server = SoundServer.start(intake, ears, clock, host, port);
        open.push(server);
        return server;
    }

    /**
     * Fetches a microphone's sound and listens to it; it is closed with this edge.
     *
     * @param datastream of the sound events that are heard
     * @param device in whose name they are delivered
     */
    public synchronized SoundPuller pullSound(StreamAddress address, String datastream, Device device) {
        SoundPuller puller = SoundPuller.start(intake, ears, clock, address, datastream, device);
        open.push(puller);
        return puller;
    }

    /**
     * Follows a file of EVE lines; it is closed with this edge.
     *
     * @param device in whose name its events are delivered
     * @param stateFolder where it is written down how far it has come
     */
    public synchronized EveFollower follow(Path file, String datastream, Device device, Path stateFolder) {
        EveFollower follower = new EveFollower(file, datastream, device, stateFolder, intake);
        follower.start();
        open.push(follower);
        return follower;
    }

    /** Stops taking input; what was taken is acknowledged where that is possible within a moment. */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case MqttServer server -> server.close();
                case EveFollower follower -> follower.close();
                case SoundServer sound -> sound.close();
                case SoundPuller puller -> puller.close();
                case AutoCloseable other -> throw new IllegalStateException("Nobody opened " + other);
            }
        }
        bulk.shutdown();
        try {
            // Who still listens finishes its block: a classifier is not closed under it.
            if (!bulk.awaitTermination(1, TimeUnit.SECONDS)) {
                bulk.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ears.close();
    }
}
