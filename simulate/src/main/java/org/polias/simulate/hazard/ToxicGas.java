// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A gas and what it does to people.
 *
 * @param n exponent of the toxic load C^n t
 * @param lethality probability of death against the toxic load, in (mg/m3)^n min
 * @param idlh_ppm immediately dangerous to life or health (NIOSH)
 */
public record ToxicGas(
        String name, double molarMass_g_per_mol, double n, Probit lethality, Aegl aegl, double idlh_ppm) {

    /** Molar volume of an ideal gas at 25 degrees Celsius and 1 atm, L/mol. */
    private static final double MOLAR_VOLUME_L = 24.465;

    private static final double INF = Double.POSITIVE_INFINITY;

    /** Probit: Purple Book (CPR 18E) -15.6 + ln(C^2 t); AEGLs vol. 6 (2008). */
    public static final ToxicGas AMMONIA = new ToxicGas(
            "ammonia",
            17.031,
            2,
            new Probit(-15.6, 1),
            new Aegl(
                    List.of(30.0, 30.0, 30.0, 30.0, 30.0),
                    List.of(220.0, 220.0, 160.0, 110.0, 110.0),
                    List.of(2700.0, 1600.0, 1100.0, 550.0, 390.0)),
            300);

    /** Probit: Purple Book -6.35 + 0.5 ln(C^2.75 t); AEGLs vol. 4 (2004). */
    public static final ToxicGas CHLORINE = new ToxicGas(
            "chlorine",
            70.906,
            2.75,
            new Probit(-6.35, 0.5),
            new Aegl(
                    List.of(0.5, 0.5, 0.5, 0.5, 0.5),
                    List.of(2.8, 2.8, 2.0, 1.0, 0.71),
                    List.of(50.0, 28.0, 20.0, 10.0, 7.1)),
            10);

    /** Probit: Purple Book -7.4 + ln(C t); AEGLs vol. 8 (2010), which has no level 1. */
    public static final ToxicGas CARBON_MONOXIDE = new ToxicGas(
            "carbon-monoxide",
            28.010,
            1,
            new Probit(-7.4, 1),
            new Aegl(
                    List.of(INF, INF, INF, INF, INF),
                    List.of(420.0, 150.0, 83.0, 33.0, 27.0),
                    List.of(1700.0, 600.0, 330.0, 150.0, 130.0)),
            1200);

    /** All that are known here. */
    public static final List<ToxicGas> KNOWN = List.of(AMMONIA, CHLORINE, CARBON_MONOXIDE);

    /** The gas of that name or formula (NH3, Cl2, CO). */
    public static Optional<ToxicGas> find(String name) {
        String wanted =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "nh3" -> AMMONIA.name;
                    case "cl2" -> CHLORINE.name;
                    case "co" -> CARBON_MONOXIDE.name;
                    case String other -> other;
                };
        return KNOWN.stream().filter(gas -> gas.name.equals(wanted)).findFirst();
    }

    /** Volume fraction in ppm of a concentration, at 25 degrees Celsius and 1 atm. */
    public double ppm(double kg_per_m3) {
        return kg_per_m3 * 1e6 * MOLAR_VOLUME_L / molarMass_g_per_mol;
    }

    /** Concentration in kg/m3 of a volume fraction, at 25 degrees Celsius and 1 atm. */
    public double kg_per_m3(double ppm) {
        return ppm * molarMass_g_per_mol / MOLAR_VOLUME_L * 1e-6;
    }

    /** The toxic load C^n t of a steady concentration, (mg/m3)^n min. */
    public double toxicLoad(double kg_per_m3, double minutes) {
        return StrictMath.pow(kg_per_m3 * 1e6, n) * minutes;
    }

    /**
     * The toxic load after which half the people cannot walk any more: that of half the concentration that kills half of them (ISO
     * 13344 takes half the lethal exposure).
     */
    public double incapacitatingLoad() {
        return lethality.median() * StrictMath.pow(0.5, n);
    }

    /** The probability of death after a steady concentration. */
    public double lethality(double kg_per_m3, double minutes) {
        return lethality.probability(toxicLoad(kg_per_m3, minutes));
    }
}
