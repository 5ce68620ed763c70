// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.association;

import org.polias.model.detection.DetectionDomain;

/**
 * How far apart in time and space the traces of one incident lie, by the fields of the two detections. Engineering judgement: an
 * attack lasts minutes, a gas cloud a quarter of an hour, an intruder's steps through a network half an hour.
 */
public final class Kernels {

    /** One unrelated detection of some kind a site in this time, in seconds: two hours. */
    private static final double BACKGROUND_S = 7200;
    /** Network sensors talk more: one unrelated alert in half an hour. */
    private static final double BACKGROUND_OF_ALERTS_S = 1800;

    private static final DetectionDomain[] DOMAINS = DetectionDomain.values();
    private static final double[][] TAU_S = new double[DOMAINS.length][DOMAINS.length];
    private static final double[][] LOG_GAIN = new double[DOMAINS.length][DOMAINS.length];
    private static final double[] EXTENT_M = new double[DOMAINS.length];

    static {
        for (DetectionDomain a : DOMAINS) {
            EXTENT_M[a.ordinal()] = extentOf_m(a);
            for (DetectionDomain b : DOMAINS) {
                TAU_S[a.ordinal()][b.ordinal()] = a == b ? tauWithin_s(a) : tauBetween_s(a, b);
                LOG_GAIN[a.ordinal()][b.ordinal()] =
                        StrictMath.log(background_s(a, b) / TAU_S[a.ordinal()][b.ordinal()]);
            }
        }
    }

    private Kernels() {}

    /** The mean time in seconds between detections of these two fields that tell of one incident. */
    public static double tau_s(DetectionDomain a, DetectionDomain b) {
        return TAU_S[a.ordinal()][b.ordinal()];
    }

    /** ln(B / tau): what two detections of these fields weigh for being of one incident when they are simultaneous. */
    public static double simultaneous(DetectionDomain a, DetectionDomain b) {
        return LOG_GAIN[a.ordinal()][b.ordinal()];
    }

    /** How often, in seconds, one unrelated detection comes where either is of one of these fields: of the more talkative. */
    static double background_s(DetectionDomain a, DetectionDomain b) {
        return a == DetectionDomain.CYBER || b == DetectionDomain.CYBER ? BACKGROUND_OF_ALERTS_S : BACKGROUND_S;
    }

    /**
     * Whether a condition of this field ties what comes later to it for as long as it lasts: a cloud drifts on and a crowd spreads. A sensor that is
     * lost, a door that stands open and a value that is too high stay so for hours, in which much else happens.
     */
    static boolean tiesWhileItLasts(DetectionDomain domain) {
        return switch (domain) {
            case CHEMICAL, CROWD -> true;
            case ACOUSTIC, HEALTH, ACCESS, ENVIRONMENT, CYBER -> false;
        };
    }

    /** How far what a detection of this field tells of reaches beyond a point, one standard deviation in metres. */
    public static double extent_m(DetectionDomain domain) {
        return EXTENT_M[domain.ordinal()];
    }

    private static double extentOf_m(DetectionDomain domain) {
        return switch (domain) {
            case ACOUSTIC, CROWD, ENVIRONMENT -> 50;
            case CHEMICAL, HEALTH -> 150;
            case ACCESS, CYBER -> 30;
        };
    }

    private static double tauWithin_s(DetectionDomain domain) {
        return switch (domain) {
            case ACOUSTIC -> 120;
            case HEALTH, CROWD, ACCESS, ENVIRONMENT -> 300;
            case CHEMICAL -> 600;
            case CYBER -> 900;
        };
    }

    /** Between two fields: the longer of what each brings along. */
    private static double tauBetween_s(DetectionDomain a, DetectionDomain b) {
        return Math.max(tauAcross_s(a), tauAcross_s(b));
    }

    private static double tauAcross_s(DetectionDomain domain) {
        return switch (domain) {
            case ACOUSTIC -> 180;
            case HEALTH, CROWD, ACCESS, CHEMICAL, ENVIRONMENT -> 300;
            case CYBER -> 600;
        };
    }
}
