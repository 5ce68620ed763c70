// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** Solid things that meet. A body's modes, struck by a pulse whose length says how hard the surfaces are. */
final class Impacts {

    private Impacts() {}

    /**
     * One blow.
     *
     * @param contact_s how long the bodies touch
     * @param lowest_Hz the lowest mode
     * @param spread how far modes lie apart, as a ratio
     * @param decay_s the decay of the lowest mode by 60 dB; others decay sooner
     */
    static double[] blow(
            double contact_s, double lowest_Hz, double spread, int modes, double decay_s, double noise, Chance chance) {
        double[] x = new double[Signal.samples(Math.min(1.6, decay_s * 1.2 + 0.05))];
        double[] pulse = new double[Math.max(2, Signal.samples(contact_s))];
        for (int n = 0; n < pulse.length; n++) {
            double s = StrictMath.sin(StrictMath.PI * (n + 0.5) / pulse.length);
            pulse[n] = s * s + noise * s * chance.noise();
        }
        double f = lowest_Hz;
        for (int i = 0; i < modes && f < 7600; i++) {
            double[] mode = new double[x.length];
            Signal.add(mode, pulse, 0, 1.0 / pulse.length);
            Filter.resonator(
                            f, Math.max(0.004, decay_s * StrictMath.pow(lowest_Hz / f, 0.7) * chance.between(0.5, 1.2)))
                    .apply(mode);
            Signal.add(x, mode, 0, chance.between(0.2, 1.0));
            f *= 1 + spread * chance.between(0.3, 1.7);
        }
        Signal.normalise(x);
        double[] click = pulse.clone();
        Filter.highPass(200, 0.7).apply(click);
        Signal.add(x, Signal.normalise(click), 0, noise);
        return x;
    }

    static double[] metal(Chance chance) {
        return blow(
                chance.ratioBetween(0.0002, 0.002),
                chance.ratioBetween(400, 3000),
                0.35,
                chance.between(3, 10),
                chance.ratioBetween(0.03, 1.2),
                chance.between(0.0, 0.4),
                chance);
    }

    static double[] thud(Chance chance) {
        return blow(
                chance.ratioBetween(0.001, 0.02),
                chance.ratioBetween(40, 350),
                0.5,
                chance.between(3, 9),
                chance.ratioBetween(0.03, 0.3),
                chance.between(0.0, 0.8),
                chance);
    }

    static double[] wood(Chance chance) {
        return blow(
                chance.ratioBetween(0.0005, 0.004),
                chance.ratioBetween(120, 1200),
                0.45,
                chance.between(3, 8),
                chance.ratioBetween(0.02, 0.2),
                chance.between(0.0, 0.6),
                chance);
    }

    static double[] any(Chance chance) {
        return switch (chance.weighted(4, 3, 3, 2, 2, 2, 1)) {
            case 0 -> door(chance);
            case 1 ->
                repeated(chance.between(1, 8), chance.ratioBetween(0.1, 0.6), chance.happens(0.7) ? 2 : 1, chance);
            case 2 -> drop(chance);
            case 3 -> Blasts.burstBag(chance);
            case 4 -> claps(chance);
            case 5 -> repeated(chance.between(3, 8), chance.ratioBetween(0.25, 0.8), chance.between(0, 2), chance);
            default -> rattle(chance);
        };
    }

    /** A door falls shut: air, the leaf against the frame, the latch. */
    static double[] door(Chance chance) {
        double[] x = new double[Signal.samples(2)];
        double at_s = 0;
        if (chance.happens(0.3)) {
            Signal.add(x, creak(chance), 0, chance.ratioBetween(0.03, 0.4));
            at_s = chance.between(0.2, 0.8);
        }
        int parts = chance.between(1, 3);
        for (int i = 0; i < parts; i++) {
            Signal.add(x, thud(chance), Signal.samples(at_s), i == 0 ? 1 : chance.between(0.1, 0.7));
            if (chance.happens(0.7)) {
                Signal.add(
                        x,
                        metal(chance),
                        Signal.samples(at_s + chance.between(-0.05, 0.06)),
                        chance.ratioBetween(0.05, 0.6));
            }
            at_s += chance.ratioBetween(0.015, 0.15);
        }
        if (chance.happens(0.3)) {
            double[] rattling = rattle(chance);
            Signal.add(x, Signal.normalise(rattling), Signal.samples(at_s), chance.ratioBetween(0.03, 0.3));
        }
        return x;
    }

    private static double[] repeated(int count, double interval_s, int kind, Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double[] one = kind == 0 ? thud(chance) : kind == 1 ? metal(chance) : wood(chance);
        double at_s = 0;
        for (int i = 0; i < count; i++) {
            Signal.add(x, one, Signal.samples(at_s), chance.between(0.5, 1.0));
            at_s += interval_s * chance.between(0.85, 1.15);
        }
        return x;
    }

    /** Something falls and bounces. */
    private static double[] drop(Chance chance) {
        double[] x = new double[Signal.samples(2.5)];
        int kind = chance.between(0, 2);
        double interval_s = chance.ratioBetween(0.06, 0.6);
        double gain = 1;
        double restitution = chance.between(0.35, 0.85);
        double at_s = 0;
        while (at_s < 2.4 && gain > 0.02 && interval_s > 0.004) {
            double[] one = kind == 0 ? thud(chance) : kind == 1 ? metal(chance) : wood(chance);
            Signal.add(x, one, Signal.samples(at_s), gain);
            at_s += interval_s * chance.between(0.9, 1.1);
            interval_s *= restitution;
            gain *= restitution;
        }
        return x;
    }

    private static double[] claps(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double interval_s = chance.ratioBetween(0.15, 0.9);
        int count = chance.between(1, 12);
        double f = chance.ratioBetween(700, 2500);
        double at_s = 0;
        for (int i = 0; i < count; i++) {
            double[] clap =
                    Signal.decay(Signal.white(Signal.samples(0.06), chance), 0, chance.ratioBetween(0.002, 0.01));
            Filter.bandPass(f, 0.8).apply(clap);
            Signal.add(x, Signal.normalise(clap), Signal.samples(at_s), chance.between(0.6, 1.0));
            at_s += interval_s * chance.between(0.9, 1.1);
        }
        return x;
    }

    static double[] rattle(Chance chance) {
        double[] x = new double[Signal.samples(chance.between(0.5, 3.0))];
        double rate = chance.ratioBetween(5, 60);
        double at_s = 0;
        while (at_s * Signal.RATE_HZ < x.length) {
            Signal.add(x, metal(chance), Signal.samples(at_s), chance.ratioBetween(0.1, 1));
            at_s -= StrictMath.log(1 - chance.uniform()) / rate;
        }
        return x;
    }

    private static double[] creak(Chance chance) {
        double[] x = new double[Signal.samples(chance.between(0.3, 1.0))];
        double rate = chance.ratioBetween(40, 300);
        double at = 0;
        double[] drift = Signal.wander(x.length, 4, chance);
        while (at < x.length) {
            x[(int) at] = chance.between(0.6, 1.0);
            at += Signal.RATE_HZ / (rate * (1 + 0.6 * drift[(int) at]));
        }
        Filter.bandPass(chance.ratioBetween(400, 2500), 4).apply(x);
        return Signal.normalise(Signal.fade(x, 0.05, 0.05));
    }

    /** A pane or a bottle: the blow, the crack, shards that ring as they fall. */
    static double[] glass(Chance chance) {
        double[] x = new double[Signal.samples(2.5)];
        Signal.add(x, chance.happens(0.6) ? thud(chance) : wood(chance), 0, chance.ratioBetween(0.05, 1));
        double[] crash = Signal.decay(Signal.white(Signal.samples(0.3), chance), 0, chance.ratioBetween(0.01, 0.06));
        Filter.highPass(chance.ratioBetween(1500, 4000), 0.7).apply(crash);
        Signal.add(x, crash, 0, chance.ratioBetween(0.05, 0.5));
        int shards = chance.between(8, 90);
        double spread_s = chance.ratioBetween(0.08, 1.0);
        for (int i = 0; i < shards; i++) {
            double at_s = -StrictMath.log(1 - chance.uniform()) * spread_s;
            double[] shard = blow(
                    chance.ratioBetween(0.0001, 0.0004),
                    chance.ratioBetween(1800, 6500),
                    0.3,
                    chance.between(1, 5),
                    chance.ratioBetween(0.02, 0.35),
                    0.1,
                    chance);
            Signal.add(x, shard, Signal.samples(at_s), chance.ratioBetween(0.05, 1) / (1 + at_s));
        }
        return x;
    }
}
