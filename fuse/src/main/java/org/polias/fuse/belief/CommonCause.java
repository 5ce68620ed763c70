// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import org.polias.model.detection.DetectionDomain;

/**
 * How much correlated claims weigh together. n equal claims with intra-class correlation rho count as n / (1 + (n - 1) rho)
 * independent ones (Kish's design effect, Survey Sampling, 1965). For claims of different strength, with T their sum and M the
 * strongest, n is T / M, hence
 *
 * <pre>
 *   effective = T M / ((1 - rho) M + rho T)      for T > M > 0, else T
 * </pre>
 *
 * which grows with every further claim and never passes M / rho.
 */
public final class CommonCause {

    /** Correlation of what different detectors or types report from one sensor. */
    public static final double SAME_SENSOR = 0.7;
    /** Correlation of what sensors behind one gateway report: its clock, its power, its attacker. */
    public static final double SAME_GATEWAY = 0.2;
    /** Correlation of the states of sensors behind one gateway: they fail together. */
    public static final double SAME_GATEWAY_HEALTH = 0.9;

    private CommonCause() {}

    /** What claims that add up to {@code total}, the strongest of them {@code strongest}, weigh together. */
    public static double effective(double total, double strongest, double correlation) {
        return total > strongest && strongest > 0
                ? total * strongest / ((1 - correlation) * strongest + correlation * total)
                : total;
    }

    /** Correlation of repeated claims of one source: the same bang echoes, the same rule fires for each packet. */
    public static double repetition(DetectionDomain domain) {
        return switch (domain) {
            case ACOUSTIC -> 0.4;
            case CYBER -> 0.3;
            case CROWD, CHEMICAL, ACCESS, ENVIRONMENT -> 0.5;
            case HEALTH -> 0.9;
        };
    }
}
