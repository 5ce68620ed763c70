// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** What a street sounds like when nothing happens: traffic, wind, rain, hum, steps, far voices. */
final class Street {

    private Street() {}

    static double[] any(Chance chance) {
        return any(Signal.samples(3), chance);
    }

    static double[] any(int length, Chance chance) {
        return switch (chance.weighted(4, 2, 2, 1, 1)) {
            case 0 -> traffic(length, chance);
            case 1 -> wind(length, chance);
            case 2 -> rain(length, chance);
            case 3 -> hum(length, chance);
            default -> steps(length, chance);
        };
    }

    /** Distant roads: broadband, duller the further off, swelling slowly. */
    static double[] traffic(int length, Chance chance) {
        double[] x = Signal.pink(length, chance);
        Filter.lowPass(chance.ratioBetween(300, 5000), 0.6).apply(x);
        Filter.highPass(chance.ratioBetween(20, 150), 0.7).apply(x);
        Filter.peak(chance.ratioBetween(600, 1300), 0.8, chance.between(0.0, 9.0))
                .apply(x);
        double[] swell = Signal.wander(length, chance.between(0.1, 1.5), chance);
        for (int n = 0; n < length; n++) {
            x[n] *= 1 + 0.5 * swell[n];
        }
        return x;
    }

    /** Wind at the microphone: gusts of low rumble. */
    static double[] wind(int length, Chance chance) {
        double[] x = Signal.white(length, chance);
        Filter.onePole(chance.ratioBetween(20, 120)).apply(x);
        Filter.onePole(chance.ratioBetween(80, 600)).apply(x);
        double[] gust = Signal.wander(length, chance.between(0.5, 6.0), chance);
        double depth = chance.between(0.3, 1.4);
        for (int n = 0; n < length; n++) {
            x[n] *= StrictMath.exp(depth * 2 * gust[n]);
        }
        Signal.normalise(x);
        double[] leaves = Signal.white(length, chance);
        Filter.bandPass(chance.ratioBetween(1500, 5000), 0.5).apply(leaves);
        Signal.add(x, leaves, 0, chance.ratioBetween(0.001, 0.1));
        return x;
    }

    static double[] rain(int length, Chance chance) {
        double[] x = Signal.white(length, chance);
        Filter.highPass(chance.ratioBetween(200, 2000), 0.6).apply(x);
        Filter.highShelf(2500, chance.between(-12.0, 3.0)).apply(x);
        Signal.scale(x, 0.1);
        double rate = chance.ratioBetween(5, 120);
        double at = 0;
        while (at < length) {
            double[] drop =
                    Signal.decay(Signal.white(Signal.samples(0.01), chance), 0, chance.ratioBetween(0.0004, 0.003));
            Signal.add(x, drop, (int) at, chance.ratioBetween(0.02, 0.6));
            at -= StrictMath.log(1 - chance.uniform()) / rate * Signal.RATE_HZ;
        }
        return x;
    }

    private static double[] hum(int length, Chance chance) {
        double[] x = Signal.white(length, chance);
        Signal.scale(x, chance.ratioBetween(0.01, 1));
        double[] strength = new double[8];
        for (int h = 0; h < 8; h++) {
            strength[h] = chance.uniform();
        }
        for (int n = 0; n < length; n++) {
            for (int h = 0; h < 8; h++) {
                x[n] += strength[h] * StrictMath.sin(2 * StrictMath.PI * 50 * (h + 1) * n / Signal.RATE_HZ);
            }
        }
        return x;
    }

    private static double[] steps(int length, Chance chance) {
        double[] x = Signal.scale(Signal.normalise(traffic(length, chance)), chance.ratioBetween(0.02, 0.3));
        double interval_s = chance.between(0.3, 0.7);
        for (double at_s = 0; at_s * Signal.RATE_HZ < length; at_s += interval_s * chance.between(0.93, 1.07)) {
            double[] step =
                    Signal.decay(Signal.white(Signal.samples(0.1), chance), 0, chance.ratioBetween(0.004, 0.02));
            Filter.bandPass(chance.ratioBetween(200, 3000), 0.6).apply(step);
            Signal.add(
                    x,
                    Signal.normalise(Signal.fade(step, 0.003, 0.01)),
                    Signal.samples(at_s),
                    chance.between(0.5, 1.0));
        }
        return x;
    }
}
