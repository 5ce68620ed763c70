// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.polias.simulate.CrowdSimulator;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Workers;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.NetworkBuilder;

/** How long planning takes, step by step. */
final class PlanBench {

    private PlanBench() {}

    public static void main(String[] arguments) {
        int people = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15_000;
        Workers workers = (tasks, task) -> IntStream.range(0, tasks).parallel().forEach(task);
        for (int i = 0; i < 1; i++) {
            long t0 = System.nanoTime();
            Situation situation = Scenes.stadium(people);
            Network network = NetworkBuilder.build(situation.scene(), workers);
            long t1 = System.nanoTime();
            Sample.Ground ground = Sample.Ground.of(network, Sectors.split(situation.people(), network));
            double bound = Optimum.bound_s(
                    network, ground, Capacities.bound(Calibration.measure(workers)), Optimum.openings(network), 14400);
            long t2 = System.nanoTime();
            boolean walks = arguments.length > 1;
            Optional<Ground> walking = walks
                    ? Optional.of(CrowdSimulator.prepare(situation.scene(), Settings.DEFAULT, workers))
                    : Optional.empty();
            long t2b = System.nanoTime();
            System.out.printf("ground for walking in %.2f s%n", (t2b - t2) / 1e9);
            PlanReport report = Planner.plan(situation, network, walking, PlanSettings.DEFAULT, workers);
            System.out.println(report.modelRatio() + " " + report.remarks());
            long t3 = System.nanoTime();
            System.out.printf(
                    "network %.2f s (%d places, %d passages, cell %.2f m), bound %.1f s in %.2f s, plans in %.2f s%n",
                    (t1 - t0) / 1e9,
                    network.places().size(),
                    network.passages().size(),
                    network.cell_m(),
                    bound,
                    (t2 - t1) / 1e9,
                    (t3 - t2) / 1e9);
            print(report);
        }
    }

    private static void print(PlanReport report) {
        List<PlanReport.Assessment> plans = report.plans();
        for (PlanReport.Assessment each : plans) {
            System.out.printf(
                    "%-22s t50 %6.1f  t95 %6.1f [%.1f, %.1f]  t100 %6.1f  gap %.3f  queue %.0f at %s  slow %.0f +20%% %s lost %s  tried %d%s %s%n",
                    each.plan().name(),
                    each.t50_s().mean(),
                    each.t95_s().mean(),
                    each.t95_s().low(),
                    each.t95_s().high(),
                    each.t100_s().mean(),
                    each.gap(report.bound_s()),
                    each.longestQueue(),
                    each.worstPassage(),
                    each.slow95_s(),
                    each.more95_s(),
                    each.lost95_s(),
                    each.tried(),
                    each.isGivenUp() ? " given up" : "",
                    each.model());
        }
    }
}
