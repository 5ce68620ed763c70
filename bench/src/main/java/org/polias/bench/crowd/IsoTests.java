// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.List;
import java.util.Locale;

import org.polias.bench.crowd.CrowdCase.Outcome;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Cordon;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.FractionalEffectiveDose;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Hazards;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.MeasurementArea;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Simulation;

/** Tests of ISO 20414. */
final class IsoTests {

    private IsoTests() {}

    static List<CrowdCase> cases() {
        return List.of(
                new CrowdCase(
                        "iso 13",
                        "corridor of 60 x 2 m, 60 to 480 persons, speed from 20 to 40 m",
                        "falls, within the data's 10-90 %",
                        lab -> corridor()),
                new CrowdCase(
                        "iso 17", "a shortcut and a way round", "more than half take the shortcut", lab -> shortcut()),
                new CrowdCase(
                        "iso 18",
                        "speed in smoke of 0 to 10 /m",
                        "max(0.1, 1 - 0.057 K / 0.706) +- 2 %",
                        lab -> smoke()),
                new CrowdCase(
                        "iso 19",
                        "time to incapacitation in gases",
                        "981.71, 1666.49, 1692.82, 846.50 s +- 1 %",
                        lab -> gases()));
    }

    private static Outcome corridor() {
        Ground ground = Lab.ground(Scene.of("corridor", Level.of(Lab.LEVEL, Area.rectangle(0, 0, 60, 2)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(60, 0, 60, 2))));
        boolean ok = true;
        double before = 9;
        StringBuilder told = new StringBuilder();
        for (int people : new int[] {60, 120, 180, 240, 300, 360, 420, 480}) {
            Result result = Lab.run(
                    ground,
                    Scenario.of(Population.of("crowd", people, Lab.LEVEL, Area.rectangle(0, 0, 60, 2)))
                            .with(new MeasurementArea("gauge", Lab.LEVEL, Area.rectangle(20, 0, 40, 2)))
                            .set(Lab.sampled()),
                    14);
            Result.AreaSeries area = result.areas().getFirst();
            double density = Lab.mean(area.density_per_m2(), area.time_s(), 4, 14);
            double speed = Lab.mean(area.speed_mps(), area.time_s(), 4, 14);
            boolean within = Lab.isWithin(speed, JuelichData.low(density), JuelichData.high(density));
            ok &= within && speed <= before + 0.03;
            before = speed;
            told.append(String.format(Locale.ROOT, "%.2f:%.2f%s ", density, speed, within ? "" : "!"));
        }
        return new Outcome(ok, told.toString().strip());
    }

    private static Outcome shortcut() {
        Scene scene = Scene.of(
                        "shortcut",
                        Level.of(
                                Lab.LEVEL,
                                Area.rectangle(0, 0, 4, 20),
                                Area.rectangle(0, 16, 30, 20),
                                Area.rectangle(26, 0, 30, 20),
                                Area.rectangle(4, 0, 26, 2)))
                .with(Exit.of("out", Lab.LEVEL, Segment.of(29.7, 0, 29.7, 4)));
        Result result = Lab.run(
                Lab.ground(scene),
                Scenario.of(Population.of("people", 40, Lab.LEVEL, Area.rectangle(0, 0, 4, 6)))
                        .with(new Cordon("shortcut", Lab.LEVEL, Segment.of(15, 0, 15, 2)))
                        .set(Lab.silent()),
                200);
        int took = result.cordons().getFirst().all_s().length;
        return Outcome.of(took > 20 && result.evacuated() == 40, "%d of 40", took);
    }

    private static Outcome smoke() {
        Ground ground = Lab.ground(Rooms.corridor(52));
        boolean ok = true;
        StringBuilder told = new StringBuilder();
        for (double extinction : new double[] {0, 0.5, 1, 2, 3, 5, 7.5, 10}) {
            Result result = Lab.run(
                    ground,
                    Scenario.of(Lab.one("walker", Lab.LEVEL, 0.5, 1, Lab.walking(1.25)))
                            .with(
                                    new Cordon("from", Lab.LEVEL, Segment.of(1, 0, 1, 2)),
                                    new Cordon("to", Lab.LEVEL, Segment.of(51, 0, 51, 2)))
                            .amid(new Hazards() {
                                @Override
                                public double extinction_per_m(String level, double x, double y, double time_s) {
                                    return extinction;
                                }
                            })
                            .set(Lab.silent()),
                    900);
            double part = 50 / Lab.between(result, 0, 1) / 1.25;
            double expected = Math.max(0.1, 1 - 0.057 * extinction / 0.706);
            ok &= Math.abs(part / expected - 1) <= 0.02;
            told.append(String.format(Locale.ROOT, "%.1f:%.3f(%.3f) ", extinction, part, expected));
        }
        return new Outcome(ok, told.toString().strip());
    }

    private static Outcome gases() {
        double[][] gases = {
            {1000, 2, 15, 981.71}, {0, 0, 12, 1666.49}, {1000, 0, 20.9, 1692.82}, {1000, 3.43, 20.9, 846.50}
        };
        Ground ground = Lab.ground(Rooms.corridor(12));
        boolean ok = true;
        StringBuilder told = new StringBuilder();
        for (double[] gas : gases) {
            double rate = FractionalEffectiveDose.rate_per_s(gas[0], gas[1], gas[2]);
            Simulation simulation = Lab.begin(
                    ground,
                    Scenario.of(Lab.one("sitter", Lab.LEVEL, 0.5, 1, Lab.walking(1.25))
                                    .choosing(new RouteChoice.Toward(Lab.LEVEL, Area.rectangle(0, 0, 2, 2))))
                            .amid(new Hazards() {
                                @Override
                                public double doseRate_per_s(String level, double x, double y, double time_s) {
                                    return rate;
                                }
                            })
                            .set(Lab.silent()));
            while (simulation.down() == 0 && simulation.time_s() < 2000) {
                simulation.step();
            }
            ok &= Math.abs(simulation.time_s() / gas[3] - 1) <= 0.01;
            told.append(String.format(Locale.ROOT, "%.1f(%.2f) ", simulation.time_s(), gas[3]));
        }
        return new Outcome(ok, told.toString().strip());
    }
}
