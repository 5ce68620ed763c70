// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.LedgerEntry;

/**
 * Which detections went to which incident, as far as the incidents' ledgers tell. A line names the latest few of its detections and
 * how many it stands for: what is named joins, and so do as many earlier ones of the same source as the line grew by.
 */
final class Membership {

    /** Detections of one source that are kept waiting for an incident. */
    private static final int MOST_WAITING = 10_000;

    private static final int MOST_SOURCES = 100_000;

    private final Map<Source, Deque<DetectionId>> waiting = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Deque<DetectionId>> eldest) {
            return size() > MOST_SOURCES;
        }
    };
    private final Map<DetectionId, Source> sources = new LinkedHashMap<>();
    private final Map<IncidentId, Map<String, Integer>> counted = new LinkedHashMap<>();

    /** One source of one site: phases and repetitions of the same claim. */
    private record Source(SiteKey site, DetectionType type, String detector, String subject) {}

    /** A detection that went into a ledger. */
    record Joined(DetectionId detection, IncidentId incident) {}

    /** Fusion was told of this detection. */
    void claimed(Detection detection) {
        Source source = new Source(detection.site(), detection.type(), detection.detector(), detection.subject());
        Deque<DetectionId> queue = waiting.computeIfAbsent(source, ignored -> new ArrayDeque<>());
        queue.addLast(detection.id());
        sources.put(detection.id(), source);
        if (queue.size() > MOST_WAITING) {
            sources.remove(queue.removeFirst());
        }
    }

    /** What joined an incident by this event. */
    List<Joined> on(IncidentEvent event) {
        if (!(event instanceof IncidentEvent.Reassessed reassessed)) {
            return List.of();
        }
        List<Joined> joined = new ArrayList<>();
        Map<String, Integer> before = counted.computeIfAbsent(event.incident(), ignored -> new LinkedHashMap<>());
        for (LedgerEntry line : reassessed.changed()) {
            if (line.detections().isEmpty()) {
                continue;
            }
            int grown = line.count() - before.getOrDefault(line.key(), 0);
            before.put(line.key(), line.count());
            for (int i = line.detections().size() - 1; i >= 0; i--) {
                DetectionId named = line.detections().get(i);
                Source source = sources.get(named);
                if (source == null) {
                    continue;
                }
                take(source, named, event.incident(), joined);
                grown--;
                // The line names the latest: what it grew by beyond them came from the same source before.
                if (i == 0 && line.count() > line.detections().size()) {
                    Deque<DetectionId> queue = waiting.get(source);
                    while (grown > 0 && queue != null && !queue.isEmpty()) {
                        take(source, queue.peekLast(), event.incident(), joined);
                        grown--;
                    }
                }
            }
        }
        return joined;
    }

    private void take(Source source, DetectionId detection, IncidentId incident, List<Joined> joined) {
        Deque<DetectionId> queue = waiting.get(source);
        if (queue != null && (queue.removeLastOccurrence(detection))) {
            sources.remove(detection);
            joined.add(new Joined(detection, incident));
        }
    }
}
