// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** Voices by source and filter: pulses of the glottis or a throat, through the resonances of a mouth. */
final class Voices {

    /** First three formants of vowels of a grown man, Hz (Peterson and Barney 1952). */
    private static final double[][] VOWELS = {
        {270, 2290, 3010}, {390, 1990, 2550}, {530, 1840, 2480}, {660, 1720, 2410}, {730, 1090, 2440},
        {570, 840, 2410}, {440, 1020, 2240}, {300, 870, 2240}, {640, 1190, 2390}, {490, 1350, 1690}
    };

    private Voices() {}

    /**
     * A sound of a throat.
     *
     * @param from_Hz pitch at its begin
     * @param peak_Hz pitch in its middle
     * @param to_Hz pitch at its end
     * @param rough how unsteady pitch and strength are, 0 to 1
     * @param breath how much noise is in it
     * @param tract how much shorter than a grown man's the throat is, as a factor on the formants
     */
    static double[] call(
            double length_s,
            double from_Hz,
            double peak_Hz,
            double to_Hz,
            double rough,
            double breath,
            double tract,
            double[] vowel,
            Chance chance) {
        int length = Math.max(64, Signal.samples(length_s));
        double[] x = new double[length];
        double[] jitter = Signal.wander(length, 60 + 90 * rough, chance);
        double[] shimmer = Signal.wander(length, 40 + 60 * rough, chance);
        double vibrato_Hz = chance.between(4.0, 7.0);
        double vibrato = chance.between(0.0, 0.02);
        double phase = 0;
        double tilt = chance.between(0.15, 0.6);
        for (int n = 0; n < length; n++) {
            double at = (double) n / length;
            double f = at < 0.4
                    ? from_Hz + (peak_Hz - from_Hz) * at / 0.4
                    : peak_Hz + (to_Hz - peak_Hz) * (at - 0.4) / 0.6;
            f *= 1
                    + 0.12 * rough * jitter[n]
                    + vibrato * StrictMath.sin(2 * StrictMath.PI * vibrato_Hz * n / Signal.RATE_HZ);
            phase += f / Signal.RATE_HZ;
            phase -= StrictMath.floor(phase);
            // A saw with a rounded edge, against aliases.
            double edge = f / Signal.RATE_HZ;
            double saw = 2 * phase - 1;
            if (phase < edge) {
                double d = phase / edge;
                saw -= d + d - d * d - 1;
            } else if (phase > 1 - edge) {
                double d = (phase - 1) / edge;
                saw -= d * d + d + d + 1;
            }
            x[n] = saw * (1 + 0.8 * rough * shimmer[n]) + breath * chance.noise();
        }
        Filter.onePole(400 + 3000 * tilt).apply(x);
        double[] y = new double[length];
        for (int i = 0; i < 3; i++) {
            double[] formant = x.clone();
            double f = vowel[i] * tract * chance.between(0.92, 1.08);
            if (f < 7500) {
                Filter.bandPass(f, f / (60 + 0.05 * f)).apply(formant);
                Signal.add(y, formant, 0, 1.0 / (1 + 0.6 * i));
            }
        }
        Signal.add(y, x, 0, 0.08);
        return Signal.normalise(Signal.fade(y, Math.min(0.04, length_s * 0.2), Math.min(0.12, length_s * 0.4)));
    }

    static double[] speech(Chance chance) {
        return speech(3, chance);
    }

    /** Talk, shouts, laughter: syllables with consonants between them. */
    static double[] speech(double length_s, Chance chance) {
        double[] x = new double[Signal.samples(length_s)];
        boolean child = chance.happens(0.4);
        double pitch_Hz = child ? chance.ratioBetween(220, 520) : chance.ratioBetween(85, 260);
        double tract = child ? chance.between(1.2, 1.5) : chance.between(0.95, 1.2);
        double rough = chance.between(0.05, 0.4);
        boolean laughs = chance.happens(0.15);
        double effort = chance.happens(0.3) ? chance.between(1.2, 1.9) : 1;
        double at_s = 0;
        while (at_s < length_s) {
            double syllable_s = laughs ? chance.between(0.08, 0.14) : chance.ratioBetween(0.07, effort > 1 ? 0.7 : 0.3);
            double f = pitch_Hz * effort * chance.between(0.8, 1.25);
            double[] call = call(
                    syllable_s,
                    f * chance.between(0.9, 1.1),
                    f * chance.between(0.95, 1.2),
                    f * chance.between(0.75, 1.05),
                    rough,
                    chance.between(0.02, 0.3),
                    tract,
                    VOWELS[chance.between(0, VOWELS.length - 1)],
                    chance);
            if (!laughs && chance.happens(0.5)) {
                double[] consonant = Signal.white(Signal.samples(chance.ratioBetween(0.01, 0.12)), chance);
                Filter.bandPass(chance.ratioBetween(1200, 6500), 1.2).apply(consonant);
                Signal.fade(consonant, 0.004, 0.01);
                Signal.add(x, Signal.normalise(consonant), Signal.samples(at_s), chance.ratioBetween(0.03, 0.4));
                at_s += consonant.length / (double) Signal.RATE_HZ;
            }
            Signal.add(x, call, Signal.samples(at_s), chance.between(0.4, 1.0));
            at_s += syllable_s
                    + (laughs ? chance.between(0.05, 0.12) : chance.happens(0.2) ? chance.between(0.1, 0.6) : 0.01);
        }
        return x;
    }

    /** High, rough and long. */
    static double[] scream(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double pitch_Hz = chance.ratioBetween(450, 1900);
        double rough = chance.between(0.2, 1.0);
        double tract = chance.between(1.0, 1.45);
        int count = chance.between(1, 4);
        double at_s = 0;
        for (int i = 0; i < count && at_s < 2.8; i++) {
            double length_s = chance.ratioBetween(0.35, 2.2);
            double f = pitch_Hz * chance.between(0.85, 1.15);
            double[] call = call(
                    length_s,
                    f * chance.between(0.6, 1.0),
                    f,
                    f * chance.between(0.5, 1.0),
                    rough,
                    chance.between(0.05, 0.6),
                    tract,
                    VOWELS[chance.happens(0.6) ? 4 : 3],
                    chance);
            // Roughness between 30 and 150 Hz is what makes a scream alarming (Arnal et al. 2015).
            double rate = chance.between(30.0, 150.0);
            double depth = rough * 0.6;
            for (int n = 0; n < call.length; n++) {
                call[n] *= 1 + depth * StrictMath.sin(2 * StrictMath.PI * rate * n / Signal.RATE_HZ);
            }
            Signal.add(x, call, Signal.samples(at_s), chance.between(0.6, 1.0));
            at_s += length_s + chance.between(0.05, 0.6);
        }
        return x;
    }

    /** Many voices, cheering or murmuring; applause. */
    static double[] crowd(Chance chance) {
        int length = Signal.samples(3);
        double[] x = new double[length];
        boolean applause = chance.happens(0.4);
        if (!applause || chance.happens(0.3)) {
            int voices = chance.between(4, 12);
            for (int i = 0; i < voices; i++) {
                double[] one = speech(3, chance);
                Signal.add(x, one, -chance.between(0, 8000), chance.ratioBetween(0.2, 1));
            }
            double[] mass = Signal.white(length, chance);
            Filter.bandPass(chance.ratioBetween(500, 1400), 0.7).apply(mass);
            double[] swell = Signal.wander(length, 2, chance);
            for (int n = 0; n < length; n++) {
                mass[n] *= 1 + 0.5 * swell[n];
            }
            Signal.normalise(x);
            Signal.add(x, Signal.normalise(mass), 0, chance.ratioBetween(0.1, 2));
        }
        if (applause) {
            Signal.normalise(x);
            double[] hands = new double[length];
            double rate = chance.ratioBetween(20, 400);
            double at_s = 0;
            double[] clap = Signal.decay(Signal.white(Signal.samples(0.03), chance), 0, 0.004);
            Filter.bandPass(chance.ratioBetween(900, 2200), 0.7).apply(clap);
            while (at_s < 3) {
                Signal.add(
                        hands,
                        clap,
                        Signal.samples(at_s),
                        chance.ratioBetween(0.2, 1) * (chance.happens(0.5) ? 1 : -1));
                at_s -= StrictMath.log(1 - chance.uniform()) / rate;
            }
            Signal.add(x, Signal.normalise(hands), 0, 1);
        }
        return x;
    }

    /** Barks, cries and songs of animals. */
    static double[] animal(Chance chance) {
        return switch (chance.weighted(6, 3, 2)) {
            case 0 -> barks(chance);
            case 1 -> song(chance);
            default -> {
                double[] x = new double[Signal.samples(3)];
                double f = chance.ratioBetween(80, 900);
                double[] call = call(
                        chance.between(0.3, 2.0),
                        f * chance.between(0.6, 1.2),
                        f,
                        f * chance.between(0.5, 1.1),
                        chance.uniform(),
                        chance.between(0.0, 0.8),
                        chance.between(0.6, 1.6),
                        VOWELS[chance.between(0, 9)],
                        chance);
                Signal.add(x, call, 0, 1);
                yield x;
            }
        };
    }

    /** A dog: short, rough, harmonic, with a sudden begin. */
    static double[] barks(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double pitch_Hz = chance.ratioBetween(180, 1300);
        double length_s = chance.ratioBetween(0.06, 0.35);
        double interval_s = chance.ratioBetween(0.22, 1.4);
        double rough = chance.between(0.2, 1.0);
        double breath = chance.between(0.05, 1.0);
        double tract = chance.between(0.8, 1.7);
        double[] vowel = VOWELS[chance.between(2, 9)];
        int count = chance.between(1, 9);
        double at_s = 0;
        for (int i = 0; i < count && at_s < 2.9; i++) {
            double f = pitch_Hz * chance.between(0.92, 1.08);
            double[] bark = call(
                    length_s * chance.between(0.85, 1.15),
                    f * chance.between(0.5, 0.9),
                    f,
                    f * chance.between(0.45, 0.85),
                    rough,
                    breath,
                    tract,
                    vowel,
                    chance);
            Signal.add(x, bark, Signal.samples(at_s), chance.between(0.6, 1.0));
            at_s += interval_s * chance.between(0.7, 1.4);
        }
        return x;
    }

    /** A bird or an insect: chirps and trills. */
    private static double[] song(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double f = chance.ratioBetween(1200, 6000);
        double note_s = chance.ratioBetween(0.02, 0.4);
        double gap_s = chance.ratioBetween(0.01, 0.5);
        double at_s = 0;
        while (at_s < 3) {
            Signal.add(
                    x,
                    Fireworks.whistle(note_s * chance.between(0.7, 1.3), chance),
                    Signal.samples(at_s),
                    chance.between(0.4, 1.0));
            double[] note = new double[Signal.samples(note_s)];
            double from = f * chance.between(0.8, 1.25);
            double to = f * chance.between(0.8, 1.25);
            double phase = 0;
            for (int n = 0; n < note.length; n++) {
                phase += 2 * StrictMath.PI * (from + (to - from) * n / note.length) / Signal.RATE_HZ;
                note[n] = StrictMath.sin(phase);
            }
            Signal.add(x, Signal.fade(note, note_s * 0.2, note_s * 0.3), Signal.samples(at_s), 1);
            at_s += note_s + gap_s * chance.between(0.7, 1.4);
        }
        return x;
    }
}
