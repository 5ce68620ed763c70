// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.time.Instant;

import org.polias.pilots.Emission;

/** One way from the world to the platform. Only the runner's thread calls it. */
interface Link extends AutoCloseable {

    /** Takes an emission for delivery; never blocks. */
    void offer(Emission emission);

    /** Carries on with the delivery: called several times a second; never blocks for long. */
    void pump(Instant now);

    /** How many emissions are not delivered yet. */
    int backlog();

    @Override
    void close();
}
