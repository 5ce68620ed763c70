// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.Arrays;

/** Loops over floats in which every element's sum has a fixed order. */
final class Vectors {

    private Vectors() {}

    static void fill(float[] x, int at, int length, float value) {
        Arrays.fill(x, at, at + length, value);
    }

    /** Sets to 0 the gradient of what the rectifier held at 0. */
    static void rectifyBack(float[] y, float[] dy, int length) {
        for (int i = 0; i < length; i++) {
            dy[i] = y[i] > 0 ? dy[i] : 0;
        }
    }

    /** Y += W X, with W of {@code out} x {@code in}, from {@code at} on, and planes of {@code size}. */
    static void multiply(float[] w, int at, float[] x, float[] y, int out, int in, int size) {
        for (int o = 0; o < out; o++) {
            combine(w, at + o * in, 1, x, y, o * size, in, size);
        }
    }

    /** X += W^T Y. */
    static void multiplyTransposed(float[] w, int at, float[] y, float[] x, int out, int in, int size) {
        for (int i = 0; i < in; i++) {
            combine(w, at + i, in, y, x, i * size, out, size);
        }
    }

    /** Adds to one plane the sum of {@code count} planes, each with its weight. */
    private static void combine(float[] w, int at, int step, float[] x, float[] y, int to, int count, int size) {
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            float a = w[at + i * step];
            float b = w[at + (i + 1) * step];
            float c = w[at + (i + 2) * step];
            float d = w[at + (i + 3) * step];
            combine4(a, b, c, d, x, i * size, (i + 1) * size, (i + 2) * size, (i + 3) * size, y, to, size);
        }
        for (; i < count; i++) {
            float a = w[at + i * step];
            int from = i * size;
            for (int p = 0; p < size; p++) {
                y[to + p] += a * x[from + p];
            }
        }
    }

    private static void combine4(
            float a,
            float b,
            float c,
            float d,
            float[] x,
            int xa,
            int xb,
            int xc,
            int xd,
            float[] y,
            int to,
            int size) {
        for (int p = 0; p < size; p++) {
            y[to + p] += (a * x[xa + p] + b * x[xb + p]) + (c * x[xc + p] + d * x[xd + p]);
        }
    }

    /** G += dY X^T: by way of X transposed, which goes to {@code spare}. */
    static void weightGradient(
            float[] dy, float[] x, float[] gradient, int at, int out, int in, int size, float[] spare) {
        for (int i = 0; i < in; i++) {
            for (int p = 0; p < size; p++) {
                spare[p * in + i] = x[i * size + p];
            }
        }
        for (int o = 0; o < out; o++) {
            combine(dy, o * size, 1, spare, 0, gradient, at + o * in, size, in);
        }
    }

    private static void combine(
            float[] w, int at, int step, float[] x, int from, float[] y, int to, int count, int size) {
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            int base = from + i * size;
            combine4(
                    w[at + i * step],
                    w[at + (i + 1) * step],
                    w[at + (i + 2) * step],
                    w[at + (i + 3) * step],
                    x,
                    base,
                    base + size,
                    base + 2 * size,
                    base + 3 * size,
                    y,
                    to,
                    size);
        }
        for (; i < count; i++) {
            float a = w[at + i * step];
            int base = from + i * size;
            for (int p = 0; p < size; p++) {
                y[to + p] += a * x[base + p];
            }
        }
    }

    /** Adds each plane's sum. */
    static void addSums(float[] x, float[] to, int at, int count, int size) {
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int p = 0; p < size; p++) {
                sum += x[i * size + p];
            }
            to[at + i] += sum;
        }
    }

    /** A scalar product in eight interleaved sums. */
    static float dot(float[] a, int at, float[] b, int bt, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            s0 += a[at + i] * b[bt + i];
            s1 += a[at + i + 1] * b[bt + i + 1];
            s2 += a[at + i + 2] * b[bt + i + 2];
            s3 += a[at + i + 3] * b[bt + i + 3];
            s4 += a[at + i + 4] * b[bt + i + 4];
            s5 += a[at + i + 5] * b[bt + i + 5];
            s6 += a[at + i + 6] * b[bt + i + 6];
            s7 += a[at + i + 7] * b[bt + i + 7];
        }
        for (; i < length; i++) {
            s0 += a[at + i] * b[bt + i];
        }
        return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
    }

    /** The sum of {@code length} values in eight interleaved sums. */
    static float sum(float[] x, int at, int length) {
        float[] s = new float[8];
        int whole = length / 8 * 8;
        for (int i = 0; i < whole; i += 8) {
            for (int k = 0; k < 8; k++) {
                s[k] += x[at + i + k];
            }
        }
        for (int i = whole; i < length; i++) {
            s[0] += x[at + i];
        }
        return ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
    }

    /** The sum of the squares of what the first {@code length} values differ from {@code mean}, in eight interleaved sums. */
    static float squares(float[] x, float mean, int length) {
        float[] s = new float[8];
        int whole = length / 8 * 8;
        for (int i = 0; i < whole; i += 8) {
            for (int k = 0; k < 8; k++) {
                float d = x[i + k] - mean;
                s[k] += d * d;
            }
        }
        for (int i = whole; i < length; i++) {
            float d = x[i] - mean;
            s[0] += d * d;
        }
        return ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
    }
}
