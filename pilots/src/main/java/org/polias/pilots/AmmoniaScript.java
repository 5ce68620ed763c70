// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.model.city.Zone;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Offset;

/**
 * A release of ammonia at the brewery: after the alarm set-points of the cooling plant have been changed over the process
 * network, a valve opens and the wind carries the gas across the yard towards the stadium.
 */
final class AmmoniaScript implements Script {

    private static final Exercise EXERCISE = new Exercise(
            "pilsen-ammonia",
            "Ammonia at the brewery",
            "Someone changes alarm set-points of the cooling plant over the process network and opens a relief valve. Ammonia "
                    + "drifts across the yard with the wind, towards the stadium.",
            Duration.ofSeconds(300));

    private static final String SOURCE = "ammonia-receiver";
    private static final String NETWORK = "nids-brewery-eve";
    private static final double OPENED_S = 25;
    private static final double OPENING_S = 15;
    private static final double CLOSED_S = 210;
    private static final double CLOSING_S = 40;
    private static final double RELEASE_KG_PER_S = 0.6;
    /** The cooling plant is about 40 m wide and 8 m high: widths / 4.3 and height / 2.15, as for a building's wake. */
    private static final double WAKE_SIGMA_Y_M = 9.5;

    private static final double WAKE_SIGMA_Z_M = 3.7;

    private final Offset source;
    private final List<AlertCue> alerts = new ArrayList<>();

    private AmmoniaScript(Offset source) {
        this.source = source;
        for (int i = 0; i < 5; i++) {
            alerts.add(new AlertCue(3 + 2.1 * i, NETWORK, "10.30.4.21", "10.30.5.12", 502, Signature.SETPOINT_WRITE));
        }
        for (int i = 0; i < 3; i++) {
            alerts.add(new AlertCue(20 + 1.5 * i, NETWORK, "10.30.4.21", "10.30.5.11", 502, Signature.VALVE_COMMAND));
        }
    }

    static Optional<AmmoniaScript> find(Places places) {
        return places.findAsset(SOURCE)
                .filter(at -> places.hasDatastream(NETWORK))
                .map(AmmoniaScript::new);
    }

    @Override
    public Exercise exercise() {
        return EXERCISE;
    }

    @Override
    public double ammonia_ppm(Offset at, double elapsed_s, Weather weather, double t_s) {
        double wind_m_per_s = weather.wind_m_per_s(t_s);
        double towards_rad = Math.toRadians(weather.windFrom_deg(t_s) + 180);
        Offset d = at.minus(source);
        double downwind_m = d.east_m() * Math.sin(towards_rad) + d.north_m() * Math.cos(towards_rad);
        double crosswind_m = d.east_m() * Math.cos(towards_rad) - d.north_m() * Math.sin(towards_rad);
        double travelled_s = Math.max(0, downwind_m) / wind_m_per_s;
        double release = release_kg_per_s(elapsed_s - travelled_s);
        return release <= 0
                ? 0
                : new GaussianPlume(release, wind_m_per_s, WAKE_SIGMA_Y_M, WAKE_SIGMA_Z_M)
                        .ammonia_ppm(downwind_m, crosswind_m);
    }

    /** How much escapes at a time of the exercise. */
    static double release_kg_per_s(double elapsed_s) {
        double opening = Math.clamp((elapsed_s - OPENED_S) / OPENING_S, 0, 1);
        double closing = Math.clamp((elapsed_s - CLOSED_S) / CLOSING_S, 0, 1);
        return RELEASE_KG_PER_S * opening * (1 - closing);
    }

    @Override
    public double shift(String property, double elapsed_s) {
        double open = Math.clamp((elapsed_s - OPENED_S) / (CLOSED_S - OPENED_S), 0, 1);
        return switch (property) {
            case MeterChannel.VESSEL_PRESSURE -> -380 * open;
            case MeterChannel.PROCESS_TEMPERATURE -> 3.2 * open;
            default -> 0;
        };
    }

    @Override
    public double people(Zone zone, double calm, double elapsed_s) {
        double since_s = elapsed_s - OPENED_S - 45;
        return switch (zone.id().value()) {
            case "brewery-yard", "beer-garden", "cooling-plant", "tank-farm" ->
                since_s <= 0 ? calm : Math.max(1, calm * Math.exp(-since_s / 30));
            default -> calm;
        };
    }

    @Override
    public List<AlertCue> alertCues() {
        return alerts;
    }

    @Override
    public List<Truth> truths() {
        return List.of(
                new Truth(
                        alerts.getFirst().at_s(),
                        alerts.getLast().at_s(),
                        IncidentType.CYBER_ATTACK,
                        source,
                        "Set-points and a valve of the cooling plant are written from 10.30.4.21."),
                new Truth(
                        OPENED_S,
                        CLOSED_S + CLOSING_S,
                        IncidentType.TOXIC_RELEASE,
                        source,
                        "Ammonia escapes at up to %s kg/s.".formatted(RELEASE_KG_PER_S)));
    }
}
