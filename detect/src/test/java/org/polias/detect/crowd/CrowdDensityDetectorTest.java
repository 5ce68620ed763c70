// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.crowd;

import org.junit.jupiter.api.Test;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.detection.Detection;

import static org.assertj.core.api.Assertions.assertThat;

class CrowdDensityDetectorTest {

    private final Script script = Script.of(
            new TestSite()
                    .zone("gate-a", 2.0)
                    .camera("cam-1", "gate-a")
                    .camera("cam-2", "gate-a")
                    .definition(),
            "crowd-density");

    private void plays(String text) {
        assertThat(script.play(text)).isEqualTo(text);
    }

    @Test
    void theCountsOfAZoneAreAddedAndComparedWithItsSafeDensity() {
        plays("""
                00:00:00 cam-1 390
                00:00:01 cam-2 300
                00:00:05 cam-1 520
                  -> crowd.density BEGIN gate-a 0.3 | Zone gate-a: 820 people (±94), 2.1 on a square metre; up to 2.0 are safe.
                00:00:06 cam-2 350
                00:00:10 cam-1 700
                  -> crowd.density UPDATE gate-a 3.7 | Zone gate-a: 1050 people (±122), 2.6 on a square metre; up to 2.0 are safe.
                00:00:15 cam-1 450
                  -> crowd.density UPDATE gate-a 0.0 | Zone gate-a: 800 people (±90), 2.0 on a square metre; up to 2.0 are safe.
                00:00:20 cam-1 300
                  -> crowd.density END gate-a 0.0 | Zone gate-a: 650 people, 1.6 on a square metre; up to 2.0 are safe. It is over.
                00:00:25 cam-1 440
                """);
    }

    @Test
    void anOldCountIsLeftOut() {
        plays("""
                00:00:00 cam-1 500
                00:02:00 cam-2 500
                """);
    }

    @Test
    void aCameraThatFallsSilentDoesNotEndIt() {
        plays("""
                00:00:00 cam-1 500
                00:00:01 cam-2 500
                  -> crowd.density BEGIN gate-a 3.2 | Zone gate-a: 1000 people (±111), 2.5 on a square metre; up to 2.0 are safe.
                00:05:00 cam-2 450
                00:05:01 cam-1 100
                  -> crowd.density END gate-a 0.0 | Zone gate-a: 550 people, 1.4 on a square metre; up to 2.0 are safe. It is over.
                """);
    }

    @Test
    void countsOutOfOrderAndOfBadQualityWeighNothing() {
        plays("""
                00:00:10 cam-1 100
                00:00:11 cam-1 900 at 00:00:05
                00:00:12 cam-1 900 bad
                """);
    }

    @Test
    void justAtTheLimitItWeighsNothingAndFarAboveItMuch() {
        script.play("""
                00:00:00 cam-1 400
                00:00:00 cam-2 400
                00:00:05 cam-1 3000
                """);
        assertThat(script.detections())
                .extracting(Detection::logLikelihoodRatio)
                .satisfiesExactly(atLimit -> assertThat(atLimit).isZero(), above -> assertThat(above)
                        .isBetween(4.0, 7.0));
    }

    @Test
    void itsPlaceIsAsWideAsTheZone() {
        script.play("00:00:00 cam-1 1000");
        assertThat(script.detections().getFirst().place().covariance().ee_m2())
                .isCloseTo(20 * 20 / 12.0 + 1, org.assertj.core.data.Offset.offset(0.1));
    }
}
