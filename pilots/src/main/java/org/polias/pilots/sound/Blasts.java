// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** Sudden expansions of gas: firearms, explosions, backfire, burst bags. */
final class Blasts {

    private static final int OVERSAMPLING = 8;

    private Blasts() {}

    /** Friedlander's wave p(t) = (1 - t/tau) exp(-t/tau), peak 1, of positive phase {@code tau_s}, averaged over each sample. */
    static double[] friedlander(double tau_s) {
        double[] x = new double[Math.max(4, Signal.samples(8 * tau_s))];
        for (int n = 0; n < x.length; n++) {
            double sum = 0;
            for (int k = 0; k < OVERSAMPLING; k++) {
                double t = (n + (k + 0.5) / OVERSAMPLING) / Signal.RATE_HZ / tau_s;
                sum += (1 - t) * StrictMath.exp(-t);
            }
            x[n] = sum / OVERSAMPLING;
        }
        return x;
    }

    /** The shock wave of a bullet: an N of this duration, averaged over each sample. */
    static double[] nWave(double duration_s) {
        double[] x = new double[Signal.samples(duration_s) + 2];
        for (int n = 0; n < x.length; n++) {
            double sum = 0;
            for (int k = 0; k < OVERSAMPLING; k++) {
                double t = (n + (k + 0.5) / OVERSAMPLING) / Signal.RATE_HZ / duration_s;
                sum += t < 1 ? 1 - 2 * t : 0;
            }
            x[n] = sum / OVERSAMPLING;
        }
        return x;
    }

    /**
     * What leaves the muzzle: the blast, the turbulence of the jet behind it, at times the bang of the flash, and the weapon's own clatter;
     * and what the land around gives back of it, which recorders with their automatic gain make louder than it is.
     *
     * @param tau_s the blast's positive phase
     * @param rolling how loud the land gives it back, and for how long
     */
    private record Weapon(
            double tau_s,
            double jet,
            double jet_s,
            double jet_Hz,
            double boom,
            double boom_Hz,
            double clatter,
            double rolling,
            double rolling_s,
            double rolling_Hz) {

        static Weapon any(Chance chance) {
            return new Weapon(
                    chance.ratioBetween(0.00015, 0.004),
                    chance.ratioBetween(0.05, 1.5),
                    chance.ratioBetween(0.003, 0.06),
                    chance.ratioBetween(300, 5000),
                    chance.happens(0.4) ? chance.ratioBetween(0.05, 0.8) : 0,
                    chance.ratioBetween(45, 250),
                    chance.happens(0.2) ? chance.ratioBetween(0.002, 0.04) : 0,
                    chance.happens(0.75) ? chance.ratioBetween(0.01, 0.5) : 0,
                    chance.ratioBetween(0.05, 0.6),
                    chance.ratioBetween(500, 6000));
        }

        double[] shot(Chance chance) {
            double[] x = new double[Signal.samples(rolling > 0 ? Math.max(0.35, 5 * rolling_s) : 0.35)];
            Signal.add(x, friedlander(tau_s * chance.between(0.93, 1.07)), 0, 1);
            double[] gas = Signal.white(Signal.samples(Math.min(0.3, jet_s * 6)), chance);
            Filter.bandPass(jet_Hz, 0.4).apply(gas);
            Signal.decay(gas, 0, jet_s);
            Signal.add(x, gas, Signal.samples(chance.between(0.0, 0.0015)), jet);
            if (boom > 0) {
                double[] low = new double[x.length];
                low[0] = 1;
                Filter.resonator(boom_Hz, chance.between(0.06, 0.3)).apply(low);
                Signal.add(x, low, 0, boom / Math.max(1e-6, Signal.peak(low)));
            }
            if (clatter > 0) {
                int knocks = chance.between(1, 4);
                for (int i = 0; i < knocks; i++) {
                    Signal.add(
                            x,
                            Impacts.metal(chance),
                            Signal.samples(chance.between(0.02, 0.25)),
                            clatter * chance.uniform());
                }
            }
            if (rolling > 0) {
                Signal.add(x, rolling(x.length, chance), 0, rolling);
            }
            return x;
        }

        /** Noise that decays, the high frequencies sooner. */
        private double[] rolling(int length, Chance chance) {
            double[] bright = Signal.white(length, chance);
            double[] dull = Filter.onePole(rolling_Hz).apply(bright.clone());
            for (int n = 0; n < length; n++) {
                bright[n] -= dull[n];
            }
            Signal.decay(bright, 0, rolling_s * chance.between(0.2, 0.7));
            Signal.decay(dull, 0, rolling_s);
            Signal.add(dull, bright, 0, 0.7);
            return Signal.fade(dull, chance.ratioBetween(0.0005, 0.03), 0.02);
        }
    }

    /** One shot of some weapon. */
    static double[] shot(Chance chance) {
        return Weapon.any(chance).shot(chance);
    }

    /** One shot, a few, or a burst; now and then of two weapons, and with the shock wave before the blast. */
    static double[] gunshots(Chance chance) {
        Weapon weapon = Weapon.any(chance);
        Weapon other = Weapon.any(chance);
        boolean two = chance.happens(0.08);
        double length_s = 3;
        double[] x = new double[Signal.samples(length_s)];
        boolean supersonic = chance.happens(0.25);
        double lead_s = supersonic ? chance.ratioBetween(0.004, 0.35) : 0;
        double[] shock = nWave(chance.between(0.00012, 0.0005));
        double shockGain = chance.ratioBetween(0.2, 2.5);
        int count = 1;
        double interval_s = 1;
        switch (chance.weighted(6, 4, 1.5)) {
            case 0 -> count = 1;
            case 1 -> {
                count = chance.between(2, 8);
                interval_s = chance.ratioBetween(0.15, 1.2);
            }
            default -> {
                count = chance.between(2, 10);
                interval_s = 1 / chance.between(7.0, 16.0);
            }
        }
        double at_s = 0;
        for (int i = 0; i < count && at_s < length_s; i++) {
            if (supersonic) {
                Signal.add(x, shock, Signal.samples(at_s), shockGain);
            }
            Weapon which = two && chance.happens(0.5) ? other : weapon;
            Signal.add(x, which.shot(chance), Signal.samples(at_s + lead_s), chance.between(0.8, 1.0));
            at_s += interval_s * (interval_s > 0.12 ? chance.between(0.6, 1.6) : chance.between(0.97, 1.03));
        }
        return x;
    }

    /**
     * What a blast does to a microphone that is near: its membrane is pushed and swings back slowly, far below what is heard. Peak 1.
     */
    static double[] push(double tau_s) {
        double[] x = new double[Signal.samples(Math.min(2, 8 * tau_s))];
        for (int n = 0; n < x.length; n++) {
            double t = (double) n / Signal.RATE_HZ / tau_s;
            x[n] = t * StrictMath.exp(1 - t) * (1 - 0.3 * t);
        }
        return Signal.normalise(x);
    }

    /** A large charge: longer phases, a roar of turbulence, debris. */
    static double[] explosion(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        int charges = chance.happens(0.2) ? chance.between(2, 4) : 1;
        double at_s = 0;
        for (int i = 0; i < charges; i++) {
            Signal.add(x, friedlander(chance.ratioBetween(0.004, 0.03)), Signal.samples(at_s), 1);
            double[] roar = Signal.white(Signal.samples(2.2), chance);
            Filter.lowPass(chance.ratioBetween(100, 1200), 0.6).apply(roar);
            Signal.normalise(Signal.decay(
                    Signal.fade(roar, chance.ratioBetween(0.003, 0.15), 0.1), 0, chance.ratioBetween(0.15, 0.8)));
            Signal.add(x, roar, Signal.samples(at_s), chance.ratioBetween(0.3, 1.5));
            if (chance.happens(0.5)) {
                int pieces = chance.between(5, 60);
                double strength = chance.ratioBetween(0.005, 0.08);
                for (int p = 0; p < pieces; p++) {
                    double later = at_s + chance.between(0.15, 2.4);
                    Signal.add(x, Impacts.thud(chance), Signal.samples(later), strength * chance.uniform());
                }
            }
            at_s += chance.between(0.1, 1.0);
        }
        return x;
    }

    /** An engine that misfires: a dull bang out of the exhaust, between the engine's own strokes. */
    static double[] backfire(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double pipe_Hz = chance.ratioBetween(60, 350);
        int count = chance.between(1, 6);
        double at_s = 0;
        for (int i = 0; i < count; i++) {
            double[] bang = new double[Signal.samples(0.4)];
            Signal.add(bang, friedlander(chance.ratioBetween(0.001, 0.006)), 0, 1);
            double[] gas = Signal.decay(Signal.white(Signal.samples(0.1), chance), 0, chance.ratioBetween(0.004, 0.03));
            Filter.lowPass(chance.ratioBetween(500, 3000), 0.7).apply(gas);
            Signal.add(bang, gas, 0, chance.ratioBetween(0.1, 0.8));
            double[] ringing = bang.clone();
            Filter.resonator(pipe_Hz, chance.between(0.03, 0.15)).apply(ringing);
            Signal.add(bang, Signal.normalise(ringing), 0, chance.between(0.3, 1.5));
            Filter.lowPass(chance.ratioBetween(700, 4000), 0.7).apply(bang);
            Signal.add(x, bang, Signal.samples(at_s), chance.between(0.4, 1.0));
            at_s += chance.ratioBetween(0.06, 0.8);
        }
        Signal.normalise(x);
        double[] engine = Machines.engine(chance);
        Signal.add(x, Signal.normalise(engine), 0, chance.ratioBetween(0.03, 0.5));
        return x;
    }

    /** A balloon or a bag that bursts: an N of some milliseconds, dry or in a room. */
    static double[] burstBag(Chance chance) {
        double[] x = new double[Signal.samples(0.5)];
        Signal.add(x, nWave(chance.ratioBetween(0.0006, 0.005)), 0, 1);
        double[] tearing =
                Signal.decay(Signal.white(Signal.samples(0.05), chance), 0, chance.ratioBetween(0.001, 0.008));
        Filter.highPass(chance.ratioBetween(500, 3000), 0.7).apply(tearing);
        Signal.add(x, tearing, 0, chance.ratioBetween(0.1, 0.8));
        return x;
    }
}
