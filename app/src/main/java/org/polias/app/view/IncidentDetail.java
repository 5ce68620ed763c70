// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.fuse.explanation.NextObservation;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.incident.SilentSensor;
import org.polias.model.response.PlaybookStep;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** An incident with all that explains it. */
public record IncidentDetail(
        @JsonUnwrapped IncidentSummary summary,
        List<Hypothesis> hypotheses,
        Optional<Criticality> criticality,
        List<LedgerLine> ledger,
        List<SilentSensorLine> silentSensors,
        List<AdviceView> advice,
        List<TimelineEntry> timeline,
        Optional<WouldTell> wouldTellMost) {

    /** The observation that would change most what is believed. */
    public record WouldTell(DetectionType type, double change, double ifSo, double ifNot, String sentence) {
        static WouldTell of(NextObservation next) {
            return new WouldTell(next.type(), next.change(), next.ifSo(), next.ifNot(), next.sentence());
        }
    }

    /** Advice as it is shown. */
    public record AdviceView(String playbook, String title, Instant at, List<PlaybookStep> steps) {}

    /** The whole of {@code incident} and its history; the latest advice first, as it fits what is believed now. */
    public static IncidentDetail of(Incident incident, List<IncidentEvent> events) {
        return new IncidentDetail(
                IncidentSummary.of(incident),
                incident.hypotheses(),
                incident.criticality(),
                incident.ledger().stream().map(LedgerLine::of).toList(),
                incident.silentSensors().stream().map(SilentSensorLine::of).toList(),
                incident.advice().reversed().stream()
                        .map(advised ->
                                new AdviceView(advised.playbook(), advised.title(), advised.at(), advised.steps()))
                        .toList(),
                events.stream().map(TimelineEntry::of).toList(),
                NextObservation.of(incident).map(WouldTell::of));
    }

    /** A line of the ledger, with ids as texts. */
    public record LedgerLine(
            String key,
            LedgerKind kind,
            Map<IncidentType, Double> weights,
            String sentence,
            Instant at,
            int count,
            List<String> detections,
            List<EvidenceLine> evidence) {
        static LedgerLine of(LedgerEntry entry) {
            return new LedgerLine(
                    entry.key(),
                    entry.kind(),
                    entry.weights(),
                    entry.sentence(),
                    entry.at(),
                    entry.count(),
                    entry.detections().stream().map(Object::toString).toList(),
                    entry.evidence().stream()
                            .map(evidence -> new EvidenceLine(
                                    evidence.datastream().value(),
                                    evidence.observation().toString(),
                                    evidence.phenomenonTime()))
                            .toList());
        }
    }

    /** An observation that is evidence. */
    public record EvidenceLine(String datastream, String observation, Instant phenomenonTime) {}

    /** A silent sensor, with ids as texts. */
    public record SilentSensorLine(String sensor, String datastream, double distance_m, Optional<Instant> lastHeard) {
        static SilentSensorLine of(SilentSensor silent) {
            return new SilentSensorLine(
                    silent.sensor().value(), silent.datastream().value(), silent.distance_m(), silent.lastHeard());
        }
    }
}
