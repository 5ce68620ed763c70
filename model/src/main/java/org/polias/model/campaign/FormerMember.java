// SPDX-License-Identifier: Apache-2.0
package org.polias.model.campaign;

import java.time.Instant;

import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;

/**
 * An incident that belonged to a campaign and left it.
 *
 * @param leftAt when it left
 */
public record FormerMember(
        SiteKey site, IncidentId incident, Instant startedAt, Instant leftAt, String title, Reason reason) {

    /** Why an incident left its campaign. */
    public enum Reason {
        /** It is over. */
        RESOLVED,
        /** An operator judged that it is nothing. */
        DISMISSED,
        /** It turned out to be part of another incident. */
        MERGED,
        /** What is known of it by now no longer ties it to the others. */
        UNTIED,
        /** More incidents are live than are joined; it was the one about which nothing had been heard for longest. */
        FORGOTTEN
    }
}
