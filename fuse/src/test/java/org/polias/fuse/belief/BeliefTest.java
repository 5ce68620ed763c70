// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.IncidentType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BeliefTest {

    @ParameterizedTest
    @EnumSource
    void everyLikelihoodIsAProbability(DetectionType type) {
        assertThat(Likelihoods.givenNothing(type)).isBetween(0.0001, 0.5);
        for (IncidentType hypothesis : IncidentType.values()) {
            assertThat(Likelihoods.given(type, hypothesis)).isBetween(1e-5, 0.99);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClaimThatSaysNothingWeighsNothing(DetectionType type) {
        for (IncidentType hypothesis : IncidentType.values()) {
            assertThat(Likelihoods.weight(type, hypothesis, 0)).isCloseTo(0, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void howeverSureADetectorIsItsClaimWeighsNoMoreThanTheConditionSays(DetectionType type) {
        for (IncidentType hypothesis : IncidentType.values()) {
            double most = Math.log(Likelihoods.given(type, hypothesis) / Likelihoods.givenNothing(type));
            assertThat(Likelihoods.weight(type, hypothesis, 1e6)).isCloseTo(most, within(1e-9));
            assertThat(Math.abs(Likelihoods.weight(type, hypothesis, 5))).isLessThanOrEqualTo(Math.abs(most));
        }
    }

    @Test
    void aWeightIsTheRatioOfTheMixtures() {
        double expected = Math.log((0.9 * Math.exp(3) + 0.1) / (0.01 * Math.exp(3) + 0.99));
        assertThat(Likelihoods.weight(DetectionType.NETWORK_ALERT, IncidentType.CYBER_ATTACK, 3))
                .isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest(name = "{0} equal claims with correlation {1} count as {2}")
    @CsvSource({"1, 0.5, 1", "2, 0.5, 1.3333333333", "10, 0.5, 1.8181818182", "4, 0, 4", "4, 1, 1"})
    void correlatedClaimsCountAsFewerIndependentOnes(int claims, double correlation, double counted) {
        assertThat(CommonCause.effective(claims * 3.0, 3.0, correlation)).isCloseTo(3 * counted, within(1e-9));
    }

    @Test
    void aFurtherWeakClaimNeverTakesAnythingAway() {
        double before = CommonCause.effective(5, 5, 0.9);
        assertThat(CommonCause.effective(5.1, 5, 0.9)).isGreaterThan(before);
    }

    @Test
    void claimsThatSpeakAgainstAreTakenAsTheyAre() {
        assertThat(CommonCause.effective(-2, 0, 0.5)).isEqualTo(-2);
        assertThat(CommonCause.effective(1, 3, 0.5)).isEqualTo(1);
    }
}
