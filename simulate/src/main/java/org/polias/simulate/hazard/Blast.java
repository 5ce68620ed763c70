// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

/**
 * The air blast of a charge on the ground: peak incident overpressure of a hemispherical surface burst (Kingery and Bulmash 1984, in
 * Swisdak's simplified metric form, 1994): P_so = exp(sum a_i (ln Z)^i) kPa with Z = R / W^(1/3) in m/kg^(1/3).
 *
 * @param charge_kg W, in kilograms of TNT
 */
public record Blast(double charge_kg) {

    /** One pound per square inch, kPa. */
    private static final double PSI_KPA = 6.894_757;

    /** What a peak overpressure does (US DoD and FEMA 426, in psi). */
    public enum Effect {
        /** Windows break. */
        GLASS(1),
        /** Eardrums may burst. */
        EARDRUM(5),
        /** Lungs may be injured. */
        LUNG(15),
        /** Half of those exposed die. */
        LETHAL_50(50);

        private final double threshold_psi;

        Effect(double threshold_psi) {
            this.threshold_psi = threshold_psi;
        }

        /** From which overpressure on, kPa. */
        public double threshold_kPa() {
            return threshold_psi * PSI_KPA;
        }
    }

    /** Where the polynomials hold, m/kg^(1/3). */
    static final double MIN_Z = 0.2;

    static final double MAX_Z = 198.5;

    private static final double[] NEAR = {7.2106, -2.1069, -0.3229, 0.1117, 0.0685};
    private static final double[] MIDDLE = {7.5938, -3.0523, 0.40977, 0.0261, -0.01267};
    private static final double[] FAR = {6.0536, -1.4066};
    private static final double NEAR_Z = 2.9;
    private static final double MIDDLE_Z = 23.8;

    /** Eisenberg et al. 1975, for the peak overpressure in pascal. */
    private static final Probit EARDRUM_RUPTURE = new Probit(-15.6, 1.93);

    /** @throws IllegalArgumentException if the charge is not positive or heavier than a million kilograms */
    public Blast {
        if (!(charge_kg > 0 && charge_kg <= 1e6)) {
            throw new IllegalArgumentException(
                    "A charge of %s kg cannot be.%nMaybe give its TNT equivalent in kilograms.".formatted(charge_kg));
        }
    }

    /** Peak overpressure at a scaled distance; nearer than {@value #MIN_Z} that of {@value #MIN_Z}, beyond {@value #MAX_Z} 0. */
    static double overpressureAt_kPa(double z) {
        if (z > MAX_Z) {
            return 0;
        }
        double x = StrictMath.log(Math.max(MIN_Z, z));
        double[] a = z <= NEAR_Z ? NEAR : z <= MIDDLE_Z ? MIDDLE : FAR;
        double sum = 0;
        for (int i = a.length - 1; i >= 0; i--) {
            sum = sum * x + a[i];
        }
        return StrictMath.exp(sum);
    }

    /** Peak incident overpressure, kPa. */
    public double overpressure_kPa(double distance_m) {
        return overpressureAt_kPa(distance_m / StrictMath.cbrt(charge_kg));
    }

    /** How far the overpressure reaches, m. */
    public double radius_m(double overpressure_kPa) {
        double near = MIN_Z;
        double far = MAX_Z;
        if (overpressureAt_kPa(near) <= overpressure_kPa) {
            return near * StrictMath.cbrt(charge_kg);
        }
        if (overpressureAt_kPa(far) >= overpressure_kPa) {
            return far * StrictMath.cbrt(charge_kg);
        }
        for (int i = 0; i < 60; i++) {
            double middle = (near + far) / 2;
            if (overpressureAt_kPa(middle) >= overpressure_kPa) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return near * StrictMath.cbrt(charge_kg);
    }

    /** How far an effect reaches, m. */
    public double radius_m(Effect effect) {
        return radius_m(effect.threshold_kPa());
    }

    /** The probability of a burst eardrum. */
    public double eardrumRupture(double distance_m) {
        return EARDRUM_RUPTURE.probability(overpressure_kPa(distance_m) * 1000);
    }
}
