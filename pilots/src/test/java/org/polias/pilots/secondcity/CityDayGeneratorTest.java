// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.secondcity;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.polias.model.detection.Detection;
import org.polias.model.id.DetectionId;

import static org.assertj.core.api.Assertions.assertThat;

class CityDayGeneratorTest {

    private static final CityDay.Settings SMALL = new CityDay.Settings(7, 3, 5, 0.2, 1, 1);

    @Test
    void theSameSeedMakesTheSameDay() {
        assertThat(CityDayGenerator.make(SMALL)).isEqualTo(CityDayGenerator.make(SMALL));
    }

    @Test
    void whatTheTruthNamesWasReportedOnceAndArrivesInOrder() {
        CityDay day = CityDayGenerator.make(SMALL);
        Set<DetectionId> reported = new HashSet<>();
        day.reports().forEach(one -> assertThat(reported.add(one.id())).isTrue());
        Set<DetectionId> named = new HashSet<>();
        day.truths().forEach(truth -> truth.detections().forEach(id -> {
            assertThat(named.add(id)).isTrue();
            assertThat(reported).contains(id);
        }));
        assertThat(named).isNotEmpty();
        assertThat(day.reports()).isSortedAccordingTo((a, b) -> a.knownAt().compareTo(b.knownAt()));
        assertThat(day.reports()).noneMatch((Detection one) -> one.knownAt().isBefore(one.time()));
    }
}
