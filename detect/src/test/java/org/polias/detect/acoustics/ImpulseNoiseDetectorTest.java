// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.detection.Detection;
import org.polias.model.detection.EntityRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ImpulseNoiseDetectorTest {

    private final Script script = Script.of(new TestSite().microphone("mic-1").definition(), "impulse-noise");

    private void plays(String text) {
        assertThat(script.play(text)).isEqualTo(text);
    }

    @Test
    void aBangOverQuietBackgroundIsDetectedOnce() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 48.0
                00:00:31 mic-1 97.0
                  -> acoustic.impulse MOMENT mic-1 6.2 | Datastream mic-1 rose in a bang to 97.0 dB(A), 49.0 dB over its background of 48.0 dB(A).
                00:00:31.5 mic-1 92.0
                00:00:32 mic-1 75.0
                00:00:33 .. 00:00:40 mic-1 48.0
                """);
    }

    @Test
    void levelsOfASoundThatIsListenedToAreLeftOut() {
        Script both = Script.of(
                new TestSite().microphone("mic-1").earWithLevels("mic-2").definition(), "impulse-noise");
        assertThat(both.play("""
                00:00:01 .. 00:00:30 mic-1 48.0
                00:00:01 .. 00:00:30 mic-2-level 48.0
                00:00:31 mic-1 97.0
                00:00:31 mic-2-level 97.0
                """)).contains("-> acoustic.impulse MOMENT mic-1 ").doesNotContain("MOMENT mic-2");
    }

    @Test
    void aSecondBangIsANewDetection() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 48.0
                00:00:31 mic-1 97.0
                  -> acoustic.impulse MOMENT mic-1 6.2 | Datastream mic-1 rose in a bang to 97.0 dB(A), 49.0 dB over its background of 48.0 dB(A).
                00:00:32 mic-1 49.0
                00:00:33 mic-1 96.0
                  -> acoustic.impulse MOMENT mic-1 6.1 | Datastream mic-1 rose in a bang to 96.0 dB(A), 47.9 dB over its background of 48.1 dB(A).
                """);
        assertThat(script.detections()).extracting(Detection::id).doesNotHaveDuplicates();
    }

    @Test
    void anEchoWithinTheRefractoryTimeBelongsToItsBang() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 48.0
                00:00:31 mic-1 97.0
                  -> acoustic.impulse MOMENT mic-1 6.2 | Datastream mic-1 rose in a bang to 97.0 dB(A), 49.0 dB over its background of 48.0 dB(A).
                00:00:31.4 mic-1 60.0
                00:00:31.8 mic-1 90.0
                """);
    }

    @Test
    void aFasterMeterSpreadsAnOnsetOverTwoReadings() {
        plays("""
                00:00:01 .. 00:00:30 every 0.25s mic-1 48.0
                00:00:30.25 mic-1 74.0
                00:00:30.5 mic-1 85.0
                  -> acoustic.impulse MOMENT mic-1 5.2 | Datastream mic-1 rose in a bang to 85.0 dB(A), 37.0 dB over its background of 48.0 dB(A).
                """);
    }

    @Test
    void aCheeringCrowdRisesTooSlowly() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 65.0
                00:00:31 mic-1 74.0
                00:00:32 mic-1 83.0
                00:00:33 mic-1 92.0
                00:00:34 .. 00:00:50 mic-1 95.0
                """);
    }

    @Test
    void aLoudMachineThatStaysOnIsOneBang() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 50.0
                00:00:31 .. 00:10:00 mic-1 85.0
                  -> acoustic.impulse MOMENT mic-1 5.0 | Datastream mic-1 rose in a bang to 85.0 dB(A), 35.0 dB over its background of 50.0 dB(A).
                """);
    }

    @Test
    void aBangThatIsNotLoudInItselfIsNone() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 30.0
                00:00:31 mic-1 70.0
                """);
    }

    @Test
    void aRestlessBackgroundHidesABang() {
        plays("""
                00:00:01 .. 00:02:00 every 2s mic-1 60.0
                00:02:01 mic-1 81.0
                  -> acoustic.impulse MOMENT mic-1 3.4 | Datastream mic-1 rose in a bang to 81.0 dB(A), 21.0 dB over its background of 60.0 dB(A).
                """);
        Script restless = Script.of(new TestSite().microphone("mic-1").definition(), "impulse-noise");
        StringBuilder text = new StringBuilder();
        for (int second = 1; second < 120; second++) {
            text.append("00:%02d:%02d mic-1 %s%n".formatted(second / 60, second % 60, second % 2 == 0 ? 55.0 : 65.0));
        }
        text.append("00:02:00 mic-1 55.0\n00:02:01 mic-1 81.0\n");
        restless.play(text.toString());
        assertThat(restless.detections()).isEmpty();
    }

    @Test
    void nothingIsDetectedBeforeTheBackgroundIsKnown() {
        plays("""
                00:00:01 mic-1 48.0
                00:00:02 mic-1 97.0
                """);
    }

    @Test
    void aReadingOutOfOrderDisturbsNothing() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 48.0
                00:00:31 mic-1 120.0 at 00:00:29.5
                00:00:32 mic-1 97.0
                  -> acoustic.impulse MOMENT mic-1 6.2 | Datastream mic-1 rose in a bang to 97.0 dB(A), 49.0 dB over its background of 48.0 dB(A).
                00:00:33 mic-1 48.0 at 00:00:31
                """);
    }

    @Test
    void aReadingOfBadQualityWeighsNothing() {
        plays("""
                00:00:01 .. 00:00:30 mic-1 48.0
                00:00:31 mic-1 97.0 bad
                00:00:32 mic-1 48.0
                """);
    }

    @Test
    void theLouderTheRarer() {
        script.play("""
                00:00:01 .. 00:00:30 mic-1 50.0
                00:00:31 mic-1 76.0
                00:00:32 .. 00:01:30 mic-1 50.0
                00:01:31 mic-1 90.0
                00:01:32 .. 00:02:30 mic-1 50.0
                00:02:31 mic-1 140.0
                """);
        List<Double> weights =
                script.detections().stream().map(Detection::logLikelihoodRatio).toList();
        assertThat(weights).hasSize(3).isSorted().allMatch(weight -> weight > 3 && weight <= 7);
    }

    @Test
    void itsPlaceIsTheSensorsWithinTheDistanceOfAShotAsLoud() {
        script.play("""
                00:00:01 .. 00:00:30 mic-1 50.0
                00:00:31 mic-1 96.0
                """);
        Detection detection = script.detections().getFirst();
        // 140 dB at 1 m are 96 dB at 10^(44/20) = 158.5 m.
        assertThat(Math.sqrt(detection.place().covariance().ee_m2())).isCloseTo(158.5, within(0.1));
        assertThat(detection.place().position()).isEqualTo(TestSite.ORIGIN);
        assertThat(detection.entities()).contains(new EntityRef(EntityRef.SENSOR, "mic-1-sensor"));
        assertThat(detection.measures()).containsKeys("level_dB", "background_dB", "excess_dB");
        assertThat(detection.evidence()).hasSize(1);
    }

    @Test
    void aDeafeningBangIsNoNearerThanTheSensorsRange() {
        script.play("""
                00:00:01 .. 00:00:30 mic-1 50.0
                00:00:31 mic-1 120.0
                """);
        assertThat(script.detections().getFirst().place().covariance().ee_m2()).isEqualTo(2500);
    }
}
