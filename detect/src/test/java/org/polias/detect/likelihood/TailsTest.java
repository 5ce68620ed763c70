// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.likelihood;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TailsTest {

    @Test
    void theNormalTailHasItsTabulatedValues() {
        assertThat(Tails.normalUpper(0)).isEqualTo(0.5);
        assertThat(Tails.normalUpper(1.959963984540054)).isCloseTo(0.025, Percentage.withPercentage(1e-9));
        assertThat(Tails.normalUpper(3)).isCloseTo(1.349898031630095e-3, Percentage.withPercentage(1e-9));
        assertThat(Tails.normalUpper(2.999999)).isCloseTo(1.349902463525848e-3, Percentage.withPercentage(1e-6));
        assertThat(Tails.normalUpper(6)).isCloseTo(9.865876450376981e-10, Percentage.withPercentage(1e-9));
        assertThat(Tails.normalUpper(10)).isCloseTo(7.619853024160527e-24, Percentage.withPercentage(1e-9));
        assertThat(Tails.normalUpper(-1)).isCloseTo(0.8413447460685429, Percentage.withPercentage(1e-9));
        assertThat(Tails.normalUpper(Double.POSITIVE_INFINITY)).isZero();
        assertThat(Tails.normalUpper(Double.NEGATIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void thePoissonSurpriseIsThatOfItsTail() {
        double fiveOrMoreOfOne = 1 - Math.exp(-1) * (1 + 1 + 1 / 2.0 + 1 / 6.0 + 1 / 24.0);
        assertThat(Tails.poissonSurprise(5, 1)).isCloseTo(-Math.log(fiveOrMoreOfOne), within(1e-9));
        assertThat(Tails.poissonSurprise(1, 1e-9)).isCloseTo(-Math.log(1e-9), within(1e-6));
        assertThat(Tails.poissonSurprise(3, 5)).isZero();
        assertThat(Tails.poissonSurprise(100_000, 1)).isFinite().isGreaterThan(1e6);
        assertThat(Tails.poissonSurprise(1, 0)).isInfinite();
    }

    @Test
    void theBinomialSurpriseIsThatOfItsTail() {
        double two = 3 * 0.1 * 0.1 * 0.9 + 0.001;
        assertThat(Tails.binomialSurprise(2, 3, 0.1)).isCloseTo(-Math.log(two), within(1e-9));
        assertThat(Tails.binomialSurprise(3, 3, 0.1)).isCloseTo(-Math.log(0.001), within(1e-9));
        assertThat(Tails.binomialSurprise(1, 3, 0.9)).isZero();
        assertThat(Tails.binomialSurprise(500, 1000, 1e-4)).isFinite().isGreaterThan(1000);
        assertThat(Tails.binomialSurprise(4, 3, 0.1)).isInfinite();
    }

    @Test
    void factorialsBySumAndBySeriesMeet() {
        double sum = 0;
        for (int k = 2; k <= 25; k++) {
            sum += Math.log(k);
            assertThat(Tails.logFactorial(k)).isCloseTo(sum, within(1e-9));
        }
    }

    @Test
    void aRatioIsBoundedAndNeverSpeaksAgainstWhatIsClaimed() {
        assertThat(LikelihoodRatio.ofTail(0.9, 0, 1e-9)).isEqualTo(LikelihoodRatio.BOUND);
        assertThat(LikelihoodRatio.ofTail(0.9, 1, 0.01)).isZero();
        assertThat(LikelihoodRatio.ofRates(0.9, 0)).isEqualTo(LikelihoodRatio.BOUND);
        assertThat(LikelihoodRatio.ofSide(0, 0.01)).isZero();
        assertThat(LikelihoodRatio.ofSide(-3, 0.01)).isZero();
        assertThat(LikelihoodRatio.ofSide(2, 0.01)).isCloseTo(Math.log(0.972477 / 0.027523), within(1e-3));
        assertThat(LikelihoodRatio.ofSide(Double.POSITIVE_INFINITY, 0.01))
                .isCloseTo(Math.log(0.995 / 0.005), within(1e-9));
    }

    @Test
    void falseAlarmsAreCountedInTheReferenceMinute() {
        assertThat(LikelihoodRatio.falseAlarmProbability(60)).isCloseTo(1 - Math.exp(-1), within(1e-12));
    }
}
