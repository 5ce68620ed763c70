// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.health;

import org.junit.jupiter.api.Test;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.city.SiteDefinition;

import static org.assertj.core.api.Assertions.assertThat;

class SensorHealthTest {

    private static void plays(SiteDefinition site, String detector, String text) {
        assertThat(Script.of(site, detector).play(text)).isEqualTo(text);
    }

    private final SiteDefinition microphone = new TestSite().microphone("mic-1").definition();
    private final SiteDefinition thermometer = new TestSite().thermometer("t").definition();

    @Test
    void aSensorThatStopsReportingIsSilentUntilItIsHeardAgain() {
        plays(microphone, "sensor-silent", """
                00:00:00 tick
                00:00:01 .. 00:00:05 mic-1 48
                00:00:06 .. 00:00:14 tick
                00:00:15 tick
                  -> health.silent BEGIN mic-1 3.9 | No reports from Datastream mic-1 for 10 s; one should come every 1 s.
                00:00:16 .. 00:01:00 tick
                00:01:00 mic-1 48
                  -> health.silent END mic-1 0.0 | Reports from Datastream mic-1 come again, after 55 s.
                00:01:01 .. 00:01:09 tick
                """);
    }

    @Test
    void aSensorThatWasNeverHeardIsNotSilent() {
        plays(microphone, "sensor-silent", """
                00:00:00 .. 00:10:00 tick
                """);
    }

    @Test
    void aSensorThatSpeaksBadlyIsNotSilent() {
        plays(microphone, "sensor-silent", """
                00:00:01 mic-1 48
                00:00:02 .. 00:00:10 tick
                00:00:10 mic-1 48 bad
                00:00:11 .. 00:00:19 tick
                """);
    }

    @Test
    void anOldObservationIsNoSignOfLife() {
        plays(microphone, "sensor-silent", """
                00:00:05 mic-1 48
                00:00:06 .. 00:00:10 tick
                00:00:10 mic-1 48 at 00:00:03
                00:00:11 .. 00:00:15 tick
                  -> health.silent BEGIN mic-1 3.9 | No reports from Datastream mic-1 for 10 s; one should come every 1 s.
                00:00:16 mic-1 48 at 00:00:04
                """);
    }

    @Test
    void aTimeInWhichThePlatformDidNotListenIsNoSilence() {
        plays(microphone, "sensor-silent", """
                00:00:00 tick
                00:00:01 mic-1 48
                00:05:00 tick
                00:05:01 .. 00:05:09 tick
                00:05:10 tick
                  -> health.silent BEGIN mic-1 3.9 | No reports from Datastream mic-1 for 10 s; one should come every 1 s.
                """);
    }

    @Test
    void aSensorThatRepeatsOneValueForAnHourIsStuck() {
        plays(thermometer, "sensor-stuck", """
                00:00:00 t 20.0
                00:01:00 t 21.5
                00:02:00 .. 01:00:00 every 60s t 21.5
                01:01:00 t 21.55
                  -> health.stuck BEGIN t 3.8 | Thermometer t has reported 21.5 °C 61 times over 3600 s without a change.
                01:02:00 t 21.5
                01:03:00 t 21.7
                  -> health.stuck END t 0.0 | Thermometer t moves again: 21.7 °C.
                """);
    }

    @Test
    void aValueAtTheBottomOfItsScaleIsNotStuck() {
        plays(thermometer, "sensor-stuck", """
                00:00:00 .. 03:00:00 every 60s t 0
                03:01:00 t -40
                03:02:00 .. 06:00:00 every 60s t -40
                """);
    }

    @Test
    void badAndOldReadingsNeitherMakeNorBreakARun() {
        plays(thermometer, "sensor-stuck", """
                00:00:00 t 21.5
                00:01:00 .. 00:58:00 every 60s t 21.5
                00:59:00 t 30 bad
                00:59:30 t 30 at 00:30:30
                01:00:00 t 21.5
                  -> health.stuck BEGIN t 3.8 | Thermometer t has reported 21.5 °C 60 times over 3600 s without a change.
                """);
    }

    @Test
    void anImplausibleValueIsReportedAtOnceAndEndsAfterFiveGoodOnes() {
        plays(thermometer, "sensor-implausible", """
                00:00:00 t 20
                00:01:00 t 85
                  -> health.implausible BEGIN t 4.1 | Thermometer t reports 85 °C; it can only be from -40 °C to 60 °C.
                00:02:00 t 85
                00:03:00 t 20
                00:04:00 t 20
                00:05:00 t -80
                00:06:00 .. 00:09:00 every 60s t 20
                00:10:00 t 20
                  -> health.implausible END t 0.0 | Thermometer t reports plausible values again: 20 °C.
                """);
    }

    @Test
    void implausibleReadingsOutOfOrderOrOfBadQualityWeighNothing() {
        plays(thermometer, "sensor-implausible", """
                00:01:00 t 20
                00:02:00 t 85 at 00:00:30
                00:03:00 t 85 bad
                """);
    }
}
