// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/**
 * The way from a source to a microphone: through the air, off the ground and off facades, and the diffuse rest. The street is a canyon
 * between two long walls, whose echoes come from image sources; walls of 0 m distance stand for none.
 *
 * @param distance_m of source and microphone
 * @param width_m of the street
 * @param wall what of the sound's amplitude a wall gives back
 * @param ground what of it the ground gives back
 * @param farEchoes the number of single echoes from buildings or slopes further off
 * @param reverb_dB the energy of the diffuse rest, relative to the direct sound
 * @param reverb_s the time in which the diffuse rest decays by 60 dB, at 1 kHz
 * @param damping how much sooner high frequencies decay, 0 (as late) to 1
 * @param direct_dB how much the direct sound is shaded
 */
public record Place(
        double distance_m,
        double width_m,
        double wall,
        double ground,
        int farEchoes,
        double reverb_dB,
        double reverb_s,
        double damping,
        double direct_dB,
        Air air) {

    /** Speed of sound in air, m/s. */
    private static final double C = 340;

    /** Some place in a city, or wherever people record sounds. */
    public static Place any(Chance chance) {
        Air air = new Air(chance.between(-5.0, 30.0), chance.between(30.0, 95.0));
        return switch (chance.weighted(3, 3, 2, 2, 2)) {
            // Close, in the open: the recordist stands beside it.
            case 0 ->
                new Place(
                        chance.ratioBetween(1, 15),
                        0,
                        0,
                        chance.between(0.3, 0.9),
                        chance.between(0, 3),
                        chance.between(-25.0, -6.0),
                        chance.ratioBetween(0.4, 2.5),
                        chance.between(0.1, 0.9),
                        0,
                        air);
            // A street.
            case 1 ->
                new Place(
                        chance.ratioBetween(5, 300),
                        chance.ratioBetween(8, 40),
                        chance.between(0.5, 0.9),
                        chance.between(0.4, 0.9),
                        chance.between(0, 4),
                        chance.between(-14.0, 4.0),
                        chance.ratioBetween(0.6, 2.5),
                        chance.between(0.2, 0.8),
                        chance.happens(0.3) ? chance.between(-20.0, 0.0) : 0,
                        air);
            // Far off: fields, woods, hills.
            case 2 ->
                new Place(
                        chance.ratioBetween(40, 800),
                        0,
                        0,
                        chance.between(0.3, 0.9),
                        chance.between(0, 6),
                        chance.between(-12.0, 6.0),
                        chance.ratioBetween(0.8, 5),
                        chance.between(0.4, 1.0),
                        chance.happens(0.3) ? chance.between(-15.0, 0.0) : 0,
                        air);
            // A room, a hall.
            case 3 ->
                new Place(
                        chance.ratioBetween(0.5, 10),
                        chance.ratioBetween(2.5, 20),
                        chance.between(0.5, 0.95),
                        chance.between(0.4, 0.9),
                        0,
                        chance.between(-15.0, 8.0),
                        chance.ratioBetween(0.15, 2.0),
                        chance.between(0.1, 0.7),
                        0,
                        air);
            // As dry as a studio.
            default ->
                new Place(
                        chance.ratioBetween(0.3, 3),
                        0,
                        0,
                        chance.between(0.0, 0.5),
                        0,
                        chance.between(-40.0, -20.0),
                        chance.ratioBetween(0.1, 0.5),
                        chance.between(0.0, 0.5),
                        0,
                        air);
        };
    }

    /** What arrives of a source; the first arrival of its first sample is the first sample. Spreading is left to the caller. */
    public double[] hear(double[] source, Chance chance) {
        return Fourier.convolution(source, response(chance), source.length + Signal.samples(Math.min(reverb_s, 1.6)));
    }

    /** The impulse response; the direct sound is at its first sample and, unless shaded, has amplitude 1. */
    public double[] response(Chance chance) {
        int length = Signal.samples(Math.min(2.0, Math.max(0.1, reverb_s * 1.1)));
        double[] response = diffuse(length, chance);
        response[0] += Signal.amplitude(direct_dB);
        if (ground > 0) {
            double height_m = chance.between(0.5, 6.0) + chance.between(0.5, 2.0);
            echo(response, StrictMath.sqrt(distance_m * distance_m + height_m * height_m), ground * 0.8);
        }
        if (width_m > 0) {
            double source_m = width_m * chance.between(0.1, 0.9);
            double microphone_m = width_m * (chance.happens(0.5) ? 0.05 : chance.between(0.1, 0.9));
            double along2 =
                    Math.max(0, distance_m * distance_m - (source_m - microphone_m) * (source_m - microphone_m));
            double gain = 1;
            for (int order = 1; order <= 6; order++) {
                gain *= wall;
                // The two image sources of this order, behind either wall.
                double shift = order % 2 == 0 ? order * width_m : (order - 1) * width_m;
                double left = order % 2 == 0 ? shift + source_m - microphone_m : shift + source_m + microphone_m;
                double right = order % 2 == 0
                        ? shift - source_m + microphone_m
                        : shift + 2 * width_m - source_m - microphone_m;
                echo(response, StrictMath.sqrt(along2 + left * left), gain);
                echo(response, StrictMath.sqrt(along2 + right * right), gain);
            }
        }
        for (int i = 0; i < farEchoes; i++) {
            double path_m = distance_m + chance.ratioBetween(8, 400);
            smearedEcho(response, path_m, chance.between(0.1, 0.9), chance);
        }
        if (distance_m > 15) {
            response = Fourier.convolution(response, air.response(distance_m), length);
        }
        return response;
    }

    /** An echo by a path of this length, weaker by it, off a smooth wall. */
    private void echo(double[] response, double path_m, double gain) {
        double at = (path_m - distance_m) / C * Signal.RATE_HZ;
        int n = (int) at;
        double f = at - n;
        double amplitude = gain * Math.max(distance_m, 1) / Math.max(path_m, 1);
        if (n + 3 < response.length) {
            // Between two samples, and a little duller than it came.
            response[n] += amplitude * 0.75 * (1 - f);
            response[n + 1] += amplitude * (0.75 * f + 0.25 * (1 - f));
            response[n + 2] += amplitude * 0.25 * f;
        }
    }

    /** An echo off something rough, which arrives over some milliseconds. */
    private void smearedEcho(double[] response, double path_m, double gain, Chance chance) {
        int at = Signal.samples((path_m - distance_m) / C);
        double[] smear = Signal.white(Signal.samples(chance.ratioBetween(0.002, 0.08)), chance);
        Filter.onePole(chance.ratioBetween(600, 5000)).apply(smear);
        Signal.fade(smear, 0.001, 0.001);
        Signal.decay(smear, 0, smear.length * 0.3 / Signal.RATE_HZ);
        double energy = Signal.rms(smear) * StrictMath.sqrt(smear.length);
        Signal.add(
                response, smear, at, gain * StrictMath.sqrt(Math.max(distance_m, 3) / path_m) / Math.max(energy, 1e-9));
    }

    private double[] diffuse(int length, Chance chance) {
        double[] sum = new double[length];
        double energy = 0;
        double[] edges = {250, 1000, 3000};
        double[] rest = Signal.white(length, chance);
        for (int band = 0; band <= edges.length; band++) {
            double[] low = band < edges.length ? Filter.onePole(edges[band]).apply(rest.clone()) : rest;
            double time_s = reverb_s
                    * switch (band) {
                        case 0 -> 1 + 0.3 * damping;
                        case 1 -> 1;
                        case 2 -> 1 - 0.45 * damping;
                        default -> 1 - 0.75 * damping;
                    };
            double factor = StrictMath.exp(-6.907755 / (time_s * Signal.RATE_HZ));
            double gain = 1;
            for (int n = 0; n < length; n++) {
                sum[n] += gain * low[n];
                gain *= factor;
                if (band < edges.length) {
                    rest[n] -= low[n];
                }
            }
        }
        // It is not there at once: reflections become dense over the first tens of milliseconds.
        int dense = Signal.samples(Math.clamp(Math.max(distance_m, width_m) / C, 0.003, 0.08));
        for (int n = 0; n < Math.min(length, dense); n++) {
            sum[n] *= (double) n / dense * ((double) n / dense);
        }
        for (double each : sum) {
            energy += each * each;
        }
        return Signal.scale(sum, Signal.amplitude(reverb_dB) / StrictMath.sqrt(Math.max(energy, 1e-12)));
    }
}
