// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.model.detection.EntityRef;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.place.Ellipse;
import org.polias.model.place.Place;

/** An incident as the queue and the map show it. */
public record IncidentSummary(
        String id,
        String site,
        long sequence,
        IncidentStatus status,
        boolean simulated,
        Optional<String> exercise,
        Instant openedAt,
        Instant startedAt,
        Instant lastEvidenceAt,
        Instant changedAt,
        String title,
        Optional<IncidentType> type,
        double probability,
        CriticalityLevel level,
        double exposedPeople,
        double score,
        Optional<double[]> position,
        Optional<Ellipse> ellipse,
        Optional<String> acknowledgedBy,
        Optional<String> assignee,
        Optional<DismissalReason> dismissal,
        Optional<String> mergedInto,
        int evidenceCount,
        List<EntityRef> entities) {

    /** The summary of {@code incident}; of one that was never assessed the level is negligible and the probability 0. */
    public static IncidentSummary of(Incident incident) {
        Optional<Criticality> criticality = incident.criticality();
        return new IncidentSummary(
                incident.id().value(),
                incident.site().site().value(),
                incident.sequence(),
                incident.status(),
                incident.simulated(),
                incident.exercise(),
                incident.openedAt(),
                incident.startedAt(),
                incident.lastEvidenceAt(),
                incident.changedAt(),
                incident.title(),
                incident.findLeadingHypothesis().map(Hypothesis::type),
                criticality.map(Criticality::probability).orElse(0.0),
                criticality.map(Criticality::level).orElse(CriticalityLevel.NEGLIGIBLE),
                criticality.map(Criticality::exposedPeople).orElse(0.0),
                criticality.map(Criticality::score).orElse(0.0),
                incident.place().map(GeoJson::coordinates),
                incident.place().map(Place::covariance).map(covariance -> covariance.ellipse95()),
                incident.acknowledgedBy(),
                incident.assignee(),
                incident.dismissal(),
                incident.mergedInto().map(Object::toString),
                incident.ledger().stream()
                        .filter(line -> line.kind() == LedgerKind.EVIDENCE)
                        .mapToInt(LedgerEntry::count)
                        .sum(),
                incident.entities());
    }
}
