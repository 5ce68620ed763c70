// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.polias.model.Sorted;
import org.polias.model.detection.Evidence;
import org.polias.model.id.DetectionId;

/**
 * One line of an incident's ledger: something known, and what it weighs for each hypothesis.
 *
 * @param key what the line is about; a later line with the same key takes its place, so that nothing counts twice
 * @param weights the log-odds that it adds to each hypothesis, against "nothing that matters"
 * @param sentence what it is, in plain language with values
 * @param at the event time of what it reports
 * @param count how many detections it stands for
 * @param detections the detections it rests on, the latest few where there are many
 * @param evidence the observations behind those
 */
public record LedgerEntry(
        String key,
        LedgerKind kind,
        SortedMap<IncidentType, Double> weights,
        String sentence,
        Instant at,
        int count,
        List<DetectionId> detections,
        List<Evidence> evidence) {

    public LedgerEntry {
        weights = Sorted.copyOf(weights);
        detections = List.copyOf(detections);
        evidence = List.copyOf(evidence);
    }

    /** What the line adds to {@code hypothesis}; 0 where it says nothing of it. */
    public double weightFor(IncidentType hypothesis) {
        Double weight = weights.get(hypothesis);
        return weight == null ? 0 : weight;
    }

    /** Weights that are the same map for everyone who reads it. */
    public static SortedMap<IncidentType, Double> weights(Map<IncidentType, Double> weights) {
        return Sorted.copyOf(weights);
    }
}
