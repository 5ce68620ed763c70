// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** Shells with lift, whistle, burst and crackle; strings of firecrackers; single ones; cakes and fountains. */
final class Fireworks {

    private Fireworks() {}

    static double[] any(Chance chance) {
        return switch (chance.weighted(4, 3, 2, 2, 2)) {
            case 0 -> shells(chance);
            case 1 -> firecrackers(chance);
            case 2 -> crackle(Signal.samples(3), chance);
            case 3 -> whistles(chance);
            default -> show(chance);
        };
    }

    /** A shell: the mortar's thump, at times a rising tail, the burst in the air, at times crackling stars. */
    static double[] shells(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double at_s = 0;
        boolean lift = chance.happens(0.4);
        if (lift) {
            double[] thump = Blasts.friedlander(chance.ratioBetween(0.002, 0.01));
            Signal.add(x, thump, 0, chance.between(0.2, 0.8));
            if (chance.happens(0.5)) {
                double[] tail = whistle(chance.between(0.5, 1.4), chance);
                Signal.add(x, tail, Signal.samples(0.05), chance.ratioBetween(0.02, 0.2));
            }
            at_s = chance.between(0.5, 1.8);
        }
        int bursts = chance.happens(0.5) ? 1 : chance.between(2, 6);
        for (int i = 0; i < bursts; i++) {
            burst(x, at_s, chance);
            at_s += chance.ratioBetween(0.1, 1.5);
        }
        return x;
    }

    /** One burst, and at times its stars. */
    static double[] burst(Chance chance) {
        double[] x = new double[Signal.samples(2.5)];
        burst(x, 0, chance);
        return x;
    }

    private static void burst(double[] x, double at_s, Chance chance) {
        double[] bang = new double[Signal.samples(0.25)];
        // A shell tears unevenly: a few breaks within milliseconds.
        int breaks = chance.between(1, 4);
        double tau_s = chance.ratioBetween(0.0008, 0.006);
        for (int i = 0; i < breaks; i++) {
            Signal.add(
                    bang,
                    Blasts.friedlander(tau_s * chance.between(0.7, 1.3)),
                    i == 0 ? 0 : Signal.samples(chance.between(0.0, 0.02)),
                    chance.between(0.4, 1.0));
        }
        double[] roar = Signal.decay(Signal.white(bang.length, chance), 0, chance.ratioBetween(0.01, 0.08));
        Filter.lowPass(chance.ratioBetween(400, 4000), 0.6).apply(roar);
        Signal.add(bang, roar, 0, chance.ratioBetween(0.05, 0.6));
        Signal.add(x, bang, Signal.samples(at_s), chance.between(0.5, 1.0));
        if (chance.happens(0.5)) {
            double[] stars = crackle(Signal.samples(chance.between(0.5, 2.0)), chance);
            Signal.add(
                    x,
                    Signal.normalise(stars),
                    Signal.samples(at_s + chance.between(0.05, 0.7)),
                    chance.ratioBetween(0.03, 0.6));
        }
    }

    /** Hundreds of tiny pops. */
    static double[] crackle(int length, Chance chance) {
        double[] x = new double[length];
        double rate = chance.ratioBetween(25, 350);
        double tau_s = chance.ratioBetween(0.00008, 0.0005);
        double[] pop = Blasts.friedlander(tau_s);
        double seconds = (double) length / Signal.RATE_HZ;
        double at_s = 0;
        while (at_s < seconds) {
            double swell = StrictMath.sin(StrictMath.PI * at_s / seconds);
            double size = chance.uniform();
            Signal.add(x, pop, Signal.samples(at_s), (0.2 + swell) * size * size * (chance.happens(0.5) ? 1 : -1));
            at_s -= StrictMath.log(1 - chance.uniform()) / rate;
        }
        return x;
    }

    /** A string, or a handful that go off as they like; each a sharp little blast. */
    static double[] firecrackers(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double tau_s = chance.ratioBetween(0.00015, 0.0012);
        boolean single = chance.happens(0.15);
        double rate = chance.ratioBetween(1.5, 40);
        double at_s = 0;
        do {
            double[] crack = new double[Signal.samples(0.04)];
            Signal.add(crack, Blasts.friedlander(tau_s * chance.ratioBetween(0.7, 1.4)), 0, 1);
            double[] gas = Signal.decay(Signal.white(crack.length, chance), 0, chance.ratioBetween(0.0008, 0.005));
            Signal.add(crack, gas, 0, chance.ratioBetween(0.05, 0.4));
            // Random intervals and sizes: that is what tells it from a weapon.
            Signal.add(x, crack, Signal.samples(at_s), chance.ratioBetween(0.15, 1));
            at_s -= StrictMath.log(1 - chance.uniform()) / rate;
        } while (at_s < 3 && !single);
        return x;
    }

    /** A whistling composition: a tone that glides, rough and rich. */
    static double[] whistle(double length_s, Chance chance) {
        int length = Signal.samples(length_s);
        double from_Hz = chance.ratioBetween(900, 4500);
        double to_Hz = from_Hz * chance.ratioBetween(0.4, 1.6);
        double[] vibrato = Signal.wander(length, chance.between(5.0, 40.0), chance);
        double depth = chance.between(0.0, 0.04);
        int harmonics = chance.between(1, 3);
        double noise = chance.between(0.0, 0.5);
        double[] x = new double[length];
        double phase = 0;
        for (int n = 0; n < length; n++) {
            double f = from_Hz + (to_Hz - from_Hz) * n / length;
            phase += 2 * StrictMath.PI * f * (1 + depth * vibrato[n]) / Signal.RATE_HZ;
            double y = 0;
            for (int h = 1; h <= harmonics; h++) {
                if (f * h < 7500) {
                    y += StrictMath.sin(h * phase) / h;
                }
            }
            x[n] = y * (1 + noise * chance.noise());
        }
        return Signal.normalise(Signal.fade(x, 0.03, 0.1));
    }

    private static double[] whistles(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        int count = chance.between(1, 5);
        for (int i = 0; i < count; i++) {
            double at_s = i == 0 ? 0 : chance.between(0.0, 2.0);
            double length_s = chance.between(0.4, 1.8);
            Signal.add(x, whistle(length_s, chance), Signal.samples(at_s), chance.between(0.3, 1.0));
            if (chance.happens(0.6)) {
                burst(x, at_s + length_s, chance);
            }
        }
        return x;
    }

    /** Many things at once, with the crowd that watches. */
    private static double[] show(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double rate = chance.ratioBetween(1, 10);
        double at_s = 0;
        while (at_s < 3) {
            burst(x, at_s, chance);
            at_s -= StrictMath.log(1 - chance.uniform()) / rate;
        }
        if (chance.happens(0.5)) {
            Signal.normalise(x);
            Signal.add(x, Signal.normalise(crackle(x.length, chance)), 0, chance.ratioBetween(0.05, 0.5));
        }
        if (chance.happens(0.3)) {
            Signal.normalise(x);
            Signal.add(x, Signal.normalise(Voices.crowd(chance)), 0, chance.ratioBetween(0.03, 0.3));
        }
        return x;
    }
}
