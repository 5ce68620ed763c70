// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/** What is done with samples. Arrays are changed in place where the name is a verb in the imperative. */
public final class Signal {

    public static final int RATE_HZ = 16_000;

    private Signal() {}

    public static int samples(double seconds) {
        return (int) StrictMath.round(seconds * RATE_HZ);
    }

    /** The factor that belongs to a level. */
    public static double amplitude(double level_dB) {
        return StrictMath.pow(10, level_dB / 20);
    }

    public static double[] white(int length, Chance chance) {
        double[] x = new double[length];
        for (int n = 0; n < length; n++) {
            x[n] = chance.noise();
        }
        return x;
    }

    /** Equal energy in every octave, nearly: white noise through three poles and zeros (Kellet's economy method). */
    public static double[] pink(int length, Chance chance) {
        double[] x = new double[length];
        double a = 0;
        double b = 0;
        double c = 0;
        for (int n = 0; n < length; n++) {
            double white = chance.noise();
            a = 0.99765 * a + white * 0.0990460;
            b = 0.96300 * b + white * 0.2965164;
            c = 0.57000 * c + white * 1.0526913;
            x[n] = (a + b + c + white * 0.1848) * 0.5;
        }
        return x;
    }

    /** Adds {@code gain} times {@code what} to {@code to}, from sample {@code at} on, as far as there is room. */
    public static void add(double[] to, double[] what, int at, double gain) {
        int from = Math.max(0, -at);
        int end = Math.min(what.length, to.length - at);
        for (int n = from; n < end; n++) {
            to[at + n] += gain * what[n];
        }
    }

    public static double[] scale(double[] x, double gain) {
        for (int n = 0; n < x.length; n++) {
            x[n] *= gain;
        }
        return x;
    }

    public static double peak(double[] x) {
        double peak = 0;
        for (double each : x) {
            peak = Math.max(peak, Math.abs(each));
        }
        return peak;
    }

    /** The root of the mean square from sample {@code from} up to and without {@code end}. */
    public static double rms(double[] x, int from, int end) {
        double sum = 0;
        int first = Math.max(0, from);
        int last = Math.min(x.length, end);
        for (int n = first; n < last; n++) {
            sum += x[n] * x[n];
        }
        return last > first ? StrictMath.sqrt(sum / (last - first)) : 0;
    }

    public static double rms(double[] x) {
        return rms(x, 0, x.length);
    }

    /** The highest root mean square of any 50 ms: how loud it gets. */
    public static double loudest(double[] x) {
        int span = samples(0.05);
        double most = 0;
        for (int n = 0; n < x.length; n += span) {
            double sum = 0;
            int end = Math.min(x.length, n + span);
            for (int i = n; i < end; i++) {
                sum += x[i] * x[i];
            }
            most = Math.max(most, sum / span);
        }
        return StrictMath.sqrt(most);
    }

    /** Scales to a peak of 1; leaves silence as it is. */
    public static double[] normalise(double[] x) {
        double peak = peak(x);
        return peak > 0 ? scale(x, 1 / peak) : x;
    }

    /** Multiplies with exp(-t / tau), t from the sample {@code from}, until the end; {@code tau_s} is the time constant. */
    public static double[] decay(double[] x, int from, double tau_s) {
        double factor = StrictMath.exp(-1 / (tau_s * RATE_HZ));
        double gain = 1;
        for (int n = from; n < x.length; n++) {
            x[n] *= gain;
            gain *= factor;
        }
        return x;
    }

    /** Lets it begin and end gently, over so many seconds each. */
    public static double[] fade(double[] x, double in_s, double out_s) {
        int in = Math.min(x.length, samples(in_s));
        int out = Math.min(x.length, samples(out_s));
        for (int n = 0; n < in; n++) {
            x[n] *= (n + 0.5) / in;
        }
        for (int n = 0; n < out; n++) {
            x[x.length - 1 - n] *= (n + 0.5) / out;
        }
        return x;
    }

    /** A slow random curve of mean 0 that stays within about +-1: white noise below {@code rate_Hz}. */
    public static double[] wander(int length, double rate_Hz, Chance chance) {
        double[] x = new double[length];
        int step = Math.max(1, (int) (RATE_HZ / (2 * rate_Hz)));
        double last = 0.5 * chance.noise();
        double next = 0.5 * chance.noise();
        for (int n = 0; n < length; n++) {
            int phase = n % step;
            if (phase == 0 && n > 0) {
                last = next;
                next = 0.5 * chance.noise();
            }
            double f = (double) phase / step;
            double blend = f * f * (3 - 2 * f);
            x[n] = last + (next - last) * blend;
        }
        return x;
    }

    /** Played {@code speed} times as fast, and so higher by as much; by linear interpolation of what is band-limited first. */
    public static double[] faster(double[] x, double speed) {
        double[] source = x;
        if (speed > 1.02) {
            source = Filter.lowPass(0.45 * RATE_HZ / speed, 0.7).apply(x.clone());
        }
        int length = (int) (source.length / speed);
        double[] y = new double[length];
        for (int n = 0; n < length; n++) {
            double at = n * speed;
            int i = (int) at;
            double f = at - i;
            // Four-point, third-order Hermite interpolation.
            double a = source[Math.max(0, i - 1)];
            double b = source[i];
            double c = source[Math.min(source.length - 1, i + 1)];
            double d = source[Math.min(source.length - 1, i + 2)];
            double c1 = 0.5 * (c - a);
            double c2 = a - 2.5 * b + 2 * c - 0.5 * d;
            double c3 = 0.5 * (d - a) + 1.5 * (b - c);
            y[n] = ((c3 * f + c2) * f + c1) * f + b;
        }
        return y;
    }

    /** A stretch of {@code length} samples that begins at {@code from}; silence where there is nothing. */
    public static double[] cut(double[] x, int from, int length) {
        double[] y = new double[length];
        add(y, x, -from, 1);
        return y;
    }
}
