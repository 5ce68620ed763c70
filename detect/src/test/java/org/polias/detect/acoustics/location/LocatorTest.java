// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.polias.detect.acoustics.location.LocatedSound.Explained;
import org.polias.detect.acoustics.location.LocatedSound.Kind;
import org.polias.detect.acoustics.location.LocatedSound.Role;
import org.polias.model.place.Offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LocatorTest {

    private static final double CHI2_2_95 = 5.991;
    private static final Offset SOURCE = new Offset(-85, 120);
    private static final List<Offset> PLACES = List.of(
            new Offset(-300, -280),
            new Offset(310, -250),
            new Offset(280, 330),
            new Offset(-290, 300),
            new Offset(20, 40),
            new Offset(30, -310),
            new Offset(-320, 10),
            new Offset(330, 20));

    /** Arrivals of sounds at microphones, by still air of 15 degrees unless it is said otherwise. */
    private static final class Scene {

        final List<Microphone> microphones = new ArrayList<>();
        final List<Arrival> arrivals = new ArrayList<>();
        final SplittableRandom random = new SplittableRandom(11);
        double jitter_s = 0.003;
        double east_m_per_s;
        double north_m_per_s;
        double speed_m_per_s = 340.4;
        Air air = Air.UNKNOWN;

        Scene(int count) {
            for (int i = 0; i < count; i++) {
                microphones.add(new Microphone("m" + i, PLACES.get(i), 0, 0.001));
            }
        }

        double due_s(int microphone, Offset source, double time_s) {
            Offset way = microphones.get(microphone).place().minus(source);
            double d = way.length_m();
            return time_s + d / (speed_m_per_s + (east_m_per_s * way.east_m() + north_m_per_s * way.north_m()) / d);
        }

        Scene sound(Offset source, double time_s, int... deaf) {
            for (int m = 0; m < microphones.size(); m++) {
                int microphone = m;
                if (java.util.Arrays.stream(deaf).noneMatch(each -> each == microphone)) {
                    arrives(m, due_s(m, source, time_s));
                }
            }
            return this;
        }

        Scene arrives(int microphone, double time_s) {
            arrivals.add(new Arrival(
                    microphone,
                    time_s + jitter_s * random.nextGaussian(),
                    Math.max(jitter_s, 0.001),
                    Double.NaN,
                    Arrival.Wave.UNKNOWN));
            return this;
        }

        Located located() {
            return Locator.locate(microphones, arrivals, air, LocatorSettings.STANDARD);
        }

        LocatedSound only() {
            List<LocatedSound> sounds = located().sounds();
            assertThat(sounds).hasSize(1);
            return sounds.getFirst();
        }
    }

    private static boolean covers(LocatedSound sound, Offset truth) {
        return sound.covariance().mahalanobisSquared(truth.minus(sound.place())) < CHI2_2_95;
    }

    private static double error_m(LocatedSound sound, Offset truth) {
        return sound.place().minus(truth).length_m();
    }

    private static List<Role> roles(LocatedSound sound) {
        return sound.arrivals().stream().map(Explained::role).toList();
    }

    @Test
    void aSoundAmongManyMicrophonesIsAPoint() {
        LocatedSound sound = new Scene(8).sound(SOURCE, 100).only();
        assertThat(sound.kind()).isEqualTo(Kind.POINT);
        assertThat(error_m(sound, SOURCE)).isLessThan(6);
        assertThat(covers(sound, SOURCE)).isTrue();
        assertThat(sound.times_s().getFirst()).isCloseTo(100, within(0.03));
        assertThat(roles(sound)).containsOnly(Role.DIRECT);
        assertThat(sound.notes()).isEmpty();
    }

    @Test
    void nothingGivesNothing() {
        assertThat(new Scene(3).located().sounds()).isEmpty();
    }

    @Test
    void echoesAreRecognisedAsSuchAndDoNotMoveThePlace() {
        Scene scene = new Scene(8).sound(SOURCE, 100, 2, 5);
        scene.arrives(2, scene.due_s(2, SOURCE, 100) + 0.12).arrives(5, scene.due_s(5, SOURCE, 100) + 0.3);
        LocatedSound sound = scene.only();
        assertThat(error_m(sound, SOURCE)).isLessThan(8);
        assertThat(sound.arrivals().get(6).role()).isEqualTo(Role.ECHO);
        assertThat(sound.arrivals().get(6).residual_s()).isCloseTo(0.12, within(0.03));
        assertThat(sound.arrivals().get(7).role()).isEqualTo(Role.ECHO);
    }

    @Test
    void aClockThatIsEarlyIsNoEchoAndDoesNotMoveThePlace() {
        Scene scene = new Scene(8).sound(SOURCE, 100, 3);
        scene.arrives(3, scene.due_s(3, SOURCE, 100) - 0.2);
        Located located = scene.located();
        LocatedSound sound = located.sounds().getFirst();
        assertThat(error_m(sound, SOURCE)).isLessThan(8);
        assertThat(sound.arrivals().stream()
                        .filter(each -> each.role() == Role.DIRECT)
                        .count())
                .isEqualTo(7);
        assertThat(sound.arrivals()).noneMatch(each -> each.arrival() == 7 && each.role() != Role.UNEXPLAINED);
    }

    @Test
    void aKnownClockErrorIsTakenOff() {
        Scene scene = new Scene(8);
        scene.microphones.set(3, new Microphone("m3", PLACES.get(3), -0.2, 0.001));
        scene.sound(SOURCE, 100, 3).arrives(3, scene.due_s(3, SOURCE, 100) - 0.2);
        assertThat(roles(scene.only())).containsOnly(Role.DIRECT);
    }

    @Test
    void soundTravelsWithTheWind() {
        Scene windy = new Scene(8);
        windy.east_m_per_s = 4;
        windy.jitter_s = 0.001;
        windy.sound(SOURCE, 100);
        LocatedSound unknown = windy.only();
        windy.air = Air.UNKNOWN.withTemperature(15).withWind(4, 270);
        LocatedSound known = windy.only();
        assertThat(error_m(known, SOURCE)).isLessThan(2);
        assertThat(covers(unknown, SOURCE)).isTrue();
        assertThat(known.covariance().determinant_m4())
                .isLessThan(0.5 * unknown.covariance().determinant_m4());
    }

    @Test
    void theColderTheSlower() {
        Scene cold = new Scene(8);
        cold.speed_m_per_s = 331.3 - 0.606 * 10;
        cold.jitter_s = 0.001;
        cold.air = Air.UNKNOWN.withTemperature(-10);
        LocatedSound sound = cold.sound(SOURCE, 100).only();
        assertThat(error_m(sound, SOURCE)).isLessThan(3);
    }

    @Test
    void threeMicrophonesGiveAPointWithoutACheck() {
        LocatedSound sound = new Scene(3).sound(new Offset(60, -40), 100).only();
        assertThat(sound.kind()).isEqualTo(Kind.UNCHECKED);
        assertThat(covers(sound, new Offset(60, -40))).isTrue();
        assertThat(sound.notes().getFirst()).contains("cannot check");
        assertThat(sound.candidates().getFirst().probability()).isBetween(0.2, 0.8);
    }

    @Test
    void twoMicrophonesGiveAHyperbola() {
        Offset source = new Offset(60, -40);
        LocatedSound sound = new Scene(2).sound(source, 100).only();
        assertThat(sound.kind()).isEqualTo(Kind.BAND);
        assertThat(covers(sound, source)).isTrue();
        assertThat(sound.covariance().ellipse95().major_m()).isGreaterThan(200);
        assertThat(sound.curve())
                .anySatisfy(point -> assertThat(point.minus(source).length_m()).isLessThan(60));
        double difference = PLACES.get(0).minus(source).length_m()
                - PLACES.get(1).minus(source).length_m();
        assertThat(sound.curve())
                .allSatisfy(point -> assertThat(PLACES.get(0).minus(point).length_m()
                                - PLACES.get(1).minus(point).length_m())
                        .isCloseTo(difference, within(8.0)));
    }

    @Test
    void twoMicrophonesThatCannotHaveHeardOneSoundGiveNoHyperbola() {
        LocatedSound sound = new Scene(2).arrives(0, 100).arrives(1, 101.95).only();
        assertThat(sound.kind()).isEqualTo(Kind.AREA);
    }

    @Test
    void oneMicrophoneGivesAnAreaTheSmallerTheLouder() {
        Scene scene = new Scene(1);
        scene.arrivals.add(new Arrival(0, 100, 0.003, 125, Arrival.Wave.UNKNOWN));
        LocatedSound loud = scene.only();
        scene.arrivals.set(0, new Arrival(0, 100, 0.003, 95, Arrival.Wave.UNKNOWN));
        LocatedSound faint = scene.only();
        assertThat(loud.kind()).isEqualTo(Kind.AREA);
        assertThat(loud.covariance().determinant_m4())
                .isLessThan(0.2 * faint.covariance().determinant_m4());
    }

    @Test
    void microphonesOnALineLeaveTheSideOpen() {
        Scene scene = new Scene(0);
        for (int i = 0; i < 6; i++) {
            scene.microphones.add(new Microphone("m" + i, new Offset(-400 + 160 * i, 0), 0, 0.001));
        }
        Offset source = new Offset(60, 150);
        LocatedSound sound = scene.sound(source, 100).only();
        assertThat(sound.kind()).isEqualTo(Kind.CANDIDATES);
        assertThat(sound.candidates()).hasSize(2);
        assertThat(sound.candidates())
                .anySatisfy(each ->
                        assertThat(each.place().minus(source).length_m()).isLessThan(25))
                .allSatisfy(each -> assertThat(each.probability()).isBetween(0.3, 0.7));
        assertThat(covers(sound, source)).isTrue();
    }

    @Test
    void aBurstFromOnePlaceIsOneSourceWithItsTimes() {
        Scene scene = new Scene(8);
        for (int k = 0; k < 6; k++) {
            scene.sound(SOURCE, 100 + 0.1 * k, k % 3);
        }
        LocatedSound sound = scene.only();
        assertThat(sound.times_s()).hasSize(6);
        for (int k = 0; k < 6; k++) {
            assertThat(sound.times_s().get(k)).isCloseTo(100 + 0.1 * k, within(0.03));
        }
        assertThat(error_m(sound, SOURCE)).isLessThan(6);
    }

    @Test
    void twoShootersAtOnceAreToldApart() {
        Offset other = new Offset(150, -100);
        Located located = new Scene(8).sound(SOURCE, 100).sound(other, 100.3).located();
        assertThat(located.sounds()).hasSize(2);
        assertThat(error_m(located.sounds().getFirst(), SOURCE)).isLessThan(8);
        assertThat(error_m(located.sounds().getLast(), other)).isLessThan(8);
        assertThat(located.unexplained()).isEmpty();
    }

    @Test
    void aSourceBehindAWallIsTheReflectionOfOneBeforeIt() {
        // The wall stands 60 m north of the source: the image is 120 m further north, and sounds at the same moment.
        Offset image = new Offset(SOURCE.east_m(), SOURCE.north_m() + 120);
        Scene scene = new Scene(8).sound(SOURCE, 100);
        for (int m : new int[] {0, 1, 4, 5, 6, 7}) {
            scene.arrives(m, scene.due_s(m, image, 100));
        }
        LocatedSound sound = scene.only();
        assertThat(error_m(sound, SOURCE)).isLessThan(8);
        assertThat(sound.times_s()).hasSize(1);
    }

    @Test
    void whatBelongsToNothingIsLeftOver() {
        Scene scene = new Scene(8).sound(SOURCE, 100);
        scene.arrives(4, 99.2);
        Located located = scene.located();
        assertThat(located.sounds()).hasSize(1);
        assertThat(located.unexplained()).containsExactly(8);
    }

    @Test
    void aBulletFasterThanSoundTellsWhereItFlew() {
        Scene scene = new Scene(8).sound(SOURCE, 100);
        double azimuth = Math.toRadians(140);
        double speed = 780;
        double c = 340.4;
        for (int m = 0; m < PLACES.size(); m++) {
            Offset way = PLACES.get(m).minus(SOURCE);
            double along = way.east_m() * Math.sin(azimuth) + way.north_m() * Math.cos(azimuth);
            double beside = Math.abs(way.east_m() * Math.cos(azimuth) - way.north_m() * Math.sin(azimuth));
            if (along > beside / Math.sqrt(speed * speed / c / c - 1)) {
                double due = 100 + along / speed + beside * Math.sqrt(1 / c / c - 1 / speed / speed);
                scene.arrivals.add(new Arrival(m, due, 0.002, Double.NaN, Arrival.Wave.SHOCK));
            }
        }
        assertThat(scene.arrivals.size()).isGreaterThan(10);
        LocatedSound sound = scene.only();
        assertThat(error_m(sound, SOURCE)).isLessThan(8);
        assertThat(sound.trajectory()).hasValueSatisfying(path -> {
            assertThat(path.azimuth_deg()).isCloseTo(140, within(4.0));
            assertThat(path.speed_m_per_s()).isCloseTo(speed, within(120.0));
        });
    }

    @Test
    void aShockWaveAndItsBangAtOneMicrophoneTellHowFarOffTheMuzzleIsAtLeast() {
        // Fired straight at the microphone, the two come R (1/c - 1/v) apart: 0.4 s are some 240 m. From anywhere else
        // it is further.
        Scene scene = new Scene(1);
        scene.arrivals.add(new Arrival(0, 100.4, 0.003, Double.NaN, Arrival.Wave.BLAST));
        LocatedSound alone = scene.only();
        scene.arrivals.add(new Arrival(0, 100, 0.003, Double.NaN, Arrival.Wave.SHOCK));
        LocatedSound pair = scene.only();
        assertThat(pair.covariance().ellipse95().minor_m())
                .isGreaterThan(alone.covariance().ellipse95().minor_m());
        assertThat(pair.covariance().ellipse95().minor_m()).isGreaterThan(240);
    }

    @Test
    void theSameArrivalsInAnotherOrderGiveTheSamePlace() {
        Scene scene = new Scene(8).sound(SOURCE, 100).sound(new Offset(150, -100), 100.3);
        List<Offset> before =
                scene.located().sounds().stream().map(LocatedSound::place).toList();
        java.util.Collections.reverse(scene.arrivals);
        List<Offset> after =
                scene.located().sounds().stream().map(LocatedSound::place).toList();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).minus(before.get(i)).length_m()).isLessThan(0.01);
        }
    }

    @Test
    void aHundredArrivalsAtOneInstantAreNoDisaster() {
        Scene scene = new Scene(8);
        for (int i = 0; i < 100; i++) {
            scene.arrivals.add(Arrival.at(i % 8, 100));
        }
        assertThat(scene.located().sounds()).isNotEmpty();
    }

    @Test
    void microphonesAtOnePlaceAreNoDisaster() {
        Scene scene = new Scene(0);
        for (int i = 0; i < 5; i++) {
            scene.microphones.add(Microphone.at("m" + i, new Offset(10, 10)));
            scene.arrivals.add(Arrival.at(i, 100 + i * 0.001));
        }
        assertThat(scene.located().sounds()).isNotEmpty().allMatch(sound -> sound.kind() != Kind.POINT);
    }
}
