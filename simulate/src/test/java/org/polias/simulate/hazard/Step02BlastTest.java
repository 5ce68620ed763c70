// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class Step02BlastTest {

    /** Swisdak 1994: overpressure against scaled distance. */
    @ParameterizedTest
    @CsvSource({"0.5, 4888", "1, 1354", "2, 283.7", "3, 115.7", "5, 43.23", "10, 14.89", "20, 6.102", "40, 2.375"})
    void overpressureFallsWithScaledDistance(double z, double kPa) {
        assertThat(Blast.overpressureAt_kPa(z)).isCloseTo(kPa, within(0.001 * kPa));
    }

    @Test
    void tenTonsAtHalfAKilometre() {
        assertThat(new Blast(10_000).overpressure_kPa(500)).isCloseTo(5.055, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "227", "4536"})
    void theRadiusIsTheInverseOfTheOverpressure(double charge_kg) {
        Blast blast = new Blast(charge_kg);
        for (Blast.Effect effect : Blast.Effect.values()) {
            assertThat(blast.overpressure_kPa(blast.radius_m(effect)))
                    .isCloseTo(effect.threshold_kPa(), within(0.01 * effect.threshold_kPa()));
        }
    }

    @Test
    void halfTheEardrumsBurstAtFortyThreeKilopascal() {
        Blast blast = new Blast(100);
        assertThat(blast.eardrumRupture(blast.radius_m(43.2))).isCloseTo(0.5, within(0.01));
    }

    /** The National Counterterrorism Center's card. */
    @ParameterizedTest
    @CsvSource({
        "2.3, 21, 366",
        "9.2, 34, 518",
        "23, 46, 564",
        "227, 98, 580",
        "454, 122, 732",
        "1814, 195, 1159",
        "4536, 263, 1555",
        "27216, 479, 2835"
    })
    void standOffIsThatOfTheCard(double charge_kg, double mandatory_m, double preferred_m) {
        StandOff standOff = StandOff.of(charge_kg);
        assertThat(standOff.mandatory_m()).isCloseTo(mandatory_m, within(1e-9));
        assertThat(standOff.preferred_m()).isCloseTo(preferred_m, within(1e-9));
    }

    /** All mandatory distances lie where the blast has about 8 kPa. */
    @ParameterizedTest
    @CsvSource({"2.3", "15", "23", "100", "227", "1000", "4536", "27216"})
    void theMandatoryDistanceIsWhereWindowsBreakButPeopleStand(double charge_kg) {
        assertThat(new Blast(charge_kg).overpressure_kPa(StandOff.of(charge_kg).mandatory_m()))
                .isBetween(7.5, 8.6);
    }

    @Test
    void aChargeOfNothingCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Blast(0)).withMessageContaining("0.0 kg");
        assertThatIllegalArgumentException().isThrownBy(() -> StandOff.of(Double.NaN));
    }
}
