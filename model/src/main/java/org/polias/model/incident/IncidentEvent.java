// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.model.detection.EntityRef;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.place.Place;
import org.polias.model.response.PlaybookStep;

/**
 * Something that happened to an incident. Events of one incident are numbered from 1 without gaps; {@link Incident} is their
 * fold.
 */
public sealed interface IncidentEvent {

    IncidentId incident();

    /** The number of this event among the incident's events, from 1. */
    long sequence();

    /** When it happened: the arrival of the record that caused it. */
    Instant at();

    /**
     * The incident came to be.
     *
     * @param startedAt the event time of the earliest evidence
     * @param simulated whether its sensors are simulated
     * @param exercise the exercise during which it arose
     */
    record Opened(
            IncidentId incident,
            long sequence,
            Instant at,
            SiteKey site,
            Instant startedAt,
            boolean simulated,
            Optional<String> exercise)
            implements IncidentEvent {}

    /**
     * Evidence or circumstances changed what is believed.
     *
     * @param changed the ledger's lines that are new or take another's place (same key), in the ledger's order
     * @param removed keys of lines that no longer count
     * @param hypotheses all hypotheses, the most probable first
     * @param lastEvidenceAt the event time of the latest evidence
     * @param title what is happening and where, in a few words
     * @param entities what the incident is about: assets, zones, addresses, signatures
     */
    record Reassessed(
            IncidentId incident,
            long sequence,
            Instant at,
            List<LedgerEntry> changed,
            List<String> removed,
            List<Hypothesis> hypotheses,
            Criticality criticality,
            Place place,
            Instant lastEvidenceAt,
            String title,
            List<EntityRef> entities,
            List<SilentSensor> silentSensors)
            implements IncidentEvent {
        public Reassessed {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
            hypotheses = List.copyOf(hypotheses);
            entities = List.copyOf(entities);
            silentSensors = List.copyOf(silentSensors);
        }
    }

    /** Steps were advised. Advice acts on nothing by itself: a person decides. */
    record Advised(
            IncidentId incident, long sequence, Instant at, String playbook, String title, List<PlaybookStep> steps)
            implements IncidentEvent {
        public Advised {
            steps = List.copyOf(steps);
        }
    }

    /** An operator has seen it. */
    record Acknowledged(IncidentId incident, long sequence, Instant at, String by) implements IncidentEvent {}

    /** It was given to someone. */
    record Assigned(IncidentId incident, long sequence, Instant at, String by, String to) implements IncidentEvent {}

    /** Someone wrote a note. */
    record Noted(IncidentId incident, long sequence, Instant at, String by, String text) implements IncidentEvent {}

    /** It is over. {@code by} is {@code "polias"} where it ended because its evidence ended. */
    record Resolved(IncidentId incident, long sequence, Instant at, String by, String note) implements IncidentEvent {}

    /** An operator judged that it is nothing. */
    record Dismissed(IncidentId incident, long sequence, Instant at, String by, DismissalReason reason, String note)
            implements IncidentEvent {}

    /** It was taken up again after having been resolved or dismissed. */
    record Reopened(IncidentId incident, long sequence, Instant at, String by, String note) implements IncidentEvent {}

    /** It turned out to be part of another incident, which has its evidence from now on. */
    record MergedInto(IncidentId incident, long sequence, Instant at, String by, IncidentId target)
            implements IncidentEvent {}

    /** Another incident turned out to be part of this one. */
    record Absorbed(IncidentId incident, long sequence, Instant at, String by, IncidentId source)
            implements IncidentEvent {}

    /**
     * A part of it turned out to be something else, which is an incident of its own from now on.
     *
     * @param into that incident
     * @param evidence keys of the lines of evidence that went
     */
    record SplitOff(
            IncidentId incident,
            long sequence,
            Instant at,
            String by,
            IncidentId into,
            List<String> evidence,
            String note)
            implements IncidentEvent {
        public SplitOff {
            evidence = List.copyOf(evidence);
        }
    }

    /** It was a part of another incident until now. */
    record SplitFrom(IncidentId incident, long sequence, Instant at, String by, IncidentId source)
            implements IncidentEvent {}
}
