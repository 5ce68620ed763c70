// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** How soon one should act, in the values of the Common Alerting Protocol 1.2. */
public enum Urgency {
    /** Act at once. */
    IMMEDIATE,
    /** Act within the hour. */
    EXPECTED,
    /** Act soon. */
    FUTURE,
    /** Nothing needs to be done any more. */
    PAST,
    UNKNOWN
}
