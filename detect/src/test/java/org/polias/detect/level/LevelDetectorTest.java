// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.level;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.city.SiteDefinition;

import static org.assertj.core.api.Assertions.assertThat;

class LevelDetectorTest {

    private static void plays(SiteDefinition site, String text) {
        assertThat(Script.of(site, "level").play(text)).isEqualTo(text);
    }

    private static SiteDefinition ammonia() {
        return new TestSite().ammonia("nh3").set("level", "rateRaise", "1000").definition();
    }

    @Test
    void ammoniaAboveItsLimitBeginsGrowsAndEndsWithHysteresis() {
        plays(ammonia(), """
                00:00:00 nh3 2
                00:00:10 nh3 29.9
                00:00:20 nh3 31
                  -> chemical.level BEGIN nh3 3.7 | Datastream nh3 is 31 ppm (AEGL-1), above the limit of 30 ppm.
                00:00:30 nh3 35
                00:00:40 nh3 60
                  -> chemical.level UPDATE nh3 5.2 | Datastream nh3 is 60 ppm (AEGL-1), above the limit of 30 ppm.
                00:00:50 nh3 230
                  -> chemical.level UPDATE nh3 5.2 | Datastream nh3 is 230 ppm (AEGL-2), above the limit of 30 ppm.
                00:01:00 nh3 29
                  -> chemical.level UPDATE nh3 3.4 | Datastream nh3 is 29 ppm, not yet clear of the limit of 30 ppm.
                00:01:10 nh3 25
                00:01:20 nh3 23
                  -> chemical.level END nh3 0.0 | Datastream nh3 is back at 23 ppm; the limit is 30 ppm.
                00:01:30 nh3 29
                """);
    }

    @Test
    void anotherExposureLevelIsAlwaysReported() {
        plays(ammonia(), """
                00:00:00 nh3 200
                  -> chemical.level BEGIN nh3 5.2 | Datastream nh3 is 200 ppm (AEGL-1), above the limit of 30 ppm.
                00:00:10 nh3 225
                  -> chemical.level UPDATE nh3 5.2 | Datastream nh3 is 225 ppm (AEGL-2), above the limit of 30 ppm.
                """);
    }

    @Test
    void aValueMustHoldToCount() {
        SiteDefinition site = new TestSite()
                .thermometer("t")
                .set("level", "raise", "40", "usual", "20", "clear", "38", "hold", "2min")
                .definition();
        plays(site, """
                00:00:00 t 41
                00:01:00 t 39
                00:02:00 t 41
                00:03:00 t 42
                00:04:00 t 41
                  -> environment.level BEGIN t 3.7 | Thermometer t is 41 °C, above the limit of 40 °C.
                00:05:00 t 37
                00:06:00 t 37
                00:07:00 t 41
                00:08:00 t 37
                00:09:00 t 37
                00:10:00 t 37
                  -> environment.level END t 0.0 | Thermometer t is back at 37 °C; the limit is 40 °C.
                """);
    }

    @Test
    void theUnsafeSideMayBeBelow() {
        SiteDefinition site = new TestSite()
                .thermometer("t")
                .set("level", "side", "below", "raise", "-5", "usual", "15", "clear", "-3")
                .definition();
        plays(site, """
                00:00:00 t -4
                00:01:00 t -6
                  -> environment.level BEGIN t 3.7 | Thermometer t is -6 °C, below the limit of -5 °C.
                00:02:00 t -4
                00:03:00 t -2
                  -> environment.level END t 0.0 | Thermometer t is back at -2 °C; the limit is -5 °C.
                """);
    }

    @Test
    void nothingIsWatchedWhereNoLimitIsSet() {
        plays(new TestSite().thermometer("t").definition(), """
                00:00:00 t 1000
                """);
    }

    @Test
    void aRisingGasIsReportedBeforeItReachesItsLimit() {
        plays(new TestSite().ammonia("nh3").definition(), """
                00:00:00 .. 00:02:00 every 10s nh3 2
                00:02:10 nh3 4
                00:02:20 nh3 6
                00:02:30 nh3 8
                00:02:40 nh3 10
                00:02:50 nh3 12
                00:03:00 nh3 14
                00:03:10 nh3 16
                00:03:20 nh3 18
                  -> chemical.rate BEGIN nh3 3.6 | Datastream nh3 changes by +10.14 ppm a minute, now 18 ppm.
                00:03:30 nh3 20
                00:03:40 .. 00:06:00 every 10s nh3 20
                  -> chemical.rate END nh3 0.0 | Datastream nh3 changes by only +4 ppm a minute now, at 20 ppm.
                """);
    }

    @Test
    void aFallingGasIsNoAlarmButAFallingTemperatureIs() {
        plays(new TestSite().ammonia("nh3").definition(), """
                00:00:00 nh3 29
                00:00:20 nh3 24
                00:00:40 nh3 19
                00:01:00 nh3 14
                00:01:20 nh3 9
                00:01:40 nh3 4
                00:02:00 nh3 0
                """);
        plays(
                new TestSite()
                        .thermometer("t")
                        .set("level", "rateRaise", "2", "rateWindow", "10min")
                        .definition(),
                """
                00:00:00 t 20
                00:01:00 t 17
                00:02:00 t 14
                00:03:00 t 11
                00:04:00 t 8
                00:05:00 t 5
                  -> environment.rate BEGIN t 5.0 | Thermometer t changes by -3 °C a minute, now 5 °C.
                """);
    }

    @Test
    void oneWildSampleDoesNotMoveTheTrend() {
        plays(new TestSite().ammonia("nh3").set("level", "raise", "1000").definition(), """
                00:00:00 .. 00:01:00 every 10s nh3 2
                00:01:10 nh3 500
                00:01:20 .. 00:03:00 every 10s nh3 2
                """);
    }

    @Test
    void readingsOutOfOrderAndOfBadQualityDisturbNothing() {
        plays(ammonia(), """
                00:00:10 nh3 2
                00:00:20 nh3 500 at 00:00:05
                00:00:30 nh3 500 bad
                00:00:40 nh3 31
                  -> chemical.level BEGIN nh3 3.7 | Datastream nh3 is 31 ppm (AEGL-1), above the limit of 30 ppm.
                00:00:50 nh3 1 at 00:00:35
                00:01:00 nh3 31
                """);
    }

    @Test
    void theTrendOfALineIsItsSlope() {
        List<Trend.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            samples.add(new Trend.Sample(Instant.ofEpochSecond(i * 6L), 3 + 0.7 * i));
        }
        Trend trend = Trend.of(samples);
        assertThat(trend.perMinute()).isCloseTo(7, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(trend.error()).isLessThan(1e-9);
    }

    @Test
    void aWindowKeepsNoMoreSamplesThanItHasStepsHoweverOftenIsReported() {
        List<Trend.Sample> samples = List.of();
        for (int i = 0; i < 10_000; i++) {
            samples = Trend.add(samples, Instant.ofEpochMilli(i * 50L), i, 120);
        }
        assertThat(samples).hasSizeBetween(Trend.STEPS - 1, Trend.STEPS + 1);
    }
}
