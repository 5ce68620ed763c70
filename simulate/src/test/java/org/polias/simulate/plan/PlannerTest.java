// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.polias.model.place.Offset;
import org.polias.simulate.CrowdSimulator;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Workers;
import org.polias.simulate.ground.Doorways;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.hazard.SuspectedBomb;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.NetworkBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class PlannerTest {

    private static final PlanSettings FEW = new PlanSettings(2, 3, 0, 1);
    private static final Workers TWO =
            (tasks, task) -> IntStream.range(0, tasks).parallel().forEach(task);

    @Test
    void s01_whereMostStandByTheNarrowExitThePlanSendsThemToTheWideOne() {
        PlanReport report = plan(Scenes.lopsided(600), FEW);
        PlanReport.Assessment nearest = report.find("nearest-exit").orElseThrow();
        assertThat(report.chosen().t100_s().mean())
                .isLessThan(0.5 * nearest.t100_s().mean());
    }

    /** Everybody stands before one wide exit: the only limit is its flow. */
    @Test
    void s02_whereOnlyFlowLimitsThePlanIsNearTheBound() {
        Scene scene = Scene.of("hall", Level.of("street", Area.rectangle(0, 0, 20, 20)))
                .with(Exit.of("north", "street", Segment.of(9, 20, 11, 20)))
                .with(Exit.of("south", "street", Segment.of(11, 0, 9, 0)));
        PlanReport report =
                plan(Situation.of(scene, Population.of("crowd", 800, "street", Area.rectangle(1, 1, 19, 19))), FEW);
        assertThat(report.chosen().gap(report.bound_s())).isBetween(0.0, 0.2);
    }

    @Test
    void s03_noPlanIsEverQuickerThanTheBoundAndNobodyIsLost() {
        PlanReport report = plan(Scenes.stadium(2000), FEW);
        assertThat(report.plans()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(each -> {
            assertThat(each.t100_s().low()).isGreaterThanOrEqualTo(report.bound_s());
            assertThat(each.stuck()).isZero();
            assertThat(each.t50_s().mean()).isLessThanOrEqualTo(each.t95_s().mean());
            assertThat(each.t95_s().mean()).isLessThanOrEqualTo(each.t100_s().mean());
        });
        assertThat(report.sectors().stream().mapToInt(Population::count).sum()).isEqualTo(2000);
        assertThat(report.chosen().more95_s()).isPresent();
        assertThat(report.chosen().lost95_s()).isPresent();
    }

    @Test
    void s04_theWalkingModelConfirmsWhatIsChosen() {
        Situation hall = doorways(Scenes.lopsided(300));
        Ground ground = CrowdSimulator.prepare(hall.scene(), Settings.DEFAULT, TWO);
        PlanReport report = Planner.plan(
                hall,
                NetworkBuilder.build(hall.scene(), TWO),
                Optional.of(ground),
                new PlanSettings(1, 3, 1e5, 1),
                TWO);
        assertThat(report.chosen().model()).isEqualTo(PlanReport.Model.WALKING);
        assertThat(report.modelRatio()).isPresent();
        PlanReport.Assessment nearest = report.find("nearest-exit").orElseThrow();
        assertThat(nearest.model()).isEqualTo(PlanReport.Model.WALKING);
        assertThat(report.chosen().t100_s().mean())
                .isLessThan(0.8 * nearest.t100_s().mean())
                .isGreaterThanOrEqualTo(report.bound_s());
    }

    @Test
    void s05_theSameSeedGivesTheSamePlansOnAnyNumberOfThreads() {
        Situation hall = Scenes.lopsided(300);
        Network network = NetworkBuilder.build(hall.scene(), Workers.SEQUENTIAL);
        PlanReport one = Planner.plan(hall, network, Optional.empty(), FEW, Workers.SEQUENTIAL);
        PlanReport two = Planner.plan(hall, network, Optional.empty(), FEW, TWO);
        assertThat(two.plans()).isEqualTo(one.plans());
        assertThat(two.bound_s()).isEqualTo(one.bound_s());
    }

    /** A bomb by the wide exit: nobody is sent there. */
    @Test
    void s06_peopleAreKeptAwayFromTheHazard() {
        Situation hall =
                Scenes.lopsided(300).withHazards(List.of(new SuspectedBomb(new Offset(40, 14.5), 1, 0, 20, 12)));
        PlanReport report = plan(hall, FEW);
        assertThat(report.safeBound_s().orElseThrow()).isGreaterThan(report.bound_s());
        assertThat(report.chosen().exposure())
                .isLessThanOrEqualTo(report.find("messages-90")
                        .map(PlanReport.Assessment::exposure)
                        .orElse(Double.MAX_VALUE));
        assertThat(report.chosen().plan().instructions())
                .allSatisfy(each -> assertThat(exits(each.route())).doesNotContain("wide"));
    }

    @Test
    void s07_whoCannotGetOutIsSaid() {
        Scene scene = Scene.of(
                        "islands", Level.of("street", Area.rectangle(0, 0, 10, 10), Area.rectangle(20, 0, 30, 10)))
                .with(Exit.of("out", "street", Segment.of(0, 4, 0, 6)));
        PlanReport report = plan(
                Situation.of(
                        scene,
                        Population.of("ashore", 20, "street", Area.rectangle(1, 1, 9, 9)),
                        Population.of("castaways", 5, "street", Area.rectangle(21, 1, 29, 9))),
                FEW);
        assertThat(report.bound_s()).isInfinite();
        assertThat(report.remarks()).anyMatch(each -> each.contains("Not everybody can get out"));
        assertThat(report.chosen().stuck()).isEqualTo(5);
    }

    @Test
    void s08_whenAnExitIsLostThePlanIsMadeAnewFromWhereTheyAre() {
        Situation hall = doorways(Scenes.lopsided(300));
        Network network = NetworkBuilder.build(hall.scene(), TWO);
        var simulation =
                CrowdSimulator.prepare(hall.scene(), Settings.DEFAULT, TWO).begin(hall.scenario(), TWO);
        simulation.advanceTo(10);
        Frame now = simulation.frame();
        PlanReport report = Planner.replan(hall, network, now, Set.of("wide"), List.of(), TWO);
        assertThat(report.people()).isEqualTo(now.count());
        assertThat(report.chosen().stuck()).isZero();
        assertThat(report.plans())
                .allSatisfy(each -> each.plan().instructions().forEach(told -> assertThat(exits(told.route()))
                        .doesNotContain("wide")));
    }

    @Test
    void s09_withNobodyThereIsNothingToDo() {
        PlanReport report = plan(Scenes.lopsided(0), FEW);
        assertThat(report.bound_s()).isZero();
        assertThat(report.people()).isZero();
    }

    private static List<String> exits(RouteChoice route) {
        return switch (route) {
            case RouteChoice.Signed(var exits) -> exits;
            case RouteChoice.Assigned(var shares) -> List.copyOf(shares.keySet());
            case RouteChoice.Familiar(var weights) -> List.copyOf(weights.keySet());
            case RouteChoice.Nearest _, RouteChoice.CongestionAware _, RouteChoice.Toward _, RouteChoice.Stay _ ->
                List.of();
        };
    }

    private static Situation doorways(Situation situation) {
        return situation.withScene(Doorways.added(situation.scene()));
    }

    private static PlanReport plan(Situation situation, PlanSettings settings) {
        Network network = NetworkBuilder.build(situation.scene(), TWO);
        return Planner.plan(situation, network, Optional.empty(), settings, TWO);
    }
}
