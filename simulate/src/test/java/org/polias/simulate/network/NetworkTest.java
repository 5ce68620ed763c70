// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.network;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Stair;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class NetworkTest {

    @Test
    void s01_aRoomWithAnExitIsOnePlaceWithOnePassage() {
        Scene scene = Scene.of("room", Level.of("street", Area.rectangle(0, 0, 10, 5)))
                .with(Exit.of("out", "street", Segment.of(10, 2, 10, 3)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        assertThat(network.places()).hasSize(1);
        assertThat(network.passages()).hasSize(1);
        assertThat(network.passages().getFirst().width_m()).isCloseTo(1, within(1e-9));
        assertThat(network.places().getFirst().area_m2()).isCloseTo(50, within(2.0));
        assertThat(network.distance_m(0, new Point(1, 2.5), 0)).isCloseTo(9, within(0.4));
        assertThat(network.remarks()).isEmpty();
    }

    @Test
    void s02_aDoorJoinsTwoRooms() {
        Scene scene = Scene.of(
                        "rooms",
                        Level.of("street", Area.rectangle(0, 0, 20, 5))
                                .withWalls(Segment.of(10, 0, 10, 2), Segment.of(10, 3, 10, 5)))
                .with(Door.of("door", "street", Segment.of(10, 2, 10, 3)))
                .with(Exit.of("out", "street", Segment.of(20, 0, 20, 5)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        assertThat(network.places()).hasSize(2);
        assertThat(network.passages()).extracting(Passage::id).containsExactly("door", "out");
        int right = network.placeAt(0, new Point(15, 2), 0);
        assertThat(network.distance_m(right, 0, 1)).isCloseTo(10, within(0.8));
    }

    @Test
    void s03_twoHallsAreJoinedByTheNarrowPartBetweenThem() {
        Scene scene = Scene.of(
                        "halls",
                        Level.of(
                                "street",
                                Area.rectangle(0, 0, 30, 30),
                                Area.rectangle(30, 13, 40, 17),
                                Area.rectangle(40, 0, 70, 30)))
                .with(Exit.of("out", "street", Segment.of(70, 10, 70, 20)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        List<Passage> narrow = network.passages().stream()
                .filter(each -> each.kind() == Passage.Kind.NARROWING)
                .toList();
        assertThat(narrow).isNotEmpty().allSatisfy(each -> assertThat(each.width_m())
                .isCloseTo(4, within(0.3)));
    }

    @Test
    void s04_aSlantedStreetIsAsWideAsItIs() {
        double c = Math.cos(0.5);
        double s = Math.sin(0.5);
        Area street = Area.of(
                new Point(0, 0),
                new Point(80 * c, 80 * s),
                new Point(80 * c - 6 * s, 80 * s + 6 * c),
                new Point(-6 * s, 6 * c));
        Scene scene = Scene.of(
                        "street",
                        Level.of("street", street, Area.rectangle(-30, -15, 0, 20), Area.rectangle(65, 30, 100, 60)))
                .with(Exit.of("out", "street", Segment.of(100, 30, 100, 60)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        assertThat(network.passages().stream().filter(each -> each.kind() == Passage.Kind.NARROWING))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.width_m()).isBetween(5.5, 9.0))
                .anySatisfy(each -> assertThat(each.width_m()).isCloseTo(6, within(0.3)));
    }

    @Test
    void s05_aStairJoinsTwoLevels() {
        Scene scene = Scene.of(
                        "house",
                        Level.of("ground", Area.rectangle(0, 0, 10, 10)),
                        Level.of("first", Area.rectangle(14, 0, 24, 10)).at(3))
                .with(Stair.of(
                        "stair",
                        new Stair.Landing("ground", Segment.of(10, 4, 10, 6)),
                        new Stair.Landing("first", Segment.of(14, 4, 14, 6))))
                .with(Exit.of("out", "ground", Segment.of(0, 4, 0, 6)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        Passage stair = network.passages().getFirst();
        assertThat(stair.kind()).isEqualTo(Passage.Kind.STAIR);
        assertThat(stair.length_m()).isCloseTo(5, within(1e-9));
        assertThat(network.remarks()).isEmpty();
    }

    @Test
    void s06_aZoneIsReachedAcrossItsEdge() {
        Scene scene = Scene.of("square", Level.of("street", Area.rectangle(0, 0, 50, 50)))
                .with(Exit.of("assembly", "street", Area.rectangle(40, 0, 50, 10)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        assertThat(network.passages()).singleElement().satisfies(exit -> assertThat(exit.width_m())
                .isCloseTo(20, within(0.3)));
        assertThat(network.distance_m(0, new Point(10, 5), 0)).isCloseTo(30, within(1.0));
    }

    @Test
    void s07_whatLeadsNowhereIsRemarked() {
        Scene scene = Scene.of("room", Level.of("street", Area.rectangle(0, 0, 10, 5)))
                .with(Door.of("blind", "street", Segment.of(0, 2, 0, 3)))
                .with(Exit.of("far", "street", Segment.of(50, 2, 50, 3)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        assertThat(network.remarks())
                .containsExactly(
                        "The door blind has no ground on one side.", "The exit far has no ground in front of it.");
    }

    @Test
    void s08_thePassagesOfAGridOfStreetsAreThoseOfItsCrossings() {
        Level level = Level.of("street", Area.rectangle(0, 0, 370, 370));
        List<Area> blocks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                blocks.add(Area.rectangle(10 + 90 * i, 10 + 90 * j, 90 + 90 * i, 90 + 90 * j));
            }
        }
        Scene scene = Scene.of("grid", level.withObstacles(blocks.toArray(Area[]::new)))
                .with(Exit.of("out", "street", Segment.of(370, 90, 370, 100)));
        Network network = NetworkBuilder.build(scene, Workers.SEQUENTIAL);
        assertThat(network.places().size()).isBetween(5, 120);
        assertThat(network.passages().stream().filter(each -> each.kind() == Passage.Kind.NARROWING))
                .allSatisfy(each -> assertThat(each.width_m()).isBetween(9.0, 15.0));
    }
}
