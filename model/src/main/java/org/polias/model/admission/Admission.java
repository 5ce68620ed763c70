// SPDX-License-Identifier: Apache-2.0
package org.polias.model.admission;

import org.polias.model.observation.Observation;

/** What became of something that a device delivered. */
public sealed interface Admission {

    /** It is in order, and goes to the log. */
    record Accepted(Observation observation) implements Admission {}

    /** It had been delivered before; it has no second effect. */
    record Duplicate(Observation observation) implements Admission {}

    /**
     * It cannot be taken.
     *
     * @param detail what was wrong and where, with values, for the one who sent it
     */
    record Rejected(Reason reason, String detail) implements Admission {}

    /** It cannot be taken now; the sender shall try again. Nothing of it was kept. */
    record Deferred(String detail) implements Admission {}
}
