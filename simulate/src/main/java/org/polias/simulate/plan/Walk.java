// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.polias.simulate.api.DensityMap;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.hazard.HazardField;

/** A plan walked in the microscopic model. */
final class Walk {

    /** How often exposure is looked at. */
    private static final double LOOK_S = 5;

    private final Situation situation;
    private final Ground ground;
    private final List<Population> sectors;
    private final HazardField field;
    private final double until_s;

    Walk(Situation situation, Ground ground, List<Population> sectors, HazardField field, double until_s) {
        this.situation = situation;
        this.ground = ground;
        this.sectors = sectors;
        this.field = field;
        this.until_s = until_s;
    }

    /**
     * What came of it.
     *
     * @param stuck people who were not out in the end
     */
    record Course(
            double t50_s,
            double t95_s,
            double t100_s,
            double slow95_s,
            int stuck,
            double exposure,
            int harmed,
            double crowded_person_s) {}

    /** The scenario of a plan. */
    Scenario scenario(Plan plan) {
        List<Population> told = sectors.stream()
                .map(each -> {
                    Optional<Plan.Instruction> instruction = plan.find(each.id());
                    return instruction.isEmpty()
                            ? each
                            : each.choosing(instruction.get().route())
                                    .leavingAfter(Draw.later(
                                            each.preMovement_s(),
                                            instruction.get().delay_s()));
                })
                .toList();
        return new Scenario(
                told,
                situation.scenario().hazards(),
                situation.threats(),
                List.of(),
                List.of(),
                Settings.DEFAULT.sampledEvery(10),
                situation.seed());
    }

    Course run(Plan plan, Workers workers) {
        Simulation simulation = ground.begin(scenario(plan), workers);
        plan.open().forEach(each -> simulation.setOpen(each, true));
        plan.closed().forEach(each -> simulation.setOpen(each, false));
        double[] exposure = new double[0];
        if (field.isNone()) {
            simulation.advanceTo(until_s);
        } else {
            exposure = new double[simulation.result().people()];
            while (!simulation.isOver() && simulation.time_s() < until_s) {
                double before = simulation.time_s();
                Frame frame = simulation.frame();
                simulation.advanceTo(Math.min(until_s, before + LOOK_S));
                double passed = simulation.time_s() - before;
                for (int i = 0; i < frame.count(); i++) {
                    exposure[frame.person()[i]] += passed * field.exposureRate(frame.x_m()[i], frame.y_m()[i], before);
                }
                if (!(passed > 0)) {
                    break;
                }
            }
        }
        return course(simulation.result(), exposure);
    }

    private Course course(Result result, double[] exposure) {
        int[] leaving = leaving();
        double[] times = new double[leaving.length];
        for (int i = 0; i < leaving.length; i++) {
            float t = result.leaving_s()[leaving[i]];
            times[i] = Float.isNaN(t) ? Double.POSITIVE_INFINITY : t;
        }
        Arrays.sort(times);
        int stuck = (int) Arrays.stream(times).filter(Double::isInfinite).count();
        double crowded = 0;
        for (DensityMap map : result.maps()) {
            double cell = map.cell_m() * map.cell_m();
            for (float seconds : map.crowded_s()) {
                crowded += seconds * cell * DensityMap.CROWDED_PER_M2;
            }
        }
        return new Course(
                Outcome.quantile(times, 0.5),
                Outcome.quantile(times, 0.95),
                Outcome.quantile(times, 1),
                slow95(result, leaving),
                stuck,
                Arrays.stream(exposure).sum(),
                (int) Arrays.stream(exposure).filter(each -> each >= 1).count(),
                crowded);
    }

    /** The numbers of those who are on their way out: persons are numbered in the order of the populations. */
    private int[] leaving() {
        int total = sectors.stream()
                .filter(Sample::leaves)
                .mapToInt(Population::count)
                .sum();
        int[] numbers = new int[total];
        int k = 0;
        int person = 0;
        for (Population each : sectors) {
            for (int i = 0; i < each.count(); i++) {
                if (Sample.leaves(each)) {
                    numbers[k++] = person;
                }
                person++;
            }
        }
        return numbers;
    }

    /** Who walked slowest by his own pace is not known here: the tenth that took longest for each metre. */
    private static double slow95(Result result, int[] leaving) {
        Integer[] order = new Integer[leaving.length];
        double[] pace = new double[leaving.length];
        for (int i = 0; i < leaving.length; i++) {
            order[i] = i;
            float t = result.leaving_s()[leaving[i]];
            pace[i] = Float.isNaN(t) ? Double.POSITIVE_INFINITY : t / Math.max(1, result.walked_m()[leaving[i]]);
        }
        Arrays.sort(order, (a, b) -> pace[a] != pace[b] ? Double.compare(pace[b], pace[a]) : Integer.compare(a, b));
        int count = Math.max(1, leaving.length / 10);
        double[] slow = new double[Math.min(count, leaving.length)];
        for (int i = 0; i < slow.length; i++) {
            float t = result.leaving_s()[leaving[order[i]]];
            slow[i] = Float.isNaN(t) ? Double.POSITIVE_INFINITY : t;
        }
        Arrays.sort(slow);
        return Outcome.quantile(slow, 0.95);
    }
}
