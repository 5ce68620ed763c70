// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polias.simulate.hazard.Stability.D;
import static org.polias.simulate.hazard.Stability.F;
import static org.polias.simulate.hazard.Terrain.RURAL;
import static org.polias.simulate.hazard.Terrain.URBAN;

class Step01DispersionTest {

    private static final double LONG_S = 1e5;

    /** Hand-computed from Briggs' formulas: 1 kg/s of ammonia from the ground, class D in a town, 3 m/s. */
    @ParameterizedTest
    @CsvSource({"100, 704", "500, 32", "1000, 9.2", "2000, 2.9"})
    void ammoniaFromTheGroundInATownDilutesDownwind(double x, double ppm) {
        GaussianPlume plume = GaussianPlume.steady(1, 3, D, URBAN);
        assertThat(ToxicGas.AMMONIA.ppm(plume.concentration_kg_per_m3(x, 0, 0, LONG_S)))
                .isCloseTo(ppm, within(0.02 * ppm));
    }

    /**
     * The worked example of the CCPS (0.1 kg/s, 2 m/s, class F in open country) has 1.0347e-4 kg/m3 at 500 m with spreads read from
     * the Pasquill-Gifford curves; Briggs' formulas have 19.52 and 6.96 m there, an eighth more.
     */
    @Test
    void theExampleOfTheCcpsIsMetWithinWhatTheTwoSetsOfSpreadsDiffer() {
        assertThat(RURAL.sigmaY_m(F, 500)).isCloseTo(19.52, within(0.01));
        assertThat(RURAL.sigmaZ_m(F, 500)).isCloseTo(6.96, within(0.01));
        double concentration = GaussianPlume.steady(0.1, 2, F, RURAL).concentration_kg_per_m3(500, 0, 0, LONG_S);
        assertThat(concentration).isCloseTo(0.1 / (Math.PI * 2 * 19.518 * 6.9565), within(1e-8));
        assertThat(concentration / 1.0347e-4).isBetween(1.0, 1.15);
    }

    /** The Purple Book's carbon monoxide: spreads of 28.8 and 10.3 m, 100 kg/s, 5 m/s, a metre above the ground. */
    @Test
    void thePurpleBooksCarbonMonoxideKillsFiveOfSix() {
        double concentration = 100 / (Math.PI * 5 * 28.8 * 10.3) * Math.exp(-1 / (2 * 10.3 * 10.3));
        assertThat(concentration).isCloseTo(0.0213, within(0.0001));
        ToxicGas co = ToxicGas.CARBON_MONOXIDE;
        double dose = co.toxicLoad(concentration, 30);
        assertThat(co.lethality().of(dose)).isCloseTo(5.97, within(0.01));
        assertThat(co.lethality().probability(dose)).isCloseTo(0.835, within(0.005));
    }

    @Test
    void halfAnHourOfSevenAndAHalfThousandPpmOfAmmoniaKillsHalf() {
        ToxicGas nh3 = ToxicGas.AMMONIA;
        assertThat(nh3.lethality(nh3.kg_per_m3(7500), 30)).isCloseTo(0.47, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"10, 220", "30, 220", "60, 160", "240, 110", "480, 110", "5, 220", "1000, 110"})
    void theSecondLevelOfAmmoniaIsThatOfTheTable(double minutes, double ppm) {
        assertThat(ToxicGas.AMMONIA.aegl().threshold_ppm(Aegl.Level.TWO, minutes))
                .isEqualTo(ppm);
    }

    @ParameterizedTest
    @CsvSource({"15, THREE", "45, THREE", "100, THREE", "100, TWO", "300, THREE"})
    void theTimeToALevelIsTheInverseOfTheLevelAtATime(double minutes, Aegl.Level level) {
        ToxicGas chlorine = ToxicGas.CHLORINE;
        double ppm = chlorine.aegl().threshold_ppm(level, minutes);
        assertThat(chlorine.aegl().minutesTo(level, ppm, chlorine.n())).isCloseTo(minutes, within(1e-6 * minutes));
    }

    @Test
    void twiceTheTenMinutesLevelOfAmmoniaTakesAQuarterOfTheTime() {
        assertThat(ToxicGas.AMMONIA.aegl().minutesTo(Aegl.Level.THREE, 5400, 2)).isCloseTo(2.5, within(1e-9));
        assertThat(ToxicGas.AMMONIA.aegl().minutesTo(Aegl.Level.THREE, 100, 2)).isInfinite();
    }

    /** Everything that has escaped and not blown past is somewhere: the plume's mass is release times time. */
    @Test
    void theMassInThePlumeIsWhatHasEscaped() {
        GaussianPlume plume = new GaussianPlume(2, 60, 0, 3, D, URBAN, 0, 0);
        double mass = 0;
        double step = 4;
        for (double x = step / 2; x < 1500; x += step) {
            double sigmaY = URBAN.sigmaY_m(D, x);
            double sigmaZ = URBAN.sigmaZ_m(D, x);
            double axis = plume.concentration_kg_per_m3(x, 0, 0, 120);
            mass += axis * Math.sqrt(2 * Math.PI) * sigmaY * Math.sqrt(Math.PI / 2) * sigmaZ * step;
        }
        assertThat(mass).isCloseTo(2 * 60, within(0.03 * 120));
    }

    @Test
    void aShortReleaseIsNearlyAPuffFarDownwind() {
        GaussianPlume plume = new GaussianPlume(100, 1, 0, 5, D, URBAN, 0, 0);
        GaussianPuff puff = new GaussianPuff(100, 0, 5, D, URBAN, 0, 0);
        double t = 200.5;
        assertThat(plume.concentration_kg_per_m3(1000, 20, 1.5, t))
                .isCloseTo(puff.concentration_kg_per_m3(1000, 20, 1.5, t), within(1e-6));
    }

    @Test
    void thePlumeComesWithTheWindAndGoesWithIt() {
        GaussianPlume plume = new GaussianPlume(1, 120, 0, 3, D, URBAN, 0, 0);
        assertThat(plume.concentration_kg_per_m3(600, 0, 1.5, 60)).isLessThan(1e-7);
        double full = GaussianPlume.steady(1, 3, D, URBAN).concentration_kg_per_m3(600, 0, 1.5, LONG_S);
        assertThat(plume.concentration_kg_per_m3(600, 0, 1.5, 260)).isCloseTo(full, within(0.1 * full));
        assertThat(plume.concentration_kg_per_m3(600, 0, 1.5, 600)).isLessThan(1e-7);
        assertThat(plume.concentration_kg_per_m3(-10, 0, 1.5, 260)).isZero();
    }

    @Test
    void theClassFollowsWindAndSky() {
        assertThat(Stability.byDay(1.5, Stability.Insolation.STRONG)).isEqualTo(Stability.A);
        assertThat(Stability.byDay(7, Stability.Insolation.SLIGHT)).isEqualTo(D);
        assertThat(Stability.byNight(2.5, false)).isEqualTo(F);
        assertThat(Stability.byNight(4, true)).isEqualTo(D);
    }

    @Test
    void withoutWindThereIsNoPlume() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Wind(0, 270)).withMessageContaining("Maybe");
        assertThatIllegalArgumentException().isThrownBy(() -> new GaussianPlume(Double.NaN, 60, 0, 3, D, URBAN, 0, 0));
    }
}
