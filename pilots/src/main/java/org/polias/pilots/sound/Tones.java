// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** Horns, sirens, bells, instruments and drums. */
final class Tones {

    private Tones() {}

    /** A tone with harmonics, of which the higher are weaker by {@code slope}; its frequency may follow a curve (factors). */
    private static double[] rich(int length, double f_Hz, double[] curve, double slope, int harmonics, Chance chance) {
        double[] x = new double[length];
        double[] strength = new double[harmonics + 1];
        for (int h = 1; h <= harmonics; h++) {
            strength[h] = StrictMath.pow(h, -slope) * chance.between(0.3, 1.0);
        }
        double phase = chance.uniform() * 6;
        for (int n = 0; n < length; n++) {
            double f = f_Hz * (curve.length > 0 ? curve[n] : 1);
            phase += 2 * StrictMath.PI * f / Signal.RATE_HZ;
            // sin(h a) by recurrence: one sine and one cosine for all harmonics.
            double twice = 2 * StrictMath.cos(phase);
            double last = 0;
            double now = StrictMath.sin(phase);
            double y = 0;
            for (int h = 1; h <= harmonics && h * f < 7800; h++) {
                y += strength[h] * now;
                double next = twice * now - last;
                last = now;
                now = next;
            }
            x[n] = y;
        }
        return x;
    }

    static double[] horn(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double f = chance.ratioBetween(200, 700);
        double[] steps = {1, 1.2, 1.25, 1.19, 1.5};
        int notes = chance.between(1, 3);
        double slope = chance.between(0.1, 1.0);
        int blasts = chance.between(1, 4);
        double at_s = 0;
        for (int b = 0; b < blasts && at_s < 2.9; b++) {
            double length_s = chance.ratioBetween(0.08, 2.5);
            double[] blast = new double[Signal.samples(length_s)];
            for (int i = 0; i < notes; i++) {
                Signal.add(blast, rich(blast.length, f * steps[i], new double[0], slope, 20, chance), 0, 1);
            }
            Signal.normalise(Signal.fade(blast, 0.012, 0.03));
            Signal.add(x, blast, Signal.samples(at_s), 1);
            at_s += length_s + chance.ratioBetween(0.06, 0.8);
        }
        return x;
    }

    /** Wail, yelp, or two tones. */
    static double[] siren(Chance chance) {
        int length = Signal.samples(3);
        double[] curve = new double[length];
        double low = chance.ratioBetween(300, 900);
        double ratio = chance.between(1.3, 2.4);
        int kind = chance.weighted(3, 2, 3);
        double rate_Hz =
                switch (kind) {
                    case 0 -> chance.ratioBetween(0.1, 0.6);
                    case 1 -> chance.ratioBetween(2, 6);
                    default -> chance.ratioBetween(0.4, 1.5);
                };
        double start = chance.uniform();
        for (int n = 0; n < length; n++) {
            double at = start + rate_Hz * n / Signal.RATE_HZ;
            at -= StrictMath.floor(at);
            double up = kind == 2 ? (at < 0.5 ? 0 : 1) : at < 0.5 ? 2 * at : 2 - 2 * at;
            curve[n] = kind == 2 ? 1 + (1.335 - 1) * up : StrictMath.exp(StrictMath.log(ratio) * up);
        }
        double[] x = rich(length, low, curve, chance.between(0.4, 1.6), 14, chance);
        double[] swell = Signal.wander(length, 1.5, chance);
        for (int n = 0; n < length; n++) {
            x[n] *= 1 + 0.4 * swell[n];
        }
        return x;
    }

    static double[] bell(double f_Hz, Chance chance) {
        double[] x = new double[Signal.samples(2)];
        // Hum, prime, tierce, quint, nominal and above, of a church bell.
        double[] partials = {0.5, 1, 1.2, 1.5, 2, 2.6, 3, 4};
        for (double each : partials) {
            if (each * f_Hz < 7500) {
                double[] partial = new double[x.length];
                partial[0] = 1;
                Filter.resonator(f_Hz * each * chance.between(0.99, 1.01), chance.between(0.8, 6.0) / each)
                        .apply(partial);
                Signal.add(x, Signal.normalise(partial), 0, chance.between(0.2, 1.0));
            }
        }
        return x;
    }

    private static double[] plucked(double f_Hz, double length_s, Chance chance) {
        double[] x = new double[Signal.samples(length_s)];
        int period = Math.max(2, (int) (Signal.RATE_HZ / f_Hz));
        double[] string = Signal.white(period, chance);
        double damping = chance.between(0.985, 0.999);
        for (int n = 0; n < x.length; n++) {
            int i = n % period;
            x[n] = string[i];
            string[i] = damping * 0.5 * (string[i] + string[(i + 1) % period]);
        }
        return Signal.normalise(x);
    }

    static double[] kick(Chance chance) {
        double[] x = new double[Signal.samples(0.4)];
        double from = chance.ratioBetween(90, 300);
        double to = chance.ratioBetween(38, 80);
        double fall = chance.ratioBetween(0.01, 0.06);
        double phase = 0;
        for (int n = 0; n < x.length; n++) {
            double t = (double) n / Signal.RATE_HZ;
            phase += 2 * StrictMath.PI * (to + (from - to) * StrictMath.exp(-t / fall)) / Signal.RATE_HZ;
            x[n] = StrictMath.sin(phase);
        }
        Signal.decay(x, 0, chance.ratioBetween(0.05, 0.25));
        double[] click = Signal.decay(Signal.white(200, chance), 0, 0.002);
        Signal.add(x, click, 0, chance.between(0.0, 0.3));
        return x;
    }

    static double[] snare(Chance chance) {
        double[] x = Signal.decay(Signal.white(Signal.samples(0.35), chance), 0, chance.ratioBetween(0.02, 0.09));
        Filter.highPass(chance.ratioBetween(200, 1500), 0.7).apply(x);
        Signal.normalise(x);
        double[] skin =
                Impacts.blow(0.001, chance.ratioBetween(140, 330), 0.6, 3, chance.between(0.05, 0.2), 0.2, chance);
        Signal.add(x, skin, 0, chance.between(0.2, 1.0));
        return x;
    }

    private static double[] hat(Chance chance) {
        double[] x = Signal.decay(Signal.white(Signal.samples(0.2), chance), 0, chance.ratioBetween(0.005, 0.08));
        return Signal.normalise(
                Filter.highPass(chance.ratioBetween(3000, 6000), 0.7).apply(x));
    }

    /** A bar or two by whoever plays in the street: drums, a bass, chords, a melody, each there or not. */
    static double[] music(Chance chance) {
        if (chance.happens(0.12)) {
            return bells(chance);
        }
        double[] x = new double[Signal.samples(3)];
        double beat_s = 60 / chance.between(70.0, 170.0);
        double root_Hz = chance.ratioBetween(55, 130);
        double[] scale = {1, 9.0 / 8, 5.0 / 4, 4.0 / 3, 3.0 / 2, 5.0 / 3, 15.0 / 8, 2};
        boolean drums = chance.happens(0.6);
        boolean onlyDrums = drums && chance.happens(0.2);
        if (drums) {
            double[] kick = kick(chance);
            double[] snare = snare(chance);
            double[] hat = hat(chance);
            double k = chance.between(0.3, 1.2);
            double s = chance.between(0.2, 1.2);
            double h = chance.between(0.0, 0.5);
            for (int step = 0; step * beat_s / 4 < 3; step++) {
                int at = Signal.samples(step * beat_s / 4);
                if (step % 8 == 0 || chance.happens(0.12)) {
                    Signal.add(x, kick, at, k);
                }
                if (step % 8 == 4 || chance.happens(0.06)) {
                    Signal.add(x, snare, at, s * chance.between(0.7, 1.0));
                }
                if (step % 2 == 0 || chance.happens(0.3)) {
                    Signal.add(x, hat, at, h * chance.between(0.5, 1.0));
                }
            }
        }
        if (!onlyDrums) {
            int voices = chance.between(1, 4);
            for (int v = 0; v < voices; v++) {
                double octave = StrictMath.scalb(1.0, chance.between(0, 3));
                boolean plucks = chance.happens(0.4);
                double slope = chance.between(0.5, 2.0);
                double gain = chance.between(0.2, 0.8);
                double at_s = 0;
                while (at_s < 3) {
                    double length_s = beat_s * StrictMath.scalb(1.0, chance.between(-2, 2));
                    double f = root_Hz * octave * scale[chance.between(0, 7)];
                    double[] note = plucks
                            ? plucked(f, Math.min(3, length_s * 1.5), chance)
                            : Signal.normalise(Signal.fade(
                                    rich(Signal.samples(length_s), f, new double[0], slope, 12, chance), 0.02, 0.05));
                    Signal.add(x, note, Signal.samples(at_s), gain);
                    at_s += length_s;
                }
            }
        }
        return x;
    }

    private static double[] bells(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double f = chance.ratioBetween(200, 2000);
        double interval_s = chance.ratioBetween(0.25, 2);
        double at_s = 0;
        while (at_s < 3) {
            Signal.add(
                    x,
                    bell(f * (chance.happens(0.5) ? 1 : chance.between(0.7, 1.4)), chance),
                    Signal.samples(at_s),
                    chance.between(0.5, 1.0));
            at_s += interval_s * chance.between(0.9, 1.1);
        }
        return x;
    }
}
