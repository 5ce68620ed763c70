// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

/** Atmospheric stability after Pasquill: how strongly the air near the ground mixes. */
public enum Stability {
    /** Extremely unstable. */
    A,
    /** Moderately unstable. */
    B,
    /** Slightly unstable. */
    C,
    /** Neutral: any wind under an overcast sky, strong wind always. */
    D,
    /** Slightly stable. */
    E,
    /** Moderately stable: a clear night with little wind. */
    F;

    /** How strongly the sun heats the ground. */
    public enum Insolation {
        /** Sun more than 60 degrees high, clear sky. */
        STRONG,
        /** Between the others. */
        MODERATE,
        /** Sun less than 35 degrees high, or broken clouds. */
        SLIGHT
    }

    private static final Stability[][] DAY = {{A, B, B}, {B, B, C}, {B, C, C}, {C, D, D}, {C, D, D}};
    private static final double[] WIND_M_PER_S = {2, 3, 5, 6};

    /**
     * The class by day (Turner 1970, table 3-1; where it gives two classes, the more stable one, which dilutes less).
     *
     * @param wind_m_per_s 10 m above the ground
     */
    public static Stability byDay(double wind_m_per_s, Insolation insolation) {
        return DAY[row(wind_m_per_s)][insolation.ordinal()];
    }

    /**
     * The class by night (Turner 1970, table 3-1; below 2 m/s, where the table is empty, F).
     *
     * @param wind_m_per_s 10 m above the ground
     * @param cloudy whether at least half the sky is covered
     */
    public static Stability byNight(double wind_m_per_s, boolean cloudy) {
        return switch (row(wind_m_per_s)) {
            case 0 -> F;
            case 1 -> cloudy ? E : F;
            case 2 -> cloudy ? D : E;
            default -> D;
        };
    }

    private static int row(double wind_m_per_s) {
        if (!(wind_m_per_s >= 0)) {
            throw new IllegalArgumentException("The wind speed is %s m/s.".formatted(wind_m_per_s));
        }
        int row = 0;
        while (row < WIND_M_PER_S.length && wind_m_per_s >= WIND_M_PER_S[row]) {
            row++;
        }
        return row;
    }
}
