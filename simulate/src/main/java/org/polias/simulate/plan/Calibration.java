// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import org.polias.simulate.CrowdSimulator;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

/**
 * The flow that the microscopic model has through a bottleneck: a crowd before an opening of 2.4 m between walls a metre deep. Measured
 * rather than written down, so that the network plans with the crowd that is simulated.
 */
final class Calibration {

    private static final double WIDTH_M = 2.4;
    private static final int PEOPLE = 240;
    private static final double END_S = 150;

    private Calibration() {}

    /** Persons through a metre in a second: the mean over three crowds, and the most that any had. */
    record Flow(double mean, double most) {}

    /** Measures it: some thousandths of what a plan takes. */
    static Flow measure(Workers workers) {
        Scene scene = Scene.of(
                        "bottleneck",
                        Level.of(
                                "street",
                                Area.rectangle(0, 0, 14, 10),
                                Area.rectangle(13.9, 5 - WIDTH_M / 2, 15, 5 + WIDTH_M / 2),
                                Area.rectangle(14.9, 2, 22, 8)))
                .with(Exit.of("out", "street", Segment.of(21.5, 2, 21.5, 8)));
        Ground ground = CrowdSimulator.prepare(scene, Settings.DEFAULT, Workers.SEQUENTIAL);
        double[] flow = new double[3];
        workers.forEach(flow.length, i -> {
            Scenario crowd = Scenario.of(Population.of("crowd", PEOPLE, "street", Area.rectangle(3, 0.5, 13, 9.5)))
                    .set(Settings.DEFAULT.sampledEvery(0))
                    .seeded(i + 1L);
            Simulation simulation = ground.begin(crowd, Workers.SEQUENTIAL);
            simulation.advanceTo(END_S);
            Result result = simulation.result();
            flow[i] = result.exits().getFirst().flow_per_s(0.15, 0.85) / WIDTH_M;
        });
        double sum = 0;
        double most = 0;
        for (double each : flow) {
            sum += each;
            most = Math.max(most, each);
        }
        return new Flow(sum / flow.length, most);
    }
}
