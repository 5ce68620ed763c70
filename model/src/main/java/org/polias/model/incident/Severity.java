// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** How badly life and property are threatened, in the values of the Common Alerting Protocol 1.2. */
public enum Severity {
    EXTREME,
    SEVERE,
    MODERATE,
    MINOR,
    UNKNOWN
}
