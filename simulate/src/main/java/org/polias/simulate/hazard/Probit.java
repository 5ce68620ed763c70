// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import org.hipparchus.special.Erf;

/**
 * A dose-response curve: the probability of an effect is Phi(a + b ln D - 5) for a dose D.
 *
 * @param a offset
 * @param b slope against the dose's natural logarithm
 */
public record Probit(double a, double b) {

    /** The probit Pr = a + b ln D; minus infinity for no dose. */
    public double of(double dose) {
        return dose <= 0 ? Double.NEGATIVE_INFINITY : a + b * StrictMath.log(dose);
    }

    /** The probability of the effect, 0 to 1. */
    public double probability(double dose) {
        double z = of(dose) - 5;
        return z < -30 ? 0 : 0.5 * Erf.erfc(-z / Math.sqrt(2));
    }

    /** The dose at which half of those exposed show the effect. */
    public double median() {
        return StrictMath.exp((5 - a) / b);
    }
}
