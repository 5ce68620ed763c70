// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** How sure it is that it happens, in the values of the Common Alerting Protocol 1.2. */
public enum Certainty {
    /** Somebody saw it. The platform never says so by itself. */
    OBSERVED,
    /** More probable than not: above 50 %. */
    LIKELY,
    /** At most 50 %. */
    POSSIBLE,
    /** Not expected: below 10 %. */
    UNLIKELY,
    UNKNOWN;

    /** The certainty of what has this probability; never {@link #OBSERVED}. */
    public static Certainty of(double probability) {
        if (probability > 0.5) {
            return LIKELY;
        }
        return probability >= 0.1 ? POSSIBLE : UNLIKELY;
    }
}
