// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.List;

import org.polias.model.campaign.FormerMember;
import org.polias.model.id.IncidentId;

/**
 * An incident that no longer counts.
 *
 * @param sequence the last that is known of it
 * @param actors who it named, if an operator dismissed it: they are usual visitors
 */
public record Closed(IncidentId id, long sequence, Instant closedAt, FormerMember.Reason reason, List<LinkKey> actors) {

    public Closed {
        actors = List.copyOf(actors);
    }

    static Closed of(CityIncident incident) {
        FormerMember.Reason reason =
                switch (incident.status()) {
                    case RESOLVED -> FormerMember.Reason.RESOLVED;
                    case DISMISSED -> FormerMember.Reason.DISMISSED;
                    case MERGED -> FormerMember.Reason.MERGED;
                    case OPEN, ACKNOWLEDGED, ASSIGNED -> FormerMember.Reason.FORGOTTEN;
                };
        return new Closed(incident.id(), incident.sequence(), incident.changedAt(), reason, actorsOf(incident));
    }

    private static List<LinkKey> actorsOf(CityIncident incident) {
        boolean usual = incident.dismissal()
                .map(reason -> switch (reason) {
                    case FALSE_ALARM, HARMLESS_CAUSE, PLANNED_ACTIVITY -> true;
                    case SENSOR_FAULT, DUPLICATE, EXERCISE -> false;
                })
                .orElse(false);
        return usual
                ? incident.keys().stream()
                        .filter(key -> key.kind().namesAnActor())
                        .toList()
                : List.of();
    }
}
