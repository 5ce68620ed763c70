// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

/** How fast people of an age walk on the level (Weidmann 1993, as RiMEA's guideline has it). */
final class AgeCurve {

    private static final double[] AGE = {3, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90};
    private static final double[] SPEED = {0.58, 0.75, 1.15, 1.47, 1.61, 1.54, 1.48, 1.41, 1.29, 1.08, 0.68, 0.40};

    private AgeCurve() {}

    static double speed_mps(double age) {
        if (!(age > AGE[0])) {
            return SPEED[0];
        }
        for (int i = 1; i < AGE.length; i++) {
            if (age <= AGE[i]) {
                double part = (age - AGE[i - 1]) / (AGE[i] - AGE[i - 1]);
                return SPEED[i - 1] + part * (SPEED[i] - SPEED[i - 1]);
            }
        }
        return SPEED[SPEED.length - 1];
    }
}
