// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AirTest {

    /** Table 2 of ISO 9613-2:1996, dB a kilometre. */
    @ParameterizedTest
    @CsvSource({
        "10, 70,  250,   1.0",
        "10, 70, 1000,   3.7",
        "10, 70, 4000,  32.8",
        "10, 70, 8000, 117",
        "20, 70, 1000,   5.0",
        "20, 70, 4000,  22.9",
        "15, 20, 1000,   8.2",
        "15, 20, 4000,  88.8"
    })
    void absorbsWhatTheStandardSays(double temperature_C, double humidity, double frequency_Hz, double dBPerKm) {
        Air air = new Air(temperature_C, humidity);

        // The table is for exact midband frequencies, which differ a little from the nominal ones.
        assertThat(1000 * air.absorption_dB_per_m(frequency_Hz))
                .isCloseTo(dBPerKm, Offset.offset(0.05 + 0.035 * dBPerKm));
    }

    @Test
    void aKilometreOfAirMakesAClickDullAndNothingComesBeforeIt() {
        double[] response = Air.MILD.response(1000);

        double[] late = Signal.cut(response, 100, response.length - 100);
        assertThat(Signal.peak(late)).isLessThan(0.05 * Signal.peak(response));
        double sum = 0;
        double alternating = 0;
        for (int n = 0; n < response.length; n++) {
            sum += response[n];
            alternating += n % 2 == 0 ? response[n] : -response[n];
        }
        // The sum is what is left at 0 Hz, the alternating sum at 8 kHz.
        assertThat(sum).isCloseTo(1, Offset.offset(0.02));
        assertThat(Math.abs(alternating)).isLessThan(0.001);
    }
}
