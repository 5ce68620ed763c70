// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class GaussianPlumeTest {

    /** Ground source of ammonia, 1 kg/s, urban D, 3 m/s. */
    @ParameterizedTest(name = "{1} ppm at {0} m")
    @CsvSource({"100, 704", "500, 32", "1000, 9.2", "2000, 2.9"})
    void aSourceOnTheGroundGivesThePublishedConcentrations(double downwind_m, double expected_ppm) {
        GaussianPlume plume = new GaussianPlume(1, 3, 0, 0);

        assertThat(plume.ammonia_ppm(downwind_m, 0)).isCloseTo(expected_ppm, within(0.02 * expected_ppm));
    }

    @Test
    void oneSigmaAsideItIsWeakerByTheRootOfE() {
        GaussianPlume plume = new GaussianPlume(1, 3, 0, 0);

        assertThat(plume.ammonia_ppm(300, GaussianPlume.sigmaY_m(300)) / plume.ammonia_ppm(300, 0))
                .isCloseTo(Math.exp(-0.5), within(1e-12));
    }

    @Test
    void allOfTheGasPassesThroughEveryPlaneDownwind() {
        GaussianPlume plume = new GaussianPlume(0.6, 2, 9.5, 3.7);
        // On the ground alone; the vertical half-Gaussian contributes sigma_z sqrt(pi / 2).
        double sigmaZ_m = Math.hypot(GaussianPlume.sigmaZ_m(200), 3.7);
        double flux = 0;
        for (double y = -400; y <= 400; y += 0.5) {
            flux += plume.concentration_kg_per_m3(200, y) * 0.5 * 2 * sigmaZ_m * Math.sqrt(Math.PI / 2);
        }

        assertThat(flux).isCloseTo(0.6, within(0.001));
    }

    @Test
    void nothingFliesAgainstTheWindExceptInTheLeeOfABuilding() {
        assertThat(new GaussianPlume(1, 3, 0, 0).ammonia_ppm(-10, 0)).isZero();
        assertThat(new GaussianPlume(1, 3, 9.5, 3.7).ammonia_ppm(-60, 0)).isLessThan(0.001);
        assertThat(new GaussianPlume(1, 3, 9.5, 3.7).ammonia_ppm(-5, 0)).isPositive();
    }
}
