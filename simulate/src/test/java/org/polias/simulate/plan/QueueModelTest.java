// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Workers;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.NetworkBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class QueueModelTest {

    private static final Capacities TWO_PER_METRE = new Capacities(2, 2, 1, 1);

    @Test
    void s01_onePersonWalksAtHisOwnPace() {
        Scene corridor = corridor(new Exit.Service.Unlimited());
        Outcome outcome =
                run(corridor, one(1, Area.rectangle(0.5, 0.5, 1.5, 1.5)), RouteChoice.nearest(), Optional.empty());
        assertThat(outcome.time_s(1)).isCloseTo(39, within(2.0));
    }

    /** 100 persons through 2 m at 2 persons a metre and second: 25 s, give or take the replication's capacity. */
    @Test
    void s02_aQueueIsServedAtTheRateOfTheWidth() {
        Scene corridor = corridor(new Exit.Service.Unlimited());
        Outcome outcome =
                run(corridor, one(100, Area.rectangle(36, 0, 39, 2)), RouteChoice.nearest(), Optional.empty());
        assertThat(outcome.time_s(1)).isBetween(22.0, 33.0);
        assertThat(outcome.out()).containsExactly(100);
    }

    @Test
    void s03_aLimitedExitTakesNoMoreThanItsLimit() {
        Scene corridor = corridor(new Exit.Service.Limit(0.5));
        Outcome outcome = run(corridor, one(20, Area.rectangle(36, 0, 39, 2)), RouteChoice.nearest(), Optional.empty());
        assertThat(outcome.time_s(1)).isBetween(34.0, 50.0);
    }

    /** Buses of 10 seats at 60 s and every 100 s: the 25th leaves with the third. */
    @Test
    void s04_aBusTakesItsSeatsAndTheOthersWaitForTheNext() {
        Scene corridor = corridor(new Exit.Service.Vehicles(10, 60, 100));
        Outcome outcome = run(corridor, one(25, Area.rectangle(36, 0, 39, 2)), RouteChoice.nearest(), Optional.empty());
        assertThat(outcome.leaving_s()[0]).isBetween(60.0, 61.0);
        assertThat(outcome.leaving_s()[9]).isBetween(60.0, 61.0);
        assertThat(outcome.leaving_s()[10]).isBetween(160.0, 161.0);
        assertThat(outcome.leaving_s()[24]).isBetween(260.0, 261.0);
    }

    @Test
    void s05_whenAnExitIsLostThoseWhoAreNotThroughGoToTheOther() {
        Scene two = corridor(new Exit.Service.Unlimited()).with(Exit.of("back", "street", Segment.of(0, 0, 0, 2)));
        Outcome outcome = run(
                two,
                one(100, Area.rectangle(36, 0, 39, 2)),
                RouteChoice.nearest(),
                Optional.of(new QueueModel.Loss(0, 10)));
        assertThat(outcome.out()[0]).isBetween(20, 50);
        assertThat(outcome.out()[1]).isEqualTo(100 - outcome.out()[0]);
        assertThat(outcome.time_s(1)).isGreaterThan(10 + 30);
    }

    @Test
    void s06_sharesAreDealtToTheLastPerson() {
        Scene two = corridor(new Exit.Service.Unlimited()).with(Exit.of("back", "street", Segment.of(0, 0, 0, 2)));
        RouteChoice shares = new RouteChoice.Assigned(Map.of("front", 30.0, "back", 70.0));
        Outcome outcome = run(two, one(101, Area.rectangle(0, 0, 39, 2)), shares, Optional.empty());
        assertThat(outcome.out()).containsExactly(30, 71);
        assertThat(Arrays.stream(outcome.leaving_s()).allMatch(Double::isFinite))
                .isTrue();
    }

    private static Scene corridor(Exit.Service service) {
        return Scene.of("corridor", Level.of("street", Area.rectangle(0, 0, 40, 2)))
                .with(Exit.of("front", "street", Segment.of(40, 0, 40, 2)).served(service));
    }

    private static Population one(int count, Area area) {
        return Population.of("crowd", count, "street", area).like(Profile.walking(Distribution.constant(1)));
    }

    private static Outcome run(Scene scene, Population people, RouteChoice route, Optional<QueueModel.Loss> loss) {
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        Sample.Ground ground = Sample.Ground.of(network, List.of(people));
        QueueModel model = new QueueModel(network, TWO_PER_METRE, Optional.empty(), 3600);
        Trial trial =
                new Trial(network, ground, model, new boolean[network.passages().size()], 1);
        Plan plan = new Plan("plan", "", List.of(new Plan.Instruction("crowd", route, 0)), List.of(), List.of());
        return trial.run(plan, trial.sample(0), loss);
    }
}
