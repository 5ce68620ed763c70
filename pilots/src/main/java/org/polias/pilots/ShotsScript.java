// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.model.acoustics.SoundClass;
import org.polias.model.city.Zone;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Offset;

/**
 * Shots in the park: someone fires three bursts on the riverside meadow. People flee towards the stadium and press against gate
 * F, which is broken open. Meanwhile an intruder on the club's guest network works on the cameras, and at last the sensor
 * cabinet in the park goes dark.
 */
final class ShotsScript implements Script {

    private static final Exercise EXERCISE = new Exercise(
            "pilsen-shots",
            "Shots in the park",
            "Three bursts of shots on the riverside meadow. People flee to gate F, which is forced open; the camera network is "
                    + "attacked at the same time, and the sensors in the park are lost.",
            Duration.ofSeconds(180));

    private static final String MEADOW = "park-west";
    private static final String GATE = "gate-area-f";
    private static final String GATE_ASSET = "gate-f";
    private static final String DOOR = "acc-gate-f-events";
    private static final String NETWORK = "nids-stadium-eve";
    private static final String CABINET = "gw-park";
    /** Where on the meadow, from its centre. */
    private static final Offset FROM_CENTRE = new Offset(4, -62);
    /** A-weighted fast maximum of a rifle at 1 m to its side; single shots differ by 2 dB. */
    private static final double RIFLE_AT_1M_DB = 136;

    private static final double[] BURSTS_S = {6, 17, 31};
    private static final int[] SHOTS = {5, 4, 3};
    private static final double FLIGHT_S = 8;
    private static final double PRESSED_S = 45;
    private static final double FORCED_S = 52;
    private static final double LOST_S = 75;
    /** How dense it gets where the fleeing are stopped, people per m2. */
    private static final double PRESSED_PER_M2 = 4.4;

    private final Offset shooter;
    private final Zone gate;
    private final Offset gateCentre;
    private final Offset cabinet;
    private final List<Bang> bangs = new ArrayList<>();
    private final List<AlertCue> alerts = new ArrayList<>();

    private ShotsScript(Offset shooter, Zone gate, Offset gateCentre, Offset cabinet, Noise noise) {
        this.shooter = shooter;
        this.gate = gate;
        this.gateCentre = gateCentre;
        this.cabinet = cabinet;
        for (int burst = 0; burst < BURSTS_S.length; burst++) {
            double at_s = BURSTS_S[burst];
            for (int shot = 0; shot < SHOTS[burst]; shot++) {
                long i = bangs.size();
                bangs.add(new Bang(
                        at_s, shooter, RIFLE_AT_1M_DB + 2 * noise.named("level").gaussian(i), SoundClass.GUNSHOT));
                at_s += 0.45 + 0.5 * noise.named("pause").uniform(i);
            }
        }
        for (int i = 0; i < 3; i++) {
            alert(12 + 2.5 * i, "10.20.3." + (21 + i), 80, Signature.DEVICE_SCAN);
        }
        for (int i = 0; i < 6; i++) {
            alert(24 + 3.2 * i, "10.20.3." + (21 + i % 3), 80, Signature.CAMERA_LOGIN);
        }
        for (int i = 0; i < 4; i++) {
            alert(50 + 2.4 * i, "10.20.3.5", 554, Signature.STREAM_TEARDOWN);
        }
    }

    static Optional<ShotsScript> find(Places places, Noise noise) {
        Optional<Zone> meadow = places.findZone(MEADOW);
        Optional<Zone> gate = places.findZone(GATE);
        if (meadow.isEmpty() || gate.isEmpty() || !places.hasDatastream(DOOR) || !places.hasDatastream(NETWORK)) {
            return Optional.empty();
        }
        Offset shooter = places.centre(meadow.get()).plus(FROM_CENTRE);
        return Optional.of(new ShotsScript(
                shooter,
                gate.get(),
                places.centre(gate.get()),
                places.findAsset("park-cabinet").orElse(shooter),
                noise));
    }

    private void alert(double at_s, String destination, int port, Signature signature) {
        alerts.add(new AlertCue(at_s, NETWORK, "10.20.7.66", destination, port, signature));
    }

    @Override
    public Exercise exercise() {
        return EXERCISE;
    }

    @Override
    public List<Bang> bangs() {
        return bangs;
    }

    @Override
    public double people(Zone zone, double calm, double elapsed_s) {
        if (elapsed_s < FLIGHT_S) {
            return calm;
        }
        double since_s = elapsed_s - FLIGHT_S;
        return switch (zone.id().value()) {
            case MEADOW -> Math.max(2, calm * Math.exp(-since_s / 18));
            case "park-north" -> Math.max(2, calm * Math.exp(-since_s / 40));
            case "forecourt" -> calm * (1 - 0.5 * Math.clamp(since_s / 50, 0, 1));
            case GATE -> {
                double pressed = PRESSED_PER_M2 * gate.walkable_m2();
                double rise = Math.clamp(since_s / (PRESSED_S - FLIGHT_S), 0, 1);
                // Once the gate is open the crowd runs through.
                double relief = Math.clamp((elapsed_s - FORCED_S - 20) / 80, 0, 1);
                yield calm + Math.max(0, pressed - calm) * rise * (1 - 0.85 * relief);
            }
            default -> calm;
        };
    }

    @Override
    public boolean isLost(Optional<String> gateway, double elapsed_s) {
        return elapsed_s >= LOST_S && gateway.filter(CABINET::equals).isPresent();
    }

    @Override
    public List<DoorCue> doorCues() {
        return List.of(
                new DoorCue(FORCED_S, DOOR, "door.forced", GATE_ASSET, "", "leaf-broken-open"),
                new DoorCue(FORCED_S + 45, DOOR, "door.held", GATE_ASSET, "", "open-too-long"));
    }

    @Override
    public List<AlertCue> alertCues() {
        return alerts;
    }

    @Override
    public List<Truth> truths() {
        double last_s = bangs.getLast().at_s();
        double end_s = EXERCISE.duration().toSeconds();
        return List.of(
                new Truth(
                        bangs.getFirst().at_s(),
                        last_s,
                        IncidentType.ARMED_ATTACK,
                        shooter,
                        "%d shots on the riverside meadow.".formatted(bangs.size())),
                new Truth(
                        alerts.getFirst().at_s(),
                        alerts.getLast().at_s(),
                        IncidentType.CYBER_ATTACK,
                        cabinet,
                        "The camera network is attacked from 10.20.7.66."),
                new Truth(
                        FLIGHT_S,
                        end_s,
                        IncidentType.CROWD_CRUSH,
                        gateCentre,
                        "People in flight press against gate F."),
                new Truth(FORCED_S, end_s, IncidentType.INTRUSION, gateCentre, "Gate F is broken open."),
                new Truth(LOST_S, end_s, IncidentType.SABOTAGE, cabinet, "The sensor cabinet in the park is cut off."));
    }
}
