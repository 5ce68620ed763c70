// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.polias.fuse.language.Phrases;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.incident.OperatorCommand;

/** Which commands make sense in which state of an incident's life. */
public final class Commands {

    /** The longest note, in characters. */
    public static final int MAX_TEXT = 4000;

    private Commands() {}

    /** Why {@code command} is not carried out, in a sentence; empty if it is. {@code find} finds what is remembered. */
    public static Optional<String> findRefusal(OperatorCommand command, Function<IncidentId, Optional<Incident>> find) {
        if (command.by().isBlank()) {
            return refuse("A command needs the name of who gives it.");
        }
        Optional<Incident> known = find.apply(command.incident());
        if (known.isEmpty()) {
            return unknown(command.incident());
        }
        Incident incident = known.get();
        return switch (command) {
            case OperatorCommand.Acknowledge ignored -> acknowledge(incident);
            case OperatorCommand.Assign assign ->
                notLive(incident)
                        .or(() -> text("name of an assignee", assign.to()))
                        .or(() -> alreadyWith(incident, assign.to()));
            case OperatorCommand.Note note ->
                incident.status() == IncidentStatus.MERGED ? notLive(incident) : text("note", note.text());
            case OperatorCommand.Resolve resolve -> notLive(incident).or(() -> tooLong("note", resolve.note()));
            case OperatorCommand.Dismiss dismiss -> notLive(incident).or(() -> tooLong("note", dismiss.note()));
            case OperatorCommand.Reopen reopen -> reopen(incident).or(() -> tooLong("note", reopen.note()));
            case OperatorCommand.Merge merge -> merge(incident, merge.target(), find);
            case OperatorCommand.Split split ->
                notLive(incident).or(() -> split(incident, split.evidence())).or(() -> tooLong("note", split.note()));
        };
    }

    private static Optional<String> split(Incident incident, List<String> evidence) {
        if (evidence.isEmpty()) {
            return refuse("No evidence is named that should leave incident %s.".formatted(incident.id()));
        }
        List<String> lines = incident.ledger().stream()
                .filter(line -> line.kind() == LedgerKind.EVIDENCE)
                .map(LedgerEntry::key)
                .toList();
        for (String key : evidence) {
            if (!lines.contains(key)) {
                return refuse(
                        "The ledger of incident %s has no line of evidence '%s'.\nMaybe its evidence changed meanwhile: look at it again."
                                .formatted(incident.id(), key));
            }
        }
        return evidence.containsAll(lines)
                ? refuse("All evidence of incident %s would leave it.\nMaybe dismiss it, or keep a part."
                        .formatted(incident.id()))
                : Optional.empty();
    }

    private static Optional<String> acknowledge(Incident incident) {
        return notLive(incident).or(() -> incident.acknowledgedBy()
                .map(by -> "Incident %s was already acknowledged by %s.".formatted(incident.id(), by)));
    }

    private static Optional<String> alreadyWith(Incident incident, String to) {
        return incident.assignee().isPresent() && incident.assignee().get().equals(to)
                ? refuse("Incident %s is already assigned to %s.".formatted(incident.id(), to))
                : Optional.empty();
    }

    private static Optional<String> reopen(Incident incident) {
        return switch (incident.status()) {
            case RESOLVED, DISMISSED -> Optional.empty();
            case MERGED -> notLive(incident);
            case OPEN, ACKNOWLEDGED, ASSIGNED ->
                refuse("Incident %s is live (%s): there is nothing to reopen."
                        .formatted(incident.id(), status(incident)));
        };
    }

    private static Optional<String> merge(
            Incident incident, IncidentId targetId, Function<IncidentId, Optional<Incident>> find) {
        Optional<String> refusal = notLive(incident);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (targetId.equals(incident.id())) {
            return refuse("Incident %s cannot be merged into itself.".formatted(incident.id()));
        }
        Optional<Incident> target = find.apply(targetId);
        return target.isEmpty() ? unknown(targetId) : notLive(target.get());
    }

    private static Optional<String> unknown(IncidentId id) {
        return refuse(
                "There is no incident %s at this site that could still be changed.\nMaybe it belongs to another site, or was closed long ago and is only in the history."
                        .formatted(id));
    }

    private static Optional<String> notLive(Incident incident) {
        if (incident.status().isLive()) {
            return Optional.empty();
        }
        return refuse(
                incident.status() == IncidentStatus.MERGED
                        ? "Incident %s was merged into %s.\nMaybe give the command to that one."
                                .formatted(
                                        incident.id(),
                                        incident.mergedInto()
                                                .map(IncidentId::value)
                                                .orElse("another"))
                        : "Incident %s is not live: it is %s.\nMaybe reopen it first."
                                .formatted(incident.id(), status(incident)));
    }

    private static Optional<String> text(String what, String value) {
        return value.isBlank() ? refuse("The %s is empty.".formatted(what)) : tooLong(what, value);
    }

    private static Optional<String> tooLong(String what, String value) {
        return value.length() > MAX_TEXT
                ? refuse("The %s has %s characters; at most %s are kept.\nMaybe shorten it."
                        .formatted(what, Phrases.whole(value.length()), Phrases.whole(MAX_TEXT)))
                : Optional.empty();
    }

    private static String status(Incident incident) {
        return incident.status().name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> refuse(String sentence) {
        return Optional.of(sentence);
    }
}
