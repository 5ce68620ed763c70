// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.location;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The locator holds what docs/location.md says of it, as far as 1,200 simulated sounds can tell. */
class LocationStudyTest {

    private static final int CASES = 400;
    private static final List<Long> SEEDS = List.of(11L, 12L, 13L);

    private static LocationResult.Row row(int microphones) {
        return LocationStudy.row(Circumstances.usual(microphones, 0.15), CASES, SEEDS);
    }

    @Test
    void eightSensorsPlaceASoundWithinTenMetres() {
        LocationResult.Row row = row(8);
        assertThat(LocationResult.interval(row.within10(), row.sources())[1]).isGreaterThanOrEqualTo(0.97);
        assertCovers(row);
    }

    @Test
    void sixSensorsPlaceASoundWithinFifteenMetres() {
        LocationResult.Row row = row(6);
        assertThat(LocationResult.interval(row.within15(), row.sources())[1]).isGreaterThanOrEqualTo(0.95);
        assertCovers(row);
    }

    @Test
    void fourSensorsKnowHowLittleTheyKnow() {
        LocationResult.Row row = row(4);
        assertThat(row.coverage()).isBetween(0.92, 0.985);
        assertThat(row.semiMajor_m()).isGreaterThan(row(8).semiMajor_m());
    }

    /** The 95 % ellipse holds the truth in 93 to 97 % of cases: no sample may speak against that. */
    private static void assertCovers(LocationResult.Row row) {
        double[] interval = LocationResult.interval(row.coverage(), row.sources());
        assertThat(interval[0]).as("coverage %s", row.coverage()).isLessThanOrEqualTo(0.97);
        assertThat(interval[1]).as("coverage %s", row.coverage()).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void wilsonsIntervalIsAsInTheBooks() {
        // Wilson 1927; Brown, Cai and DasGupta 2001.
        assertThat(LocationResult.interval(0.95, 100)[0]).isCloseTo(0.8882, within(0.0002));
        assertThat(LocationResult.interval(0.95, 100)[1]).isCloseTo(0.9785, within(0.0002));
        assertThat(LocationResult.interval(1, 20)[1]).isEqualTo(1);
    }
}
