// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.polias.perceive.acoustics.Sounds.Colour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Levels are those of the blast's peak over the noise's root mean square. */
class OnsetPickerTest {

    private static final int NOISE = 1440;
    private static final double NOISE_RMS = 0.01;
    private static final int TRIALS = 300;

    private final OnsetPicker picker = new OnsetPicker(3000);

    @Test
    void theDeviationMeansWhatItSays() {
        for (Colour colour : Colour.values()) {
            for (double snr_dB : new double[] {20, 26, 34, 46}) {
                Pulls pulls = pulls(colour, snr_dB);
                assertThat(pulls.missed).as("missed, %s %s dB", colour, snr_dB).isZero();
                assertThat(pulls.rms()).as("pulls, %s %s dB", colour, snr_dB).isBetween(0.5, 1.3);
                assertThat(pulls.beyondThree())
                        .as("beyond three sigma, %s %s dB", colour, snr_dB)
                        .isLessThan(0.02);
                assertThat(pulls.worst_s).as("%s %s dB", colour, snr_dB).isLessThan(0.002);
            }
        }
    }

    @Test
    void faintBlastsAreNeverWorseThanTheTriggersFramesAndMostlyMuchBetter() {
        Pulls pulls = pulls(Colour.WHITE, 16);
        assertThat(pulls.missed).isLessThan(TRIALS / 20);
        assertThat(pulls.rms()).isBetween(0.3, 1.3);
        assertThat(pulls.worst_s).isLessThan(0.002);
    }

    @Test
    void aLouderEchoIsNotTheFirstArrival() {
        SplittableRandom random = new SplittableRandom(8);
        for (int trial = 0; trial < 50; trial++) {
            float[] x = Sounds.noise(0.18, NOISE_RMS, Colour.PINK, random.nextLong());
            double at_s = 0.12 + random.nextDouble(0.01);
            Sounds.addBlast(x, at_s, 0.2, 0.0002, 0.0015);
            // The trigger may well have seen only the second one.
            Sounds.addBlast(x, at_s + random.nextDouble(0.002, 0.04), 0.8, 0.0002, 0.002);
            picker.pick(x, NOISE, x.length, 2600);
            assertThat(picker.onset() / Sounds.RATE).isCloseTo(at_s, within(0.0005));
        }
    }

    @Test
    void aSharpOnsetIsKnownToLessThanASample() {
        double sum = 0;
        for (int i = 0; i < 32; i++) {
            float[] x = Sounds.noise(0.17, 0.0001, Colour.WHITE, i);
            double at_s = 0.15 + i / 32.0 / Sounds.RATE;
            Sounds.addBlast(x, at_s, 0.5, 0.00015, 0.002);
            picker.pick(x, NOISE, x.length, 2400);
            double error = picker.onset() - at_s * Sounds.RATE;
            sum += error * error;
        }
        assertThat(Math.sqrt(sum / 32)).isLessThan(0.35);
    }

    @Test
    void whereNothingStandsOutTheTriggersTimeIsTaken() {
        for (float[] x : new float[][] {Sounds.noise(0.17, NOISE_RMS, Colour.PINK, 9), Sounds.silence(0.17)}) {
            picker.pick(x, NOISE, x.length, 2400);
            assertThat(picker.isPicked()).isFalse();
            assertThat(picker.onset()).isEqualTo(2400);
            assertThat(picker.sigma_s()).isEqualTo(OnsetPicker.UNPICKED_S);
        }
    }

    @Test
    void anOnsetOutOfDigitalSilenceIsExact() {
        float[] x = Sounds.silence(0.17);
        Sounds.addBlast(x, 0.1501, 0.5, 0.00005, 0.002);
        picker.pick(x, NOISE, x.length, 2400);
        assertThat(picker.isPicked()).isTrue();
        assertThat(picker.onset() / Sounds.RATE).isCloseTo(0.1501, within(0.0001));
    }

    /** Blasts of random rise, length and place, with up to three echoes that come later and may be louder. */
    private Pulls pulls(Colour colour, double snr_dB) {
        SplittableRandom random = new SplittableRandom(7);
        Pulls pulls = new Pulls();
        for (int trial = 0; trial < TRIALS; trial++) {
            float[] x = Sounds.noise(0.17, NOISE_RMS, colour, random.nextLong());
            double rise_s = Math.pow(10, random.nextDouble(-4.6, -3));
            double phase_s = Math.pow(10, random.nextDouble(-3.2, -2.3));
            double at_s = 0.15 + random.nextDouble(0.008);
            double amplitude = NOISE_RMS * Math.pow(10, snr_dB / 20);
            Sounds.addBlast(x, at_s, amplitude, rise_s, phase_s);
            for (int echo = random.nextInt(4); echo > 0; echo--) {
                double louder = random.nextDouble(0.2, 1.4);
                Sounds.addBlast(x, at_s + random.nextDouble(0.003, 0.02), amplitude * louder, rise_s * 1.5, phase_s);
            }
            picker.pick(x, NOISE, x.length, 2400);
            pulls.add(picker, at_s);
        }
        return pulls;
    }

    private static final class Pulls {
        int count;
        int missed;
        int wild;
        double sumOfSquares;
        double worst_s;

        void add(OnsetPicker picker, double at_s) {
            if (!picker.isPicked()) {
                missed++;
                return;
            }
            double error_s = picker.onset() / Sounds.RATE - at_s;
            double pull = error_s / picker.sigma_s();
            count++;
            wild += Math.abs(pull) > 3 ? 1 : 0;
            sumOfSquares += pull * pull;
            worst_s = Math.max(worst_s, Math.abs(error_s));
        }

        double rms() {
            return Math.sqrt(sumOfSquares / count);
        }

        double beyondThree() {
            return (double) wild / count;
        }
    }
}
