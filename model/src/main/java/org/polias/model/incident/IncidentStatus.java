// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

/** Where an incident stands in its life. */
public enum IncidentStatus {
    OPEN,
    ACKNOWLEDGED,
    ASSIGNED,
    RESOLVED,
    DISMISSED,
    MERGED;

    /** Whether the incident still asks for attention and takes evidence. */
    public boolean isLive() {
        return switch (this) {
            case OPEN, ACKNOWLEDGED, ASSIGNED -> true;
            case RESOLVED, DISMISSED, MERGED -> false;
        };
    }
}
