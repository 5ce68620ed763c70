// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import java.util.OptionalDouble;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FastMarchingTest {

    private static PreparedGround prepare(Scene scene) {
        return new PreparedGround(scene, new Settings(0.2, OptionalDouble.of(0.25), 0), Workers.SEQUENTIAL);
    }

    /** A square with a wall across it that has two doors, and an exit in the east. */
    private static final PreparedGround TWO_DOORS = prepare(Scene.of(
                    "two doors",
                    Level.of("street", Area.rectangle(0, 0, 40, 40)).withWalls(Segment.of(20, 0, 20, 40)))
            .with(
                    Door.of("north", "street", Segment.of(20, 30, 20, 33)),
                    Door.of("south", "street", Segment.of(20, 5, 20, 8)))
            .with(Exit.of("east", "street", Segment.of(40, 18, 40, 22))));

    private static double distance(PreparedGround ground, Field field, double x, double y) {
        return field.distance()[ground.lattice().node(0, x, y)];
    }

    @Test
    void onOpenGroundDistancesAreThoseOfTheCrowFlies() {
        PreparedGround ground = prepare(Scene.of("field", Level.of("street", Area.rectangle(0, 0, 60, 60)))
                .with(Exit.of("east", "street", Segment.of(59, 29, 59, 31))));
        Field field = ground.fields().getFirst();
        for (int node = 0; node < ground.lattice().count(); node++) {
            double x = ground.lattice().x(node);
            double y = ground.lattice().y(node);
            double line = Math.hypot(59 - x, y - Math.clamp(y, 29, 31));
            if (line > 3 && x > 2 && y > 2 && y < 58) {
                assertThat((double) field.distance()[node])
                        .as("at %s, %s", x, y)
                        .isCloseTo(line, within(0.012 * line + 0.1));
            }
        }
    }

    @Test
    void directionsAreThoseOfTheWay() {
        PreparedGround ground = prepare(Scene.of("field", Level.of("street", Area.rectangle(0, 0, 60, 60)))
                .with(Exit.of("east", "street", Segment.of(59, 29, 59, 31))));
        Field field = ground.fields().getFirst();
        Random random = new Random(1);
        float[] look = new float[3];
        for (int i = 0; i < 500; i++) {
            float x = 3 + 50 * random.nextFloat();
            float y = 3 + 54 * random.nextFloat();
            ground.lattice().look(field, 0, x, y, look);
            double dx = 59 - x;
            double dy = Math.clamp(y, 29, 31) - y;
            double along = (look[0] * dx + look[1] * dy) / Math.hypot(dx, dy);
            assertThat(along).as("at %s, %s", x, y).isGreaterThan(Math.cos(Math.toRadians(5)));
        }
    }

    @Test
    void aWayGoesAroundWhatIsInTheWay() {
        Field field = TWO_DOORS.fields().getFirst();
        double byDoor = Math.hypot(20 - 10, 30 - 20) + Math.hypot(40 - 20, 30 - 22);
        assertThat(distance(TWO_DOORS, field, 10, 20)).isCloseTo(byDoor, within(0.7));
    }

    @Test
    void aClosedDoorIsFoundOutByUpdatingAsByMarchingAnew() {
        boolean[] open = TWO_DOORS.openAt(0);
        open[0] = false;
        Goal goal = TWO_DOORS.goals().getFirst();
        FastMarching marching = new FastMarching(TWO_DOORS.lattice(), open, TWO_DOORS.slowness());
        Field updated = marching.update(
                TWO_DOORS.fields().getFirst(), TWO_DOORS.lattice().beside(0), goal.nodes());
        Field anew =
                new FastMarching(TWO_DOORS.lattice(), open, TWO_DOORS.slowness()).march(goal.nodes(), goal.distances());
        assertSame(updated, anew);
        assertThat(distance(TWO_DOORS, updated, 10, 35))
                .isGreaterThan(distance(TWO_DOORS, TWO_DOORS.fields().getFirst(), 10, 35) + 10);
    }

    @Test
    void aDoorThatOpensAgainGivesTheFirstFieldBack() {
        boolean[] open = TWO_DOORS.openAt(0);
        open[0] = false;
        Goal goal = TWO_DOORS.goals().getFirst();
        int[] beside = TWO_DOORS.lattice().beside(0);
        Field closed = new FastMarching(TWO_DOORS.lattice(), open, TWO_DOORS.slowness())
                .update(TWO_DOORS.fields().getFirst(), beside, goal.nodes());
        Field opened = new FastMarching(TWO_DOORS.lattice(), TWO_DOORS.openAt(0), TWO_DOORS.slowness())
                .update(closed, beside, goal.nodes());
        assertSame(opened, TWO_DOORS.fields().getFirst());
    }

    @Test
    void bothDoorsClosedLeaveNoWay() {
        boolean[] open = TWO_DOORS.openAt(0);
        open[0] = false;
        open[1] = false;
        Field closed = new FastMarching(TWO_DOORS.lattice(), open, TWO_DOORS.slowness())
                .march(
                        TWO_DOORS.goals().getFirst().nodes(),
                        TWO_DOORS.goals().getFirst().distances());
        assertThat(distance(TWO_DOORS, closed, 10, 20)).isInfinite();
        assertThat(distance(TWO_DOORS, closed, 30, 20)).isFinite();
    }

    @Test
    void dearGroundIsGoneRoundAndUpdatingFindsItAsMarchingAnewDoes() {
        PreparedGround ground = prepare(Scene.of("field", Level.of("street", Area.rectangle(0, 0, 40, 40)))
                .with(Exit.of("east", "street", Segment.of(40, 0, 40, 40))));
        float[] dear = ground.slowness().clone();
        int count = 0;
        int[] changed = new int[ground.lattice().count()];
        for (int node = 0; node < dear.length; node++) {
            double x = ground.lattice().x(node);
            double y = ground.lattice().y(node);
            if (x > 18 && x < 22 && y > 10 && y < 30) {
                dear[node] *= 20;
                changed[count++] = node;
            }
        }
        Goal goal = ground.goals().getFirst();
        Field updated = new FastMarching(ground.lattice(), ground.openAt(0), dear)
                .update(ground.fields().getFirst(), java.util.Arrays.copyOf(changed, count), goal.nodes());
        Field anew = new FastMarching(ground.lattice(), ground.openAt(0), dear).march(goal.nodes(), goal.distances());
        assertSame(updated, anew);
        assertThat(distance(ground, updated, 10, 20)).isBetween(34.0, 40.0);
    }

    private static void assertSame(Field one, Field other) {
        for (int node = 0; node < one.distance().length; node++) {
            if (one.distance()[node] == Float.POSITIVE_INFINITY) {
                assertThat(other.distance()[node]).isEqualTo(Float.POSITIVE_INFINITY);
            } else {
                assertThat(one.distance()[node]).as("node %d", node).isCloseTo(other.distance()[node], within(0.15f));
            }
        }
    }
}
