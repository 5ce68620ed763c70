// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Workers;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.NetworkBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class PlannerTest {

    private static final PlanSettings FEW = new PlanSettings(2, 3, 0, 1);

    @Test
    void s01_whereMostStandByTheNarrowExitThePlanSendsThemToTheWideOne() {
        PlanReport report = plan(Scenes.lopsided(600));
        PlanReport.Assessment nearest = report.find("nearest-exit").orElseThrow();
        assertThat(report.chosen().t100_s().mean())
                .isLessThan(0.5 * nearest.t100_s().mean());
        assertThat(report.chosen().gap(report.bound_s())).isBetween(0.0, 0.35);
    }

    @Test
    void s02_noPlanIsEverQuickerThanTheBound() {
        PlanReport report = plan(Scenes.stadium(3000));
        assertThat(report.plans())
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(each -> assertThat(each.t100_s().low()).isGreaterThanOrEqualTo(report.bound_s()));
        report.plans()
                .forEach(each -> System.out.printf(
                        "%-20s %s %s %s gap %.2f %s%n",
                        each.plan().name(),
                        each.t50_s(),
                        each.t95_s(),
                        each.t100_s(),
                        each.gap(report.bound_s()),
                        each.isGivenUp()));
        System.out.println(report.bound_s());
    }

    private static PlanReport plan(Situation situation) {
        Network network = NetworkBuilder.build(situation.scene(), Workers.SEQUENTIAL);
        return Planner.plan(situation, network, Optional.empty(), FEW, Workers.SEQUENTIAL);
    }
}
