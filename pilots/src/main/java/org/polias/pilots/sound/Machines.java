// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** Engines, fans, vehicles; drills, jackhammers, saws. */
final class Machines {

    private Machines() {}

    static double[] anyEngine(Chance chance) {
        return switch (chance.weighted(4, 3, 2)) {
            case 0 -> engine(chance);
            case 1 -> fan(chance);
            default -> passing(chance);
        };
    }

    /** Strokes of a piston engine through its exhaust, uneven as an idling one is, with its hum and hiss. */
    static double[] engine(Chance chance) {
        int length = Signal.samples(3);
        double firing_Hz = chance.ratioBetween(12, 160);
        double unevenness = chance.between(0.0, 0.25);
        int cylinders = chance.between(1, 6);
        double[] strength = new double[cylinders];
        for (int i = 0; i < cylinders; i++) {
            strength[i] = chance.between(0.5, 1.0);
        }
        double[] drift = Signal.wander(length, chance.between(0.3, 3.0), chance);
        double drifting = chance.between(0.0, 0.2);
        double[] x = new double[length];
        double[] stroke = Blasts.friedlander(chance.ratioBetween(0.0005, 0.004));
        double at = 0;
        for (int i = 0; at < length; i++) {
            Signal.add(x, stroke, (int) at, strength[i % cylinders] * chance.between(0.8, 1.0));
            at += Signal.RATE_HZ
                    / (firing_Hz * (1 + drifting * drift[(int) at]))
                    * (1 + unevenness * 0.5 * chance.noise());
            at = Math.max(at, 0);
        }
        for (int i = 0; i < 3; i++) {
            double[] ringing = x.clone();
            Filter.resonator(chance.ratioBetween(60, 1500), chance.between(0.01, 0.06))
                    .apply(ringing);
            Signal.add(x, Signal.normalise(ringing), 0, chance.between(0.1, 0.8));
        }
        Filter.lowPass(chance.ratioBetween(300, 5000), 0.7).apply(x);
        Signal.normalise(x);
        double[] rest = Signal.pink(length, chance);
        Signal.add(x, Signal.normalise(rest), 0, chance.ratioBetween(0.02, 0.6));
        return x;
    }

    /** A fan or compressor: broadband, with the blades' tone and a hum. */
    static double[] fan(Chance chance) {
        int length = Signal.samples(3);
        double[] x = chance.happens(0.5) ? Signal.pink(length, chance) : Signal.white(length, chance);
        Filter.lowPass(chance.ratioBetween(400, 7000), 0.6).apply(x);
        Filter.peak(chance.ratioBetween(100, 3000), 2, chance.between(-10.0, 14.0))
                .apply(x);
        Signal.normalise(x);
        double f = chance.ratioBetween(25, 400);
        int harmonics = chance.between(1, 8);
        double tones = chance.ratioBetween(0.01, 0.5);
        double modulation_Hz = chance.ratioBetween(0.5, 20);
        double depth = chance.between(0.0, 0.4);
        for (int n = 0; n < length; n++) {
            double t = 2 * StrictMath.PI * n / Signal.RATE_HZ;
            double hum = 0;
            for (int h = 1; h <= harmonics; h++) {
                hum += StrictMath.sin(h * f * t) / h;
            }
            x[n] = (x[n] + tones * hum) * (1 + depth * StrictMath.sin(modulation_Hz * t));
        }
        return x;
    }

    /** A vehicle or aircraft that comes and goes: rolling noise and engine that swell. */
    static double[] passing(Chance chance) {
        double[] x = Signal.normalise(chance.happens(0.5) ? engine(chance) : fan(chance));
        double[] rolling = Signal.pink(x.length, chance);
        Filter.bandPass(chance.ratioBetween(300, 1500), 0.4).apply(rolling);
        Signal.add(x, Signal.normalise(rolling), 0, chance.ratioBetween(0.1, 2));
        double middle = x.length * chance.uniform();
        double width = x.length * chance.between(0.2, 1.0);
        for (int n = 0; n < x.length; n++) {
            double d = (n - middle) / width;
            x[n] /= 1 + 4 * d * d;
        }
        return x;
    }

    static double[] anyTool(Chance chance) {
        return switch (chance.weighted(4, 4, 2, 1)) {
            case 0 -> jackhammer(chance);
            case 1 -> drill(chance);
            case 2 -> saw(chance);
            default -> chiselling(chance);
        };
    }

    /** Regular hard blows on stone with the compressed air's exhaust between them. */
    static double[] jackhammer(Chance chance) {
        int length = Signal.samples(3);
        double[] x = new double[length];
        double rate_Hz = chance.ratioBetween(9, 45);
        double jitter = chance.between(0.0, 0.06);
        double[] steel = Impacts.blow(
                chance.ratioBetween(0.0002, 0.002),
                chance.ratioBetween(150, 2500),
                0.4,
                chance.between(3, 9),
                chance.ratioBetween(0.01, 0.15),
                chance.between(0.1, 1.0),
                chance);
        double[] exhaust = Signal.white(Signal.samples(0.8 / rate_Hz), chance);
        Filter.bandPass(chance.ratioBetween(300, 4000), 0.5).apply(exhaust);
        Signal.normalise(Signal.fade(exhaust, 0.002, 0.005));
        double air = chance.ratioBetween(0.02, 1);
        double pause = chance.happens(0.3) ? chance.between(0.3, 2.0) : 9;
        double at_s = 0;
        while (at_s < 3) {
            Signal.add(x, steel, Signal.samples(at_s), chance.between(0.7, 1.0));
            Signal.add(x, exhaust, Signal.samples(at_s + 0.3 / rate_Hz), air * chance.between(0.7, 1.0));
            at_s += 1 / rate_Hz * (1 + jitter * chance.noise());
            if (at_s > pause) {
                at_s += chance.between(0.1, 0.8);
                pause = at_s + chance.between(0.3, 2.0);
            }
        }
        Signal.normalise(x);
        double[] engine = engine(chance);
        Signal.add(x, Signal.normalise(engine), 0, chance.ratioBetween(0.01, 0.5));
        return x;
    }

    /** A motor's whine and the bit's noise, with the hammer's beat where it has one. */
    static double[] drill(Chance chance) {
        int length = Signal.samples(3);
        double f = chance.ratioBetween(60, 900);
        double[] speed = Signal.wander(length, chance.between(0.5, 4.0), chance);
        double wandering = chance.between(0.0, 0.15);
        double hammer_Hz = chance.happens(0.5) ? chance.ratioBetween(20, 120) : 0;
        double[] noise = Signal.white(length, chance);
        Filter.bandPass(chance.ratioBetween(600, 5000), 0.5).apply(noise);
        Signal.normalise(noise);
        double noisy = chance.ratioBetween(0.05, 2);
        double bright = chance.between(0.5, 1.3);
        double[] strength = new double[11];
        for (int h = 1; h <= 10; h++) {
            strength[h] = StrictMath.pow(h, -bright);
        }
        double[] x = new double[length];
        double phase = 0;
        double beat = 0;
        double runUp = chance.happens(0.4) ? chance.between(0.1, 0.6) * Signal.RATE_HZ : 1;
        for (int n = 0; n < length; n++) {
            double rise = Math.min(1, (n + 1) / runUp);
            double turning = f * (0.3 + 0.7 * rise) * (1 + wandering * speed[n]);
            phase += 2 * StrictMath.PI * turning / Signal.RATE_HZ;
            beat += hammer_Hz * rise / Signal.RATE_HZ;
            // sin(h phase) by recurrence.
            double twice = 2 * StrictMath.cos(phase);
            double last = 0;
            double now = StrictMath.sin(phase);
            double y = 0;
            for (int h = 1; h <= 10 && h * turning < 7600; h++) {
                y += now * strength[h];
                double next = twice * now - last;
                last = now;
                now = next;
            }
            double beating = hammer_Hz > 0 ? 1.5 * StrictMath.exp(-6 * (beat - StrictMath.floor(beat))) : 0.6;
            x[n] = rise * (0.4 * y * (hammer_Hz > 0 ? 0.4 : 1) + noisy * noise[n] * (0.3 + beating));
        }
        return x;
    }

    private static double[] saw(Chance chance) {
        double[] x = drill(chance);
        double stroke_Hz = chance.happens(0.5) ? chance.ratioBetween(1, 6) : 0;
        for (int n = 0; stroke_Hz > 0 && n < x.length; n++) {
            x[n] *= Math.abs(StrictMath.sin(StrictMath.PI * stroke_Hz * n / Signal.RATE_HZ));
        }
        return x;
    }

    private static double[] chiselling(Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double interval_s = chance.ratioBetween(0.2, 0.9);
        double at_s = 0;
        while (at_s < 3) {
            Signal.add(x, Impacts.metal(chance), Signal.samples(at_s), chance.between(0.6, 1.0));
            at_s += interval_s * chance.between(0.8, 1.2);
        }
        return x;
    }
}
