// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.polias.fuse.language.Phrases;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.LedgerEntry;

/** Something that happened to an incident, in words. */
public record TimelineEntry(long sequence, Instant at, String event, Optional<String> by, String text) {

    static TimelineEntry of(IncidentEvent event) {
        return switch (event) {
            case IncidentEvent.Opened e ->
                entry(
                        e,
                        null,
                        e.exercise()
                                .map(name -> "Opened during exercise " + name)
                                .orElse("Opened"));
            case IncidentEvent.Reassessed e -> entry(e, null, reassessment(e));
            case IncidentEvent.Advised e -> entry(e, null, "Advised: " + e.title());
            case IncidentEvent.Acknowledged e -> entry(e, e.by(), "Acknowledged");
            case IncidentEvent.Assigned e -> entry(e, e.by(), "Assigned to " + e.to());
            case IncidentEvent.Noted e -> entry(e, e.by(), e.text());
            case IncidentEvent.Resolved e -> entry(e, e.by(), withNote("Resolved", e.note()));
            case IncidentEvent.Dismissed e ->
                entry(
                        e,
                        e.by(),
                        withNote(
                                "Dismissed as "
                                        + e.reason()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                e.note()));
            case IncidentEvent.Reopened e -> entry(e, e.by(), withNote("Reopened", e.note()));
            case IncidentEvent.MergedInto e -> entry(e, e.by(), "Merged into " + e.target());
            case IncidentEvent.Absorbed e -> entry(e, e.by(), "Absorbed " + e.source());
            case IncidentEvent.SplitOff e ->
                entry(
                        e,
                        e.by(),
                        withNote(
                                "Split: %d of its sources are now %s"
                                        .formatted(e.evidence().size(), e.into()),
                                e.note()));
            case IncidentEvent.SplitFrom e -> entry(e, e.by(), "Split from " + e.source());
        };
    }

    private static TimelineEntry entry(IncidentEvent event, @Nullable String by, String text) {
        return new TimelineEntry(
                event.sequence(), event.at(), event.getClass().getSimpleName(), Optional.ofNullable(by), text);
    }

    private static String withNote(String what, String note) {
        return note.isBlank() ? what : what + ": " + note;
    }

    private static String reassessment(IncidentEvent.Reassessed event) {
        List<String> sentences =
                event.changed().stream().map(LedgerEntry::sentence).toList();
        String belief = event.hypotheses().stream()
                .findFirst()
                .map(TimelineEntry::belief)
                .orElse("Nothing is believed yet");
        return sentences.isEmpty() ? belief : belief + ". " + String.join(" ", sentences);
    }

    private static String belief(Hypothesis hypothesis) {
        return "%s now at %s"
                .formatted(
                        sentenceCase(hypothesis.type().code().replace('-', ' ')),
                        Phrases.percent(hypothesis.probability()));
    }

    private static String sentenceCase(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
