// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/**
 * The air's absorption of pure tones, after ISO 9613-1:1993 at sea level.
 *
 * @param humidity_percent relative humidity
 */
public record Air(double temperature_C, double humidity_percent) {

    public static final Air MILD = new Air(12, 70);

    private static final int SIZE = 1024;

    /** dB a metre, equations (2) to (5) of the standard. */
    public double absorption_dB_per_m(double frequency_Hz) {
        double kelvin = temperature_C + 273.15;
        double relative = kelvin / 293.15;
        double saturation = StrictMath.pow(10, -6.8346 * StrictMath.pow(273.16 / kelvin, 1.261) + 4.6151);
        double h = humidity_percent * saturation;
        double oxygen = 24 + 4.04e4 * h * (0.02 + h) / (0.391 + h);
        double nitrogen = StrictMath.pow(relative, -0.5)
                * (9 + 280 * h * StrictMath.exp(-4.170 * (StrictMath.pow(relative, -1.0 / 3) - 1)));
        double f2 = frequency_Hz * frequency_Hz;
        return 8.686
                * f2
                * (1.84e-11 * StrictMath.sqrt(relative)
                        + StrictMath.pow(relative, -2.5)
                                * (0.01275 * StrictMath.exp(-2239.1 / kelvin) / (oxygen + f2 / oxygen)
                                        + 0.1068 * StrictMath.exp(-3352.0 / kelvin) / (nitrogen + f2 / nitrogen)));
    }

    /** What so many metres of air do to an impulse: of minimum phase, so that nothing comes before its time. */
    double[] response(double distance_m) {
        Fourier fourier = Fourier.ofSize(SIZE);
        double[] re = new double[SIZE];
        double[] im = new double[SIZE];
        for (int k = 0; k <= SIZE / 2; k++) {
            double loss_dB = absorption_dB_per_m((double) k * Signal.RATE_HZ / SIZE) * distance_m;
            re[k] = -Math.min(loss_dB, 100) * 0.1151292546497023;
            re[SIZE - k & SIZE - 1] = re[k];
        }
        // The real cepstrum, folded onto positive time, is the logarithm of the minimum-phase spectrum.
        fourier.inverse(re, im);
        for (int n = 1; n < SIZE / 2; n++) {
            re[n] *= 2;
            re[SIZE - n] = 0;
        }
        for (int n = 0; n < SIZE; n++) {
            im[n] = 0;
        }
        fourier.forward(re, im);
        for (int k = 0; k < SIZE; k++) {
            double magnitude = StrictMath.exp(re[k]);
            re[k] = magnitude * StrictMath.cos(im[k]);
            im[k] = magnitude * StrictMath.sin(im[k]);
        }
        fourier.inverse(re, im);
        return Signal.cut(re, 0, SIZE / 4);
    }
}
