// SPDX-License-Identifier: Apache-2.0
package org.polias.store.incident;

/** Which incidents are asked for. */
public enum IncidentScope {
    /** Those that still ask for attention. */
    LIVE,
    /** Those that are resolved, dismissed or merged. */
    CLOSED,
    ALL
}
