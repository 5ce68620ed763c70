// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.polias.detect.acoustics.ImpulseNoiseDetector;
import org.polias.detect.health.SilentSensorDetector;
import org.polias.detect.script.Script;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DetectorBankTest {

    private final SiteDefinition site = new TestSite()
            .microphone("mic-1")
            .microphone("mic-2")
            .ammonia("nh3")
            .definition();
    private final DetectorBank bank = DetectorBank.of(site);
    private final Script script = Script.driving(bank);

    @Test
    void aReadingReachesOnlyTheDetectorsThatListenToItsDatastream() {
        script.play("00:00:01 mic-1 48");
        assertThat(bank.takeChanges().keySet())
                .containsExactly(
                        "impulse-noise/mic-1",
                        "listening/stadium",
                        "sensor-silent/mic-1",
                        "sensor-stuck/mic-1",
                        "sensors-lost-together/stadium");
    }

    @Test
    void changesAreToldOnce() {
        script.play("00:00:01 mic-1 48\n00:00:01 tick");
        assertThat(bank.takeChanges()).isNotEmpty();
        assertThat(bank.takeChanges()).isEmpty();
        script.play("00:00:01.1 tick");
        assertThat(bank.takeChanges()).isEmpty();
        script.play("00:00:01.2 mic-1 48 bad");
        assertThat(bank.takeChanges().keySet()).containsExactly("sensor-silent/mic-1");
    }

    @Test
    void anUnknownDatastreamIsNobodysBusiness() {
        Script other = Script.of(new TestSite().microphone("stray").definition());
        Signal stray = other.read("00:00:01 stray 120").getFirst();
        assertThat(bank.on(stray)).isEmpty();
        assertThat(bank.takeChanges().keySet()).containsExactly("listening/stadium");
    }

    @Test
    void itGoesOnFromStoredStatesAsIfNothingHadHappened() {
        script.play("00:00:01 .. 00:00:20 mic-1 48");
        DetectorBank restored = DetectorBank.of(site);
        restored.restore(bank.states());
        assertThat(restored.takeChanges()).isEmpty();
        String after = """
                00:00:21 mic-1 99
                00:00:22 .. 00:00:40 tick
                """;
        assertThat(Script.driving(restored).play(after)).isEqualTo(script.play(after));
        assertThat(restored.states()).isEqualTo(bank.states());
    }

    @Test
    void theChangesWrittenOneAfterAnotherAreTheStates() {
        Map<String, Record> store = new TreeMap<>();
        for (int second = 10; second < 40; second++) {
            script.play("00:00:%d mic-1 %d%n00:00:%d tick%n".formatted(second, 40 + second % 7, second));
            store.putAll(bank.takeChanges());
        }
        DetectorBank restored = DetectorBank.of(site);
        restored.restore(store);
        assertThat(restored.states()).isEqualTo(bank.states());
    }

    @Test
    void aStateOfAnotherClassIsRefused() {
        assertThatThrownBy(() -> bank.restore(Map.of(
                        "impulse-noise/mic-1", DetectorBank.of(site).states().get("sensor-silent/mic-1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("impulse-noise/mic-1")
                .hasMessageContaining("\nMaybe ");
    }

    @Test
    void statesCarryOverToANewDefinition() {
        script.play("00:00:01 .. 00:00:20 mic-1 48");
        script.play("00:00:20 mic-2 48");
        bank.takeChanges();
        script.play("00:00:21 mic-1 49");
        DetectorBank next = bank.reconfigured(
                new TestSite().microphone("mic-1").microphone("mic-3").definition());
        assertThat(next.states().get("impulse-noise/mic-1"))
                .isEqualTo(bank.states().get("impulse-noise/mic-1"));
        assertThat(next.stateTypes().keySet())
                .contains("impulse-noise/mic-3")
                .doesNotContain("impulse-noise/mic-2", "sensors-lost-together/stadium");
        assertThat(next.takeChanges().keySet())
                .containsExactly(
                        "impulse-noise/mic-1", "listening/stadium", "sensor-silent/mic-1", "sensor-stuck/mic-1");
    }

    @Test
    void stateTypesTellHowToReadWhatWasStored() {
        assertThat(bank.stateTypes())
                .containsEntry("impulse-noise/mic-1", ImpulseNoiseDetector.State.class)
                .containsEntry("sensor-silent/nh3", SilentSensorDetector.State.class);
        assertThat(bank.stateTypes().keySet()).isEqualTo(bank.states().keySet());
    }

    @Test
    void detectionsOfOneSignalComeInTheOrderOfTheirKeys() {
        script.play("""
                00:00:00 tick
                00:00:01 mic-1 48
                00:00:01 mic-2 48
                00:00:01 nh3 1
                00:00:02 .. 00:01:30 tick
                """);
        assertThat(script.detections())
                .extracting(Detection::type)
                .containsExactly(
                        DetectionType.SENSOR_SILENT,
                        DetectionType.SENSOR_SILENT,
                        DetectionType.SENSOR_SILENT,
                        DetectionType.SENSORS_LOST_TOGETHER);
        assertThat(script.detections())
                .extracting(Detection::subject)
                .isEqualTo(List.of("mic-1", "mic-2", "nh3", "stadium"));
    }
}
