// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.acoustics;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.bench.Figures;
import org.polias.perceive.acoustics.Unclassified;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AcousticsBenchTest {

    @Test
    void itMeasuresWhatItsNamesSay() {
        List<String> progress = new ArrayList<>();
        Figures result = new AcousticsBench(new Unclassified(), 2, 3, progress::add).run();
        assertThat(result.json())
                .startsWith("{\"microphones_calm\":")
                .contains("\"microphones_busy\":", "\"ms_per_s_calm\":");
        assertThat((double) result.figures().get("microphones_calm")).isPositive();
        assertThat((double) result.figures().get("events_per_s_busy"))
                .isGreaterThan((double) result.figures().get("events_per_s_calm"));
        assertThat(progress).isNotEmpty();
    }

    @Test
    void aCalmStreetIsMostlyCalmAndTheSameEveryTime() {
        float[] street = StreetSound.calm(30, 1);
        double sum = 0;
        for (float sample : street) {
            sum += sample * sample;
        }
        assertThat(10 * Math.log10(sum / street.length)).isBetween(-60.0, -30.0);
        assertThat(StreetSound.calm(30, 1)).isEqualTo(street);
    }

    @Test
    void nothingCannotBeMeasured() {
        assertThatThrownBy(() -> new AcousticsBench(new Unclassified(), 0, 10, _ -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
