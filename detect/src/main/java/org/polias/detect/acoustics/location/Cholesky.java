// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

/** The factor L of a symmetric positive definite matrix A = L L', in place, and what can be solved with it. */
final class Cholesky {

    private Cholesky() {}

    /** Writes L into the lower triangle of {@code a}; false if the matrix is not positive definite. */
    static boolean factor(double[][] a) {
        int n = a.length;
        for (int j = 0; j < n; j++) {
            double d = a[j][j];
            for (int k = 0; k < j; k++) {
                d -= a[j][k] * a[j][k];
            }
            if (!(d > 0)) {
                return false;
            }
            double root = Math.sqrt(d);
            a[j][j] = root;
            for (int i = j + 1; i < n; i++) {
                double s = a[i][j];
                for (int k = 0; k < j; k++) {
                    s -= a[i][k] * a[j][k];
                }
                a[i][j] = s / root;
            }
        }
        return true;
    }

    /** Solves L x = b in place. */
    static void forward(double[][] l, double[] b) {
        for (int i = 0; i < b.length; i++) {
            double s = b[i];
            for (int k = 0; k < i; k++) {
                s -= l[i][k] * b[k];
            }
            b[i] = s / l[i][i];
        }
    }

    /** Solves L' x = b in place. */
    static void backward(double[][] l, double[] b) {
        for (int i = b.length - 1; i >= 0; i--) {
            double s = b[i];
            for (int k = i + 1; k < b.length; k++) {
                s -= l[k][i] * b[k];
            }
            b[i] = s / l[i][i];
        }
    }
}
