// SPDX-License-Identifier: Apache-2.0
package org.polias.model.campaign;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Position;

/**
 * An incident that belongs to a campaign.
 *
 * @param startedAt the event time of its earliest evidence: its place in the order of happening
 * @param type what it is most probably
 * @param position where it is thought to be, where it has been assessed
 */
public record CampaignMember(
        SiteKey site,
        IncidentId incident,
        Instant startedAt,
        String title,
        IncidentType type,
        CriticalityLevel level,
        Optional<Position> position) {}
