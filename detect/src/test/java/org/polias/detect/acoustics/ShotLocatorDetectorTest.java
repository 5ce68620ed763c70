// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.detect.DetectorBank;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.city.CalendarEntry;
import org.polias.model.city.CalendarKind;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.city.SensorKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ShotLocatorDetectorTest {

    private static final Offset SOURCE = new Offset(-85, 120);
    private static final Offset ELSEWHERE = new Offset(150, -100);
    private static final Map<String, Offset> EARS = ears();

    private static Map<String, Offset> ears() {
        double[][] places = {
            {-300, -280}, {310, -250}, {280, 330}, {-290, 300}, {20, 40}, {30, -310}, {-320, 10}, {330, 20}
        };
        Map<String, Offset> ears = new LinkedHashMap<>();
        for (int i = 0; i < places.length; i++) {
            ears.put("ear-" + i, new Offset(places[i][0], places[i][1]));
        }
        return ears;
    }

    private static TestSite site() {
        TestSite site = new TestSite();
        EARS.forEach((id, place) -> site.ear(id, place.east_m(), place.north_m()));
        return site;
    }

    private static Sounds sounds(TestSite site) {
        return new Sounds(site.definition(), EARS, "shot-locator");
    }

    private static Sounds sounds() {
        return sounds(site());
    }

    private static double error_m(Detection detection, Offset truth) {
        return new LocalFrame(TestSite.ORIGIN)
                .toOffset(detection.place().position())
                .minus(truth)
                .length_m();
    }

    private static Detection last(List<Detection> detections, DetectionType type) {
        return detections.stream()
                .filter(each -> each.type() == type && each.phase() != Phase.END)
                .toList()
                .getLast();
    }

    @Test
    void theFirstMicrophoneIsClaimedAtOnceAndEachFurtherOneRefines() {
        List<String> told =
                sounds().at(10, SOURCE, SoundClass.GUNSHOT, 0.8).until(25).told();
        assertThat(told.getFirst())
                .isEqualTo(
                        "10.44 -> acoustic.gunshot BEGIN stadium 3.9 | A shot heard by the microphone at Thing ear-4, somewhere within 506 m.");
        assertThat(told.get(1)).contains("UPDATE stadium 5.6 | A shot heard by 2 microphones, somewhere along a curve");
        assertThat(told.get(2)).contains("3 microphones, located to").contains("without a check");
        assertThat(told.get(told.size() - 2)).contains("A shot heard by 7 microphones, located to");
        assertThat(told.getLast()).endsWith("END stadium 0.0 | A shot; the last was 12 s ago.");
    }

    @Test
    void itsPlaceIsTheLocatedOneAndTheEllipseHoldsIt() {
        List<Detection> detections =
                sounds().at(10, SOURCE, SoundClass.GUNSHOT, 0.8).detections();
        Detection located = detections.getLast();
        assertThat(error_m(located, SOURCE)).isLessThan(5);
        assertThat(located.place().covariance().ellipse95().major_m()).isBetween(1.0, 15.0);
        assertThat(located.evidence()).hasSize(7);
        assertThat(located.measures())
                .containsEntry("microphones", 7.0)
                .containsEntry("sounds", 1.0)
                .containsEntry("weapons", 1.0)
                .doesNotContainKey("calendar_log_odds");
    }

    @Test
    void aBurstIsOneConditionWithItsNumberAndRate() {
        Sounds sounds = sounds();
        for (int k = 0; k < 5; k++) {
            sounds.at(10 + 0.1 * k, SOURCE, SoundClass.GUNSHOT, 0.8);
        }
        List<Detection> detections = sounds.until(25).detections();
        assertThat(detections).filteredOn(each -> each.phase() == Phase.BEGIN).hasSize(1);
        Detection whole = last(detections, DetectionType.GUNSHOT);
        assertThat(whole.measures()).containsEntry("sounds", 5.0).containsEntry("weapons", 1.0);
        assertThat(whole.measures().get("rate_per_min")).isCloseTo(600, within(30.0));
        assertThat(whole.summary()).startsWith("5 shots in 0.4 s heard by 8 microphones, located to");
    }

    @Test
    void shotsThatFollowWithinTheQuietTimeGoOnBeingOneCondition() {
        Sounds sounds = sounds();
        for (int k = 0; k < 4; k++) {
            sounds.at(10 + 6 * k, SOURCE, SoundClass.GUNSHOT, 0.8);
        }
        List<Detection> detections = sounds.until(60).detections();
        assertThat(detections).filteredOn(each -> each.phase() == Phase.BEGIN).hasSize(1);
        assertThat(last(detections, DetectionType.GUNSHOT).measures()).containsEntry("sounds", 4.0);
        assertThat(detections.getLast().phase()).isEqualTo(Phase.END);
    }

    @Test
    void twoShootersAtTwoPlacesAreTwoConditions() {
        List<Detection> detections = sounds().at(10, SOURCE, SoundClass.GUNSHOT, 0.8)
                .at(10.3, ELSEWHERE, SoundClass.GUNSHOT, 0.9)
                .at(13, SOURCE, SoundClass.GUNSHOT, 0.8)
                .detections();
        assertThat(detections).extracting(Detection::subject).contains("stadium", "stadium/2");
        Detection here = detections.stream()
                .filter(each -> error_m(each, SOURCE) < 8)
                .toList()
                .getLast();
        Detection there = detections.stream()
                .filter(each -> error_m(each, ELSEWHERE) < 8)
                .toList()
                .getLast();
        assertThat(here.subject()).isNotEqualTo(there.subject());
        assertThat(here.measures()).containsEntry("sounds", 2.0).containsEntry("weapons", 2.0);
        assertThat(there.measures()).containsEntry("sounds", 1.0);
        assertThat(here.summary()).contains("More than one weapon.");
    }

    @Test
    void echoesAddNoShot() {
        Sounds sounds = sounds().at(10, SOURCE, SoundClass.GUNSHOT, 0.8);
        double detour = 0.05;
        for (Map.Entry<String, Offset> ear : EARS.entrySet()) {
            detour += 0.023;
            double direct = 10 + ear.getValue().minus(SOURCE).length_m() / 340.4;
            sounds.heard(ear.getKey(), direct + detour, SoundClass.GUNSHOT, 0.6, 80);
        }
        Detection whole = last(sounds.detections(), DetectionType.GUNSHOT);
        assertThat(whole.measures()).containsEntry("sounds", 1.0).containsEntry("microphones", 7.0);
        assertThat(error_m(whole, SOURCE)).isLessThan(6);
    }

    @Test
    void nineShotsAmongManyEchoesAreNineOfOneWeapon() {
        Sounds sounds = sounds();
        for (int shot = 0; shot < 9; shot++) {
            double made = 10 + 0.55 * shot;
            sounds.at(made, SOURCE, SoundClass.GUNSHOT, 0.8);
            double detour = 0.03;
            for (Map.Entry<String, Offset> ear : EARS.entrySet()) {
                detour += 0.017;
                double direct = made + ear.getValue().minus(SOURCE).length_m() / 340.4;
                sounds.heard(ear.getKey(), direct + detour, SoundClass.GUNSHOT, 0.6, 80);
            }
        }
        List<Detection> detections = sounds.until(40).detections();
        assertThat(detections).extracting(Detection::subject).containsOnly("stadium");
        assertThat(detections).filteredOn(each -> each.phase() == Phase.BEGIN).hasSize(1);
        assertThat(last(detections, DetectionType.GUNSHOT).measures())
                .containsEntry("sounds", 9.0)
                .containsEntry("weapons", 1.0);
    }

    @Test
    void whatIsProbablySomethingElseIsNotClaimed() {
        assertThat(sounds().at(10, SOURCE, SoundClass.GUNSHOT, 0.05).told()).isEmpty();
        assertThat(sounds().at(10, SOURCE, SoundClass.IMPACT, 0.9).told()).isEmpty();
        assertThat(sounds().at(10, SOURCE, SoundClass.VOICE, 0.9).told()).isEmpty();
    }

    @Test
    void anExplosionAndAFireworkAreCalledByTheirNames() {
        assertThat(sounds().at(10, SOURCE, SoundClass.EXPLOSION, 0.8).told().getLast())
                .contains("acoustic.explosion")
                .contains("An explosion heard by 7 microphones");
        assertThat(sounds().at(10, SOURCE, SoundClass.FIREWORK, 0.8).told().getLast())
                .contains("acoustic.firework")
                .contains("A firework heard by 7 microphones");
    }

    @Test
    void manyMicrophonesWeighMoreThanOneAndLessThanIndependentOnes() {
        List<Detection> detections =
                sounds().at(10, SOURCE, SoundClass.GUNSHOT, 0.2).detections();
        double one = detections.getFirst().logLikelihoodRatio();
        double eight = detections.getLast().logLikelihoodRatio();
        assertThat(eight).isGreaterThan(1.2 * one).isLessThan(one / 0.4 + 1e-9);
    }

    @Test
    void theCalendarLowersAShotThatSoundsLikeAFireworkAndSaysSo() {
        CalendarEntry permit = new CalendarEntry(
                CalendarKind.FIREWORKS,
                "Harvest festival",
                Script.EPOCH.minusSeconds(60),
                Script.EPOCH.plusSeconds(3600),
                Optional.empty());
        // Half like a shot, half like a firework, each by twelve times its share.
        Detection usual = last(ambiguous(sounds()).detections(), DetectionType.GUNSHOT);
        List<Detection> permitted = ambiguous(sounds(site().calendar(permit))).detections();
        Detection lowered = last(permitted, DetectionType.GUNSHOT);
        assertThat(lowered.measures().get("evidence"))
                .isEqualTo(usual.measures().get("evidence"));
        assertThat(lowered.measures().get("calendar_log_odds")).isLessThan(-1);
        assertThat(lowered.logLikelihoodRatio()).isLessThan(usual.logLikelihoodRatio() - 1);
        assertThat(lowered.summary()).contains("The calendar has 'Harvest festival', which takes off");
        Detection firework = last(permitted, DetectionType.FIREWORK);
        assertThat(firework.measures().get("calendar_log_odds")).isEqualTo(2.5, within(1e-9));
        assertThat(firework.summary()).contains("The calendar has 'Harvest festival', which adds 2.5.");
    }

    @Test
    void theCalendarTakesLittleOffAShotThatSoundsLikeNoFirework() {
        CalendarEntry permit = new CalendarEntry(
                CalendarKind.NEW_YEAR,
                "New Year's Eve",
                Script.EPOCH.minusSeconds(60),
                Script.EPOCH.plusSeconds(3600),
                Optional.empty());
        Detection usual = last(sounds().at(10, SOURCE, SoundClass.GUNSHOT, 0.8).detections(), DetectionType.GUNSHOT);
        Detection atNewYear = last(
                sounds(site().calendar(permit))
                        .at(10, SOURCE, SoundClass.GUNSHOT, 0.8)
                        .detections(),
                DetectionType.GUNSHOT);
        assertThat(atNewYear.logLikelihoodRatio()).isGreaterThanOrEqualTo(usual.logLikelihoodRatio() - 0.01);
    }

    private static Sounds ambiguous(Sounds sounds) {
        EARS.forEach((ear, place) -> sounds.mixed(
                ear,
                10 + place.minus(SOURCE).length_m() / 340.4,
                Map.of(SoundClass.GUNSHOT, 0.48, SoundClass.FIREWORK, 0.48, SoundClass.IMPACT, 0.04)));
        return sounds;
    }

    @Test
    void aClockThatIsWrongIsLearntAndCorrected() {
        Sounds sounds = sounds();
        DetectorBank bank = sounds.bank();
        for (int k = 0; k < 6; k++) {
            Offset source = new Offset(-150 + 60 * k, 100 - 40 * k);
            double made = 20 + 40 * k;
            EARS.forEach((ear, place) -> sounds.heard(
                    ear,
                    made + place.minus(source).length_m() / 340.4 + (ear.equals("ear-2") ? 0.2 : 0),
                    SoundClass.GUNSHOT,
                    0.8,
                    100));
        }
        sounds.until(260).told();
        ShotLocatorDetector.State state =
                (ShotLocatorDetector.State) bank.states().get("shot-locator/stadium");
        ClockTrack.Estimate wrong = state.clocks().get("ear-2").at(Script.EPOCH.plusSeconds(260), 0.002);
        assertThat(wrong.offset_s()).isCloseTo(0.2, within(0.01));
        assertThat(state.clocks()
                        .get("ear-5")
                        .at(Script.EPOCH.plusSeconds(260), 0.002)
                        .offset_s())
                .isCloseTo(0, within(0.005));
        // Now it helps to locate.
        EARS.forEach((ear, place) -> sounds.heard(
                ear,
                300 + place.minus(SOURCE).length_m() / 340.4 + (ear.equals("ear-2") ? 0.2 : 0),
                SoundClass.GUNSHOT,
                0.8,
                100));
        Detection located = sounds.detections().getLast();
        assertThat(located.evidence())
                .extracting(evidence -> evidence.datastream().value())
                .contains("ear-2");
        assertThat(located.measures().get("direct_microphones"))
                .as("none is taken for an echo")
                .isEqualTo(located.measures().get("microphones"))
                .isGreaterThanOrEqualTo(7);
        assertThat(error_m(located, SOURCE)).isLessThan(6);
    }

    @Test
    void aReportThatComesTooLateIsToldByItself() {
        List<String> told = sounds().at(60, SOURCE, SoundClass.GUNSHOT, 0.8)
                .reported("ear-1", 30, 64, SoundClass.GUNSHOT, 0.8, 95)
                .told();
        assertThat(told)
                .contains(
                        "64.00 -> acoustic.gunshot MOMENT ear-1 3.9 | The microphone at Thing ear-1 heard what may be shots; its report came 34 s late, so that it is not located.");
    }

    @Test
    void windAndTemperatureOfTheSiteAreUsed() {
        TestSite site = site().thermometer("thermometer")
                .sensor("wind", SensorKind.WEATHER, ObservedProperty.WIND_SPEED, ResultKind.QUANTITY, "m/s", 60, 100)
                .sensor(
                        "vane",
                        SensorKind.WEATHER,
                        ObservedProperty.WIND_DIRECTION,
                        ResultKind.QUANTITY,
                        "deg",
                        60,
                        100);
        Detection unknown = sounds(site)
                .at(10, SOURCE, SoundClass.GUNSHOT, 0.8)
                .detections()
                .getLast();
        Detection known = sounds(site)
                .line(1, "thermometer 15.0")
                .line(1, "wind 0.5")
                .line(1, "vane 270")
                .at(10, SOURCE, SoundClass.GUNSHOT, 0.8)
                .detections()
                .getLast();
        assertThat(known.place().covariance().determinant_m4())
                .isLessThan(0.8 * unknown.place().covariance().determinant_m4());
    }
}
