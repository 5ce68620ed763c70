// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** How much an incident matters, from least to most. */
public enum CriticalityLevel {
    NEGLIGIBLE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
