// SPDX-License-Identifier: Apache-2.0
package org.polias.model.port;

import org.jspecify.annotations.Nullable;
import org.polias.model.admission.Quarantined;
import org.polias.model.event.SiteEvent;

/**
 * The log, as those who write to it see it. Nothing here blocks. Records of one site keep the order in which they were offered.
 */
public interface EventLog {

    /**
     * Offers an event.
     *
     * @param receipt is called once, on any thread, when the record is durable or has failed for good; never if this returns
     *     false
     * @return false if the log's buffer is full: nothing was taken, and the caller shall slow down until {@link #onRoom}
     */
    boolean offer(SiteEvent event, Receipt receipt);

    /** Offers a payload to the quarantine; otherwise as {@link #offer(SiteEvent, Receipt)}. */
    boolean offer(Quarantined payload, Receipt receipt);

    /** Whether an offer made now would probably be taken. */
    boolean hasRoom();

    /** Calls {@code action} once, on any thread, when there is room (at once if there is). */
    void onRoom(Runnable action);

    /** Told when a record is durable. */
    @FunctionalInterface
    interface Receipt {
        /** @param failure null if the record is durable; else why it is not */
        void settled(@Nullable Throwable failure);
    }
}
