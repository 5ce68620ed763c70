// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.measure;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class VoronoiTest {

    @Test
    void whoIsAloneHasTheCircle() {
        Voronoi voronoi = new Voronoi(2);
        voronoi.begin(5, 5);
        assertThat(voronoi.area()).isCloseTo(Math.PI * 4, within(1e-9));
    }

    @Test
    void onAGridEverybodyHasASquare() {
        Voronoi voronoi = new Voronoi(2);
        voronoi.begin(0, 0);
        for (int x = -2; x <= 2; x++) {
            for (int y = -2; y <= 2; y++) {
                if (x != 0 || y != 0) {
                    voronoi.cutBisector(0, 0, 0.8 * x, 0.8 * y);
                }
            }
        }
        assertThat(voronoi.area()).isCloseTo(0.64, within(1e-9));
        assertThat(voronoi.corners()).isBetween(4, 8);
    }

    @Test
    void twoShareTheRoomBetweenThem() {
        Voronoi voronoi = new Voronoi(2);
        voronoi.begin(0, 0);
        double alone = voronoi.area();
        voronoi.cutBisector(0, 0, 1e-9, 0);
        assertThat(voronoi.area()).isCloseTo(alone / 2, within(1e-6));
    }

    @Test
    void aLineCutsOffItsRight() {
        Voronoi voronoi = new Voronoi(2);
        voronoi.begin(0, 0);
        double alone = voronoi.area();
        voronoi.keepLeft(0, -5, 0, 5);
        assertThat(voronoi.area()).isCloseTo(alone / 2, within(1e-9));
        voronoi.keepLeft(1e9, 5, -1e9, 5);
        assertThat(voronoi.area()).isCloseTo(alone / 2, within(1e-9));
    }
}
