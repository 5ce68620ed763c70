// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/**
 * A lightning channel is a crooked line of kilometres; every piece of it sends an N-wave, and they arrive one after another, the far
 * ones duller and weaker (the string-of-pearls model of Ribner and Roy 1982, much simplified).
 */
final class Thunder {

    private Thunder() {}

    static double[] any(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double nearest_m = chance.ratioBetween(80, 6000);
        int claps = chance.between(1, 5);
        double at_s = 0;
        for (int clap = 0; clap < claps; clap++) {
            int pearls = chance.between(30, 250);
            double length_s = chance.ratioBetween(0.2, 2.5);
            double strength = chance.between(0.3, 1.0);
            // Far thunder begins softly, near thunder with a crack.
            double crack = nearest_m < 500 ? chance.between(0.5, 4.0) : chance.between(0.0, 1.0);
            for (int i = 0; i < pearls; i++) {
                double when = i == 0 ? 0 : length_s * StrictMath.pow(chance.uniform(), chance.happens(0.5) ? 2 : 1);
                double duration_s =
                        chance.ratioBetween(0.002, 0.02) * StrictMath.sqrt(1 + (nearest_m + when * 340) / 1000);
                double gain = strength * chance.uniform() * (i == 0 ? 1 + crack : 1) / (1 + 2 * when);
                Signal.add(
                        x,
                        Blasts.nWave(duration_s),
                        Signal.samples(at_s + when),
                        gain * (chance.happens(0.5) ? 1 : -1));
            }
            at_s += chance.ratioBetween(0.15, 1.5);
        }
        double[] rumble = Signal.white(x.length, chance);
        Filter.lowPass(chance.ratioBetween(40, 250), 0.7).apply(rumble);
        double[] swell = Signal.wander(x.length, chance.between(1.0, 5.0), chance);
        for (int n = 0; n < x.length; n++) {
            rumble[n] *= 1 + swell[n];
        }
        Signal.normalise(Signal.fade(rumble, chance.ratioBetween(0.02, 0.8), 0.3));
        Signal.normalise(x);
        Signal.add(x, rumble, 0, chance.ratioBetween(0.1, 2));
        double[] dull = Fourier.convolution(x, new Air(15, 70).response(Math.min(nearest_m, 4000)), x.length);
        if (chance.happens(0.4)) {
            Signal.normalise(dull);
            Signal.add(dull, Signal.normalise(Street.rain(dull.length, chance)), 0, chance.ratioBetween(0.01, 0.2));
        }
        return dull;
    }
}
