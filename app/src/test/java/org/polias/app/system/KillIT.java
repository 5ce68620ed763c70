// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the platform at random moments while a city reports to it and operators work with it. What was acknowledged is there
 * afterwards, once; and the incidents are those of a run that nothing disturbed.
 *
 * <p>The moments are random and the seed is printed; {@code -Dpolias.kill.seed=N} plays them again, as far as processes repeat
 * themselves.
 */
class KillIT {

    private static final int KILLS = Integer.getInteger("polias.kill.times", 22);
    private static final int RATE_PER_S = 60;
    private static final int WINDOW = 40;
    /** How long it lives between being ready and being killed, at most. */
    private static final int LIFE_MS = 2_500;
    /** After its start, when it is killed during it, at most; it is rarely ready so soon. */
    private static final int BIRTH_MS = 5_000;

    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(60);

    private final long seed = Long.getLong("polias.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Set<String> notesDone = new TreeSet<>();
    private final Map<String, Boolean> alerts = new TreeMap<>();
    private int number;

    @Test
    void nothingThatWasAcknowledgedIsLostNorHappensTwiceHoweverOftenThePlatformIsKilled(@TempDir Path work)
            throws Exception {
        System.out.printf("KillIT: seed %d%n", seed);
        List<CityLife> lives = new ArrayList<>();
        List<MqttDevice> devices = new ArrayList<>();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (PlatformProcess platform = PlatformProcess.ofSmallCity(work)) {
            platform.start().awaitReady();
            for (String site : SmallCity.SITES) {
                CityLife life = new CityLife(site, random.nextLong());
                MqttDevice device = new MqttDevice(
                        "gateway-" + site, platform.createDevice("gateway-" + site), platform::findMqttPort, WINDOW);
                lives.add(life);
                devices.add(device);
                running.add(Background.start(() -> life.run(device, RATE_PER_S, stop)));
            }
            String suricata = platform.createDevice("suricata");
            int ready = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                if (random.nextInt(10) < 3) {
                    // While it starts.
                    letLive(random.nextInt(BIRTH_MS));
                } else {
                    platform.awaitReady();
                    ready++;
                    work(platform, suricata);
                    letLive(random.nextInt(LIFE_MS));
                }
                if (random.nextInt(5) == 0) {
                    platform.kill9WithDatabase();
                } else {
                    platform.kill9();
                }
                platform.start();
            }
            platform.awaitReady();
            work(platform, suricata);
            deliverAlerts(platform, suricata);
            stop.set(true);
            for (CompletableFuture<Void> each : running) {
                each.get(DRAIN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            for (MqttDevice device : devices) {
                device.awaitAcknowledged(DRAIN_PATIENCE);
                System.out.println("KillIT: " + device);
                device.close();
            }
            assertThat(ready).as("it was also killed when it was ready").isPositive();

            platform.kill9();
            Path export = work.resolve("log");
            Launcher.Outcome exported = Launcher.run(
                    work,
                    Duration.ofSeconds(60),
                    "log",
                    "export",
                    "--data",
                    platform.data().toString(),
                    export.toString());
            assertThat(exported.exitCode()).as(exported.err()).isZero();
            Refolded refolded = Refolded.of(export);
            System.out.printf(
                    "KillIT: %d records, %d detections, %d incidents%n",
                    refolded.records(),
                    refolded.detectionCount(),
                    refolded.incidents().size());
            assertThat(refolded.incidents()).hasSizeGreaterThan(2);

            platform.start().awaitReady();
            try (Connection database = platform.connectDatabase()) {
                refolded.requireStored(database);
                requireEverythingOnce(database, lives);
                requireRefusalsKept(database, lives);
                requireNotes(refolded);
                refolded.requireDiscardsStored(database);
            }
        } finally {
            stop.set(true);
            for (MqttDevice device : devices) {
                device.close();
            }
        }
    }

    /** What people and a network sensor do while it lives. */
    private void work(PlatformProcess platform, String secret) {
        try {
            for (int i = 0; i < 3; i++) {
                alerts.put(alert(), false);
            }
            deliverAlerts(platform, secret);
            JsonNode incidents = platform.get("/api/incidents?scope=live&limit=50");
            if (!incidents.isEmpty()) {
                String id = incidents
                        .get(random.nextInt(incidents.size()))
                        .path("id")
                        .asText();
                String note = "note-" + ++number;
                if (command(platform, id, "{\"command\": \"note\", \"text\": \"%s\"}".formatted(note)) == 200) {
                    notesDone.add(note);
                }
                command(platform, id, "{\"command\": \"acknowledge\"}");
                if (random.nextInt(3) == 0) {
                    command(platform, id, "{\"command\": \"resolve\", \"note\": \"over\"}");
                }
            }
        } catch (UncheckedIOException e) {
            // Not killed by us: nothing else may end it.
            throw new AssertionError("The platform did not answer though nobody had killed it.", e);
        }
    }

    private int command(PlatformProcess platform, String incident, String command) {
        int status = platform.post("/api/incidents/" + incident + "/commands", command)
                .status();
        assertThat(status).as(command).isIn(200, 409, 503);
        return status;
    }

    private String alert() {
        Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(++number);
        return """
                {"timestamp":"%s","event_type":"alert","src_ip":"192.0.2.7","src_port":4000,"dest_ip":"10.0.0.5","dest_port":22,\
                "proto":"TCP","flow_id":%d,"alert":{"signature":"Test scan","signature_id":9000001,"gid":1,"rev":1,\
                "category":"Attempted break-in","severity":1,"action":"allowed"}}""".formatted(time, number);
    }

    /** Sends what has no answer yet, again where the answer of the last time was lost. */
    private void deliverAlerts(PlatformProcess platform, String secret) {
        for (Map.Entry<String, Boolean> alert : alerts.entrySet()) {
            if (!alert.getValue()) {
                PlatformProcess.Answer answer = platform.send(
                        HttpRequest.newBuilder(platform.url().resolve("/v1/eve/" + SmallCity.network("north")))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(("suricata:" + secret)
                                                                .getBytes(StandardCharsets.UTF_8)))
                                .POST(BodyPublishers.ofString(alert.getKey() + "\n")));
                assertThat(answer.status()).as(answer.text()).isIn(201, 429, 503);
                alert.setValue(answer.status() == 201);
            }
        }
    }

    private void requireEverythingOnce(Connection database, List<CityLife> lives) throws SQLException {
        Deliveries deliveries = Deliveries.of(lives);
        alerts.forEach((alert, isAcknowledged) -> {
            String time = alert.substring("{\"timestamp\":\"".length(), alert.indexOf("\",\"event_type"));
            deliveries.add(SmallCity.network("north") + " " + Instant.parse(time), isAcknowledged);
        });
        System.out.println("KillIT: " + deliveries);
        deliveries.requireStoredOnce(database);
    }

    /** A refused payload is acknowledged once it is in the quarantine; sent again it may be there again. */
    private void requireRefusalsKept(Connection database, List<CityLife> lives) {
        Set<String> refused = new TreeSet<>();
        Set<String> nonsense = new TreeSet<>();
        for (CityLife life : lives) {
            for (CityLife.Sent each : life.sent()) {
                if (each.isNonsense()) {
                    nonsense.add(each.key());
                    if (each.isAcknowledged().get()) {
                        refused.add(each.key());
                    }
                }
            }
        }
        assertThat(refused).isNotEmpty();
        Set<String> kept = new TreeSet<>();
        Await.until("%d refused payloads are kept".formatted(refused.size()), DRAIN_PATIENCE, () -> {
            kept.clear();
            Refolded.read(
                    database,
                    "SELECT convert_from(payload, 'UTF8') FROM quarantine",
                    row -> kept.add(row.getString(1)));
            return kept.containsAll(refused);
        });
        assertThat(difference(kept, nonsense)).as("kept and never sent").isEmpty();
    }

    /** What was answered to the operator as done was done, once. */
    private void requireNotes(Refolded refolded) {
        String all = String.join(
                "\n",
                refolded.incidents().values().stream().flatMap(List::stream).toList());
        for (String note : notesDone) {
            assertThat(all.split("\"" + note + "\"", -1)).as(note).hasSize(2);
        }
        assertThat(notesDone).isNotEmpty();
    }

    private static Set<String> difference(Set<String> of, Set<String> without) {
        Set<String> rest = new TreeSet<>(of);
        rest.removeAll(without);
        return rest;
    }

    /** The moment of the kill is what is random here; nothing is awaited. */
    private static void letLive(int millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}
