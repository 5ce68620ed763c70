// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.Arrays;

/**
 * What came of one plan for one crowd.
 *
 * @param leaving_s when each person was out, in rising order; infinite for those who were not
 * @param slow_s as {@code leaving_s}, of the slowest tenth
 * @param exposure the sum of everybody's exposure, in units of serious harm
 * @param harmed how many gathered an exposure of 1
 * @param lastOut_s when the last was through each exit; 0 where nobody was
 * @param out how many went through each exit
 * @param busyUntil_s when the last was through each passage; 0 where nobody was
 * @param longestQueue the most who waited at one passage
 * @param worstPassage index of that passage
 */
record Outcome(
        double[] leaving_s,
        double[] slow_s,
        double exposure,
        int harmed,
        double[] lastOut_s,
        int[] out,
        double[] busyUntil_s,
        int longestQueue,
        int worstPassage) {

    /** When the part {@code share} of the people was out. */
    double time_s(double share) {
        return quantile(leaving_s, share);
    }

    /** When 95 % of the slowest tenth were out. */
    double slow95_s() {
        return quantile(slow_s, 0.95);
    }

    double mean_s() {
        return Arrays.stream(leaving_s).filter(Double::isFinite).average().orElse(0);
    }

    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int needed = (int) Math.ceil(share * sorted.length - 1e-9);
        return sorted[Math.max(0, needed - 1)];
    }
}
