// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.util.List;

import org.polias.model.id.IncidentId;

/**
 * What an operator wants done with an incident. It goes through the log; the fold of the site decides, and answers with
 * incident events or a refusal under the same {@link #commandId()}.
 */
public sealed interface OperatorCommand {

    /** Names this command; the same command delivered twice has no second effect. */
    String commandId();

    IncidentId incident();

    /** The user who gives it. */
    String by();

    record Acknowledge(String commandId, IncidentId incident, String by) implements OperatorCommand {}

    record Assign(String commandId, IncidentId incident, String by, String to) implements OperatorCommand {}

    record Note(String commandId, IncidentId incident, String by, String text) implements OperatorCommand {}

    record Resolve(String commandId, IncidentId incident, String by, String note) implements OperatorCommand {}

    record Dismiss(String commandId, IncidentId incident, String by, DismissalReason reason, String note)
            implements OperatorCommand {}

    record Reopen(String commandId, IncidentId incident, String by, String note) implements OperatorCommand {}

    /** Merge {@code incident} into {@code target}. */
    record Merge(String commandId, IncidentId incident, String by, IncidentId target) implements OperatorCommand {}

    /**
     * Make an incident of its own of a part of {@code incident}'s evidence; what is taken away does not come back to it.
     *
     * @param evidence keys of the ledger's lines of evidence that go
     */
    record Split(String commandId, IncidentId incident, String by, List<String> evidence, String note)
            implements OperatorCommand {
        public Split {
            evidence = List.copyOf(evidence);
        }
    }
}
