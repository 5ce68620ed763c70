// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

/**
 * What the wind blows over, and how it spreads a plume: the standard deviations of Briggs (1973, as in Hanna, Briggs and Hosker
 * 1982, table 4.5), for 100 m to 10 km downwind; nearer they are extrapolated.
 */
public enum Terrain {
    /** Streets and houses. */
    URBAN {
        @Override
        public double sigmaY_m(Stability stability, double x) {
            double a =
                    switch (stability) {
                        case A, B -> 0.32;
                        case C -> 0.22;
                        case D -> 0.16;
                        case E, F -> 0.11;
                    };
            return a * x / Math.sqrt(1 + 0.0004 * x);
        }

        @Override
        public double sigmaZ_m(Stability stability, double x) {
            return switch (stability) {
                case A, B -> 0.24 * x * Math.sqrt(1 + 0.001 * x);
                case C -> 0.20 * x;
                case D -> 0.14 * x / Math.sqrt(1 + 0.0003 * x);
                case E, F -> 0.08 * x / Math.sqrt(1 + 0.0015 * x);
            };
        }
    },
    /** Open country. */
    RURAL {
        @Override
        public double sigmaY_m(Stability stability, double x) {
            double a =
                    switch (stability) {
                        case A -> 0.22;
                        case B -> 0.16;
                        case C -> 0.11;
                        case D -> 0.08;
                        case E -> 0.06;
                        case F -> 0.04;
                    };
            return a * x / Math.sqrt(1 + 0.0001 * x);
        }

        @Override
        public double sigmaZ_m(Stability stability, double x) {
            return switch (stability) {
                case A -> 0.20 * x;
                case B -> 0.12 * x;
                case C -> 0.08 * x / Math.sqrt(1 + 0.0002 * x);
                case D -> 0.06 * x / Math.sqrt(1 + 0.0015 * x);
                case E -> 0.03 * x / (1 + 0.0003 * x);
                case F -> 0.016 * x / (1 + 0.0003 * x);
            };
        }
    };

    /** Horizontal spread across the wind, m, at {@code x} metres downwind. */
    public abstract double sigmaY_m(Stability stability, double x);

    /** Vertical spread, m, at {@code x} metres downwind. */
    public abstract double sigmaZ_m(Stability stability, double x);
}
