// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.cityday;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.polias.model.detection.Detection;
import org.polias.model.incident.IncidentType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CityDayTest {

    private static final DaySettings SHORT = new DaySettings(5, 6, 3, 12, 0.2, 1);

    @Test
    void theSameSeedMakesTheSameDayAndAnotherAnother() {
        assertThat(CityDay.of(SHORT)).isEqualTo(CityDay.of(SHORT));
        assertThat(CityDay.of(new DaySettings(6, 6, 3, 12, 0.2, 1))).isNotEqualTo(CityDay.of(SHORT));
    }

    @Test
    void whatIsSaidToBeTrueWasClaimedAtItsSite() {
        Day day = CityDay.of(SHORT);
        Set<String> claimed = new HashSet<>();
        for (Detection detection : day.detections()) {
            claimed.add(detection.site().text() + detection.id().value());
        }
        assertThat(day.happenings()).isNotEmpty().allSatisfy(happening -> assertThat(happening.detections())
                .isNotEmpty()
                .allMatch(detection -> claimed.contains(happening.site().text() + detection.value())));
    }

    @Test
    void detectionsComeInTheOrderOfTheirArrivalAndAfterTheirTime() {
        Day day = CityDay.of(SHORT);
        for (int i = 1; i < day.detections().size(); i++) {
            assertThat(day.detections().get(i).knownAt())
                    .isAfterOrEqualTo(day.detections().get(i - 1).knownAt());
        }
        assertThat(day.detections()).allMatch(each -> each.knownAt().isAfter(each.time()));
    }

    @Test
    void everythingHappensSometimeAndSomeSensorsLie() {
        Day day = CityDay.of(new DaySettings(1, 20, 24, 50, 0.3, 1));
        assertThat(day.happenings()).extracting(Happening::type).contains(IncidentType.values());
        int sensors =
                day.sites().stream().mapToInt(site -> site.sensors().size()).sum();
        assertThat(day.liars().size()).isBetween(sensors / 5, sensors * 2 / 5);
    }

    @Test
    void settingsThatMakeNoDayAreRefusedWithAdvice() {
        assertThatThrownBy(() -> new DaySettings(1, 0, 24, 50, 0, 1)).hasMessageContaining("Maybe use 1 to 200 sites");
        assertThatThrownBy(() -> new DaySettings(1, 5, 24, 50, 2, 1)).hasMessageContaining("share from 0 to 1");
    }
}
