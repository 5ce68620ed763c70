// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlaceTest {

    @Test
    void convolutionIsThatOfTheDefinition() {
        double[] x = {1, 2, 3, 0, -1};
        double[] h = {1, 0, -0.5};

        assertThat(Fourier.convolution(x, h, 7))
                .containsExactly(new double[] {1, 2, 2.5, -1, -2.5, 0, 0.5}, Offset.offset(1e-12));
    }

    @Test
    void inAStreetEchoesComeLaterAndWeaker() {
        Place street = new Place(20, 12, 0.8, 0, 0, -60, 0.5, 0.5, 0, Air.MILD);

        double[] response = street.response(new Chance(1));

        double direct = Signal.peak(Signal.cut(response, 0, 4));
        double rest = Signal.peak(Signal.cut(response, 30, response.length - 30));
        assertThat(rest).isBetween(0.1 * direct, 0.9 * direct);
    }

    @Test
    void withoutWallsGroundAndRestThereIsOnlyWhatCame() {
        Place nowhere = new Place(2, 0, 0, 0, 0, -200, 0.2, 0.5, 0, Air.MILD);
        double[] click = {1, 0, 0, 0, 0, 0};

        double[] heard = nowhere.hear(click, new Chance(1));

        assertThat(heard[0]).isCloseTo(1, Offset.offset(1e-6));
        assertThat(Signal.peak(Signal.cut(heard, 1, heard.length - 1))).isLessThan(1e-6);
    }
}
