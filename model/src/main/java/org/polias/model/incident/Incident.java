// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.model.detection.EntityRef;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.place.Place;

/**
 * A hypothesis that explains a set of detections, as far as it is known: the fold of its {@link IncidentEvent}s by
 * {@link #begin} and {@link #on}.
 *
 * @param sequence the number of the last event it contains
 * @param ledger everything that was weighed, in the order in which it first came
 * @param hypotheses what may be happening, the most probable first; empty until first assessed
 * @param criticality how much it matters; absent until first assessed
 * @param place where; absent until first assessed
 */
public record Incident(
        IncidentId id,
        SiteKey site,
        long sequence,
        IncidentStatus status,
        boolean simulated,
        Optional<String> exercise,
        Instant openedAt,
        Instant startedAt,
        Instant lastEvidenceAt,
        Instant changedAt,
        String title,
        List<LedgerEntry> ledger,
        List<Hypothesis> hypotheses,
        Optional<Criticality> criticality,
        Optional<Place> place,
        List<EntityRef> entities,
        List<SilentSensor> silentSensors,
        List<IncidentEvent.Advised> advice,
        Optional<String> acknowledgedBy,
        Optional<String> assignee,
        Optional<DismissalReason> dismissal,
        Optional<IncidentId> mergedInto) {

    public Incident {
        ledger = List.copyOf(ledger);
        hypotheses = List.copyOf(hypotheses);
        entities = List.copyOf(entities);
        silentSensors = List.copyOf(silentSensors);
        advice = List.copyOf(advice);
    }

    /** The incident after its first event. */
    public static Incident begin(IncidentEvent.Opened opened) {
        return new Incident(
                opened.incident(),
                opened.site(),
                opened.sequence(),
                IncidentStatus.OPEN,
                opened.simulated(),
                opened.exercise(),
                opened.at(),
                opened.startedAt(),
                opened.startedAt(),
                opened.at(),
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The incident after one more event.
     *
     * @throws IllegalArgumentException if the event is another incident's, or not the next one
     */
    public Incident on(IncidentEvent event) {
        if (!event.incident().equals(id) || event.sequence() != sequence + 1) {
            throw new IllegalArgumentException("Event %d of incident %s does not follow event %d of incident %s."
                    .formatted(event.sequence(), event.incident(), sequence, id));
        }
        Draft next = new Draft(this, event);
        switch (event) {
            case IncidentEvent.Opened ignored ->
                throw new IllegalArgumentException("Incident %s was opened twice.".formatted(id));
            case IncidentEvent.Reassessed e -> {
                next.ledger = changedLedger(e);
                next.hypotheses = e.hypotheses();
                next.criticality = Optional.of(e.criticality());
                next.place = Optional.of(e.place());
                next.lastEvidenceAt = e.lastEvidenceAt();
                next.title = e.title();
                next.entities = e.entities();
                next.silentSensors = e.silentSensors();
            }
            case IncidentEvent.Advised e -> {
                next.advice = new ArrayList<>(advice);
                next.advice.removeIf(earlier -> earlier.playbook().equals(e.playbook()));
                next.advice.add(e);
            }
            case IncidentEvent.Acknowledged e -> {
                next.status = status == IncidentStatus.OPEN ? IncidentStatus.ACKNOWLEDGED : status;
                next.acknowledgedBy = Optional.of(e.by());
            }
            case IncidentEvent.Assigned e -> {
                next.status = IncidentStatus.ASSIGNED;
                next.acknowledgedBy = acknowledgedBy.or(() -> Optional.of(e.by()));
                next.assignee = Optional.of(e.to());
            }
            case IncidentEvent.Noted ignored -> {}
            case IncidentEvent.Resolved ignored -> next.status = IncidentStatus.RESOLVED;
            case IncidentEvent.Dismissed e -> {
                next.status = IncidentStatus.DISMISSED;
                next.dismissal = Optional.of(e.reason());
            }
            case IncidentEvent.Reopened ignored -> {
                next.status = assignee.isPresent()
                        ? IncidentStatus.ASSIGNED
                        : acknowledgedBy.isPresent() ? IncidentStatus.ACKNOWLEDGED : IncidentStatus.OPEN;
                next.dismissal = Optional.empty();
            }
            case IncidentEvent.MergedInto e -> {
                next.status = IncidentStatus.MERGED;
                next.mergedInto = Optional.of(e.target());
            }
            case IncidentEvent.Absorbed ignored -> {}
            case IncidentEvent.SplitOff ignored -> {}
            case IncidentEvent.SplitFrom ignored -> {}
        }
        return next.toIncident();
    }

    /** The hypothesis that is believed most, once there is one. */
    public Optional<Hypothesis> findLeadingHypothesis() {
        return hypotheses.stream().findFirst();
    }

    private List<LedgerEntry> changedLedger(IncidentEvent.Reassessed event) {
        List<LedgerEntry> next = new ArrayList<>(ledger);
        next.removeIf(line -> event.removed().contains(line.key()));
        for (LedgerEntry changed : event.changed()) {
            int index = 0;
            while (index < next.size() && !next.get(index).key().equals(changed.key())) {
                index++;
            }
            if (index < next.size()) {
                next.set(index, changed);
            } else {
                next.add(changed);
            }
        }
        return next;
    }

    /** The next incident while it is being made. */
    private static final class Draft {
        private final Incident before;
        private final IncidentEvent event;
        private IncidentStatus status;
        private Instant lastEvidenceAt;
        private String title;
        private List<LedgerEntry> ledger;
        private List<Hypothesis> hypotheses;
        private Optional<Criticality> criticality;
        private Optional<Place> place;
        private List<EntityRef> entities;
        private List<SilentSensor> silentSensors;
        private List<IncidentEvent.Advised> advice;
        private Optional<String> acknowledgedBy;
        private Optional<String> assignee;
        private Optional<DismissalReason> dismissal;
        private Optional<IncidentId> mergedInto;

        Draft(Incident before, IncidentEvent event) {
            this.before = before;
            this.event = event;
            status = before.status;
            lastEvidenceAt = before.lastEvidenceAt;
            title = before.title;
            ledger = before.ledger;
            hypotheses = before.hypotheses;
            criticality = before.criticality;
            place = before.place;
            entities = before.entities;
            silentSensors = before.silentSensors;
            advice = before.advice;
            acknowledgedBy = before.acknowledgedBy;
            assignee = before.assignee;
            dismissal = before.dismissal;
            mergedInto = before.mergedInto;
        }

        Incident toIncident() {
            return new Incident(
                    before.id,
                    before.site,
                    event.sequence(),
                    status,
                    before.simulated,
                    before.exercise,
                    before.openedAt,
                    before.startedAt,
                    lastEvidenceAt,
                    event.at(),
                    title,
                    ledger,
                    hypotheses,
                    criticality,
                    place,
                    entities,
                    silentSensors,
                    advice,
                    acknowledgedBy,
                    assignee,
                    dismissal,
                    mergedInto);
        }
    }
}
