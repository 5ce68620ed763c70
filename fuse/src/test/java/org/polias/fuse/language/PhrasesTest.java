// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.language;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PhrasesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "52.914 | 52.91",
                "52.9 | 52.9",
                "3 | 3",
                "-2.25 | -2.25",
                "0.1 | 0.1",
                "0.0995 | 0.1",
                "0.0045 | 0.0045",
                "0.00004567 | 0.000046",
                "1e-20 | 0",
                "999.999 | 1000",
                "1234567.8 | 1 234 568"
            })
    void numbersKeepWhatMatters(double number, String text) {
        assertThat(Phrases.number(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "999.4 | 999", "4200 | 4 200", "-1234 | -1 234", "10000000 | 10 000 000"})
    void wholeNumbersHaveTheirThousandsApart(double number, String text) {
        assertThat(Phrases.whole(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.001 | below 1 %", "0.01 | 1 %", "0.214 | 21 %", "0.99 | 99 %", "0.999 | above 99 %"})
    void probabilitiesAreNeverSaidToBeCertain(double probability, String text) {
        assertThat(Phrases.percent(probability)).isEqualTo(text);
    }

    @Test
    void durationsAreInTheUnitThatFits() {
        assertThat(Phrases.duration(Duration.ofSeconds(45))).isEqualTo("45 s");
        assertThat(Phrases.duration(Duration.ofMinutes(15))).isEqualTo("15 min");
        assertThat(Phrases.duration(Duration.ofHours(12))).isEqualTo("12 h");
    }
}
