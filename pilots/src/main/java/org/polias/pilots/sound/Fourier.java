// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import java.util.concurrent.ConcurrentHashMap;

/** The discrete Fourier transform of a power of two of complex numbers, in place; and the convolution that it makes fast. */
final class Fourier {

    private static final ConcurrentHashMap<Integer, Fourier> OF_SIZE = new ConcurrentHashMap<>();

    private final int size;
    /** Of each stage that joins transforms of {@code half} numbers: cosines and sines from {@code half} on. */
    private final double[] cos;

    private final double[] sin;
    private final int[] reversed;

    private Fourier(int size) {
        this.size = size;
        this.cos = new double[size];
        this.sin = new double[size];
        for (int half = 1; half < size; half *= 2) {
            for (int k = 0; k < half; k++) {
                double angle = -StrictMath.PI * k / half;
                cos[half + k] = StrictMath.cos(angle);
                sin[half + k] = StrictMath.sin(angle);
            }
        }
        this.reversed = new int[size];
        int bits = Integer.numberOfTrailingZeros(size);
        for (int n = 0; n < size; n++) {
            reversed[n] = bits == 0 ? 0 : Integer.reverse(n) >>> 32 - bits;
        }
    }

    /** The transform of this size, a power of two. */
    static Fourier ofSize(int size) {
        return OF_SIZE.computeIfAbsent(size, Fourier::new);
    }

    void forward(double[] re, double[] im) {
        for (int n = 0; n < size; n++) {
            int m = reversed[n];
            if (m > n) {
                double swap = re[n];
                re[n] = re[m];
                re[m] = swap;
                swap = im[n];
                im[n] = im[m];
                im[m] = swap;
            }
        }
        // The first stage has no factors but 1.
        for (int a = 0; a + 1 < size; a += 2) {
            double r = re[a + 1];
            double i = im[a + 1];
            re[a + 1] = re[a] - r;
            im[a + 1] = im[a] - i;
            re[a] += r;
            im[a] += i;
        }
        for (int half = 2; half < size; half *= 2) {
            for (int start = 0; start < size; start += 2 * half) {
                join(re, im, start, half);
            }
        }
    }

    private void join(double[] re, double[] im, int start, int half) {
        for (int k = 0; k < half; k++) {
            int a = start + k;
            int b = a + half;
            double c = cos[half + k];
            double s = sin[half + k];
            double r = re[b] * c - im[b] * s;
            double i = re[b] * s + im[b] * c;
            re[b] = re[a] - r;
            im[b] = im[a] - i;
            re[a] += r;
            im[a] += i;
        }
    }

    /** The inverse, with its factor 1/size. */
    void inverse(double[] re, double[] im) {
        forward(im, re);
        double factor = 1.0 / size;
        for (int n = 0; n < size; n++) {
            re[n] *= factor;
            im[n] *= factor;
        }
    }

    /** The convolution of two real signals, cut to {@code length} samples. */
    static double[] convolution(double[] x, double[] h, int length) {
        int xs = Math.min(x.length, length);
        int hs = Math.min(h.length, length);
        int size = Integer.highestOneBit(Math.max(2, xs + hs - 1) - 1) * 2;
        Fourier fourier = ofSize(size);
        // Both at once, one as the real and one as the imaginary part; their spectra are then told apart by symmetry.
        double[] re = new double[size];
        double[] im = new double[size];
        System.arraycopy(x, 0, re, 0, xs);
        System.arraycopy(h, 0, im, 0, hs);
        fourier.forward(re, im);
        double[] productRe = new double[size];
        double[] productIm = new double[size];
        for (int k = 0; k < size; k++) {
            int m = size - k & size - 1;
            double xr = 0.5 * (re[k] + re[m]);
            double xi = 0.5 * (im[k] - im[m]);
            double hr = 0.5 * (im[k] + im[m]);
            double hi = 0.5 * (re[m] - re[k]);
            productRe[k] = xr * hr - xi * hi;
            productIm[k] = xr * hi + xi * hr;
        }
        fourier.inverse(productRe, productIm);
        double[] y = new double[length];
        System.arraycopy(productRe, 0, y, 0, Math.min(length, size));
        return y;
    }
}
