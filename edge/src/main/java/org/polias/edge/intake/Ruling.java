// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import org.polias.model.admission.Admission;
import org.polias.model.admission.Reason;
import org.polias.model.event.SiteEvent;

/** What the gate says of one reading. */
public sealed interface Ruling {

    /** What the sender is told, once what has to be durable is. */
    Admission admission();

    /**
     * It goes to the log.
     *
     * @param again whether it is already on its way there. Then it is sent once more, so that its receipt proves the observation
     *     durable even if the first attempt fails; the fold gives it one effect
     */
    record Pass(SiteEvent.Observed event, boolean again, RecentIds ids) implements Ruling {
        @Override
        public Admission admission() {
            return again ? new Admission.Duplicate(event.observation()) : new Admission.Accepted(event.observation());
        }

        void settle() {
            ids.settle(event.observation().id().value());
        }

        void forget() {
            ids.forget(event.observation().id().value());
        }
    }

    /** It is in the log already. */
    record Known(Admission.Duplicate admission) implements Ruling {}

    /** It is refused. */
    record Refused(Admission.Rejected admission) implements Ruling {
        static Refused of(Reason reason, String detail) {
            return new Refused(new Admission.Rejected(reason, detail));
        }
    }
}
