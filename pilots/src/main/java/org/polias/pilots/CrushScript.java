// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.model.city.Zone;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Offset;

/** Gate C's turnstiles refuse every ticket while people keep arriving: the crowd in front of it grows until nobody can move. */
final class CrushScript implements Script {

    private static final Exercise EXERCISE = new Exercise(
            "pilsen-crush",
            "Crush at gate C",
            "The turnstiles of gate C refuse every ticket shortly before kick-off. People keep arriving, and the crowd in front of "
                    + "the gate becomes dangerously dense until the gate is opened by hand.",
            Duration.ofSeconds(240));

    private static final String GATE = "gate-area-c";
    private static final String NEXT_GATE = "gate-area-d";
    private static final String DOOR = "acc-gate-c-events";
    private static final double REFUSING_S = 5;
    private static final double DENSE_S = 110;
    private static final double OPENED_S = 175;
    private static final double DENSE_PER_M2 = 5.2;

    private final Zone gate;
    private final Offset centre;
    private final List<DoorCue> refusals = new ArrayList<>();

    private CrushScript(Zone gate, Offset centre, Noise noise) {
        this.gate = gate;
        this.centre = centre;
        for (int i = 0; i < 40; i++) {
            double at_s = REFUSING_S + 4 * i + 3 * noise.named("when").uniform(i);
            String ticket = "ticket-%06d".formatted(noise.named("ticket").below(i, 1_000_000));
            refusals.add(new DoorCue(at_s, DOOR, "access.refused", "gate-c", ticket, "ticket-server-unreachable"));
        }
    }

    static Optional<CrushScript> find(Places places, Noise noise) {
        return places.findZone(GATE)
                .filter(zone -> places.hasDatastream(DOOR))
                .map(zone -> new CrushScript(zone, places.centre(zone), noise));
    }

    @Override
    public Exercise exercise() {
        return EXERCISE;
    }

    @Override
    public double people(Zone zone, double calm, double elapsed_s) {
        double rise = Math.clamp((elapsed_s - REFUSING_S) / (DENSE_S - REFUSING_S), 0, 1);
        double relief = Math.clamp((elapsed_s - OPENED_S) / 60, 0, 1);
        double held = rise * (1 - relief);
        return switch (zone.id().value()) {
            case GATE -> calm + Math.max(0, DENSE_PER_M2 * gate.walkable_m2() - calm) * held;
            case NEXT_GATE -> calm * (1 + 0.8 * held);
            default -> calm;
        };
    }

    @Override
    public List<DoorCue> doorCues() {
        return refusals;
    }

    @Override
    public List<Truth> truths() {
        return List.of(
                new Truth(
                        REFUSING_S,
                        refusals.getLast().at_s(),
                        IncidentType.TECHNICAL_FAULT,
                        centre,
                        "The turnstiles of gate C refuse every ticket."),
                new Truth(
                        60,
                        OPENED_S + 60,
                        IncidentType.CROWD_CRUSH,
                        centre,
                        "Up to %s people per m2 in front of gate C.".formatted(DENSE_PER_M2)));
    }
}
