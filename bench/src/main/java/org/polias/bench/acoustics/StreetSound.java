// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.acoustics;

import java.util.SplittableRandom;

/** What a microphone in a street hears, at 16 kHz, from a seed: enough like it to keep a listener as busy as a street does. */
final class StreetSound {

    private static final int RATE = 16_000;
    /** The usual level, dB re full scale: that of a street at 55 dB for a microphone that takes 115. */
    private static final double USUAL_DB = -60;

    private final float[] samples;
    private final SplittableRandom random;

    private StreetSound(int seconds, long seed) {
        samples = new float[seconds * RATE];
        random = new SplittableRandom(seed);
    }

    /** A calm street: noise that wavers, wind, a car every half minute, people who talk now and then, a dozen bangs an hour. */
    static float[] calm(int seconds, long seed) {
        StreetSound street = new StreetSound(seconds, seed);
        street.addNoise();
        street.each(30, street::addCar);
        street.each(60, street::addTalk);
        street.each(300, at_s -> street.addBang(at_s, 15, 45));
        return street.samples;
    }

    /** Something all the time: three bangs a second, talk, and now and then a siren. */
    static float[] busy(int seconds, long seed) {
        StreetSound street = new StreetSound(seconds, seed);
        street.addNoise();
        street.each(0.333, at_s -> street.addBang(at_s, 20, 50));
        street.each(10, street::addTalk);
        street.each(40, street::addSiren);
        return street.samples;
    }

    private interface Happening {
        void at(double seconds);
    }

    /** Lets it happen at random times, on average every so many seconds. */
    private void each(double mean_s, Happening happening) {
        double at_s = 0;
        while (true) {
            at_s -= mean_s * Math.log(1 - random.nextDouble());
            if (at_s * RATE >= samples.length) {
                return;
            }
            happening.at(at_s);
        }
    }

    private void addNoise() {
        double low = 0;
        double lower = 0;
        double wind = 0;
        double usual = amplitude(USUAL_DB);
        double[] swell = wander(samples.length / RATE + 2, 15);
        double[] gusts = wander(samples.length / RATE + 2, 3);
        for (int i = 0; i < samples.length; i++) {
            double white = random.nextDouble(-1, 1) * Math.sqrt(3);
            low += 0.35 * (white - low);
            lower += 0.03 * (white - lower);
            wind += 0.006 * (white - wind);
            double level = Math.exp(0.35 * at(swell, i));
            double gust = Math.exp(1.2 * at(gusts, i));
            samples[i] += (float) (usual * (level * (1.4 * low + 4 * lower) + 6 * gust * wind));
        }
    }

    /** Between -1 and 1, one value a second, changing its mind every so many seconds. */
    private double[] wander(int length, int period_s) {
        double[] values = new double[length];
        double last = 0;
        double next = 0;
        for (int i = 0; i < length; i++) {
            int phase = i % period_s;
            if (phase == 0) {
                last = next;
                next = random.nextDouble(-1, 1);
            }
            values[i] = last + (next - last) * phase / period_s;
        }
        return values;
    }

    private static double at(double[] values, int sample) {
        int second = sample / RATE;
        double f = (double) (sample % RATE) / RATE;
        return values[second] * (1 - f) + values[second + 1] * f;
    }

    private void addCar(double at_s) {
        double loud = amplitude(USUAL_DB + random.nextDouble(8, 22));
        double width_s = random.nextDouble(0.8, 2.5);
        double brightness = random.nextDouble(0.05, 0.3);
        double low = 0;
        int from = (int) ((at_s - 4 * width_s) * RATE);
        int to = (int) ((at_s + 4 * width_s) * RATE);
        for (int i = Math.max(0, from); i < Math.min(samples.length, to); i++) {
            double t = ((double) i / RATE - at_s) / width_s;
            low += brightness * (random.nextDouble(-1, 1) - low);
            samples[i] += (float) (loud * 4 * low / (1 + t * t) / (1 + t * t));
        }
    }

    private void addTalk(double at_s) {
        double loud = amplitude(USUAL_DB + random.nextDouble(0, 15));
        double pitch_Hz = random.nextDouble(100, 250);
        int syllables = random.nextInt(6, 25);
        double t_s = at_s;
        for (int s = 0; s < syllables; s++) {
            double lasts_s = random.nextDouble(0.08, 0.25);
            addTone(t_s, lasts_s, loud * random.nextDouble(0.3, 1.5), pitch_Hz * random.nextDouble(0.9, 1.2), 0, 8);
            t_s += lasts_s + random.nextDouble(0.02, 0.15);
        }
    }

    private void addSiren(double at_s) {
        addTone(at_s, random.nextDouble(5, 15), amplitude(USUAL_DB + random.nextDouble(15, 30)), 700, 0.35, 3);
    }

    private void addTone(double at_s, double lasts_s, double loud, double frequency_Hz, double glide, int harmonics) {
        double phase = 0;
        int from = (int) (at_s * RATE);
        int count = (int) (lasts_s * RATE);
        for (int i = 0; i < count && from + i < samples.length; i++) {
            double swell = Math.sin(Math.PI * i / count);
            phase += 2 * Math.PI * frequency_Hz * (1 + glide * Math.sin(4.0 * i / RATE)) / RATE;
            double sum = 0;
            for (int h = 1; h <= harmonics; h++) {
                sum += Math.sin(h * phase) / h;
            }
            samples[from + i] += (float) (loud * swell * sum);
        }
    }

    private void addBang(double at_s, double least_dB, double most_dB) {
        double loud = amplitude(USUAL_DB + random.nextDouble(least_dB, most_dB));
        double phase_s = Math.pow(10, random.nextDouble(-3.3, -2.2));
        double decay_s = random.nextDouble(0.03, 0.2);
        double low = 0;
        int from = (int) (at_s * RATE);
        for (int i = 0; i < decay_s * 6 * RATE && from + i < samples.length; i++) {
            double t_s = (double) i / RATE;
            double blast = (1 - t_s / phase_s) * Math.exp(-t_s / phase_s);
            low += 0.4 * (random.nextDouble(-1, 1) - low);
            double tail = 0.4 * low * Math.exp(-t_s / decay_s) * Math.min(1, t_s / 0.003);
            samples[from + i] += (float) (loud * 3 * (blast + tail));
        }
    }

    private static double amplitude(double level_dB) {
        return Math.pow(10, level_dB / 20);
    }
}
