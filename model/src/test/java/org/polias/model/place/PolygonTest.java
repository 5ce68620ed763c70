// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PolygonTest {

    private static final LocalFrame FRAME = new LocalFrame(new Position(13.38, 49.75));

    private final Polygon yard = new Polygon(square(0, 0, 100), List.of(square(40, 40, 20)));

    @Test
    void withinItIsNoDistance() {
        assertThat(yard.distance_m(at(10, 10))).isZero();
    }

    @Test
    void besideItTheNearestEdgeCounts() {
        assertThat(yard.distance_m(at(130, 50))).isCloseTo(30, within(0.01));
        assertThat(yard.distance_m(at(50, -7))).isCloseTo(7, within(0.01));
    }

    @Test
    void beyondACornerTheCornerCounts() {
        assertThat(yard.distance_m(at(103, 104))).isCloseTo(5, within(0.01));
    }

    @Test
    void aHoleIsNotPartOfIt() {
        assertThat(yard.distance_m(at(50, 52))).isCloseTo(8, within(0.01));
    }

    private static List<Position> square(double west, double south, double side) {
        return List.of(
                at(west, south),
                at(west + side, south),
                at(west + side, south + side),
                at(west, south + side),
                at(west, south));
    }

    private static Position at(double east_m, double north_m) {
        return FRAME.toPosition(new Offset(east_m, north_m));
    }
}
