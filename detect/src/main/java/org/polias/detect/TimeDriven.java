// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.time.Instant;

/**
 * A detector that also acts when nothing arrives: it is told of ticks. Others are not.
 *
 * @param <S> its state
 */
public interface TimeDriven<S extends Record> extends Detector<S> {

    /** The answer of {@link #dueAt} of a state in which ticks mean nothing. */
    Instant NEVER = Instant.MAX;

    /**
     * The earliest time at which a tick may do something in this state. Earlier ticks change nothing and need not be delivered,
     * which makes a tick cheap however many sensors a site has.
     */
    Instant dueAt(S state);

    /**
     * The platform did not listen from {@code deafSince} until {@code knownAt}: that nothing was heard in between says nothing
     * about the sensors. Returns {@code state} itself where that does not matter.
     */
    S resumed(S state, Instant deafSince, Instant knownAt);
}
