// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.util.concurrent.atomic.LongAdder;

/** What the folds of this process did since it started. */
public final class FoldCounters {

    final LongAdder events = new LongAdder();
    final LongAdder outcomes = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder corrupt = new LongAdder();
    final LongAdder faults = new LongAdder();
    final LongAdder snapshots = new LongAdder();
    final LongAdder snapshotBytes = new LongAdder();
    final LongAdder threadsReplaced = new LongAdder();

    /**
     * The counters at one moment.
     *
     * @param events records that were folded
     * @param outcomes that they gave
     * @param skipped records that a fold had already taken before a restart
     * @param corrupt records that could not be read and went to quarantine
     * @param faults records on which a part of a fold failed
     * @param snapshots states written to the log
     * @param threadsReplaced threads that died and were replaced
     */
    public record Reading(
            long events,
            long outcomes,
            long skipped,
            long corrupt,
            long faults,
            long snapshots,
            long snapshot_bytes,
            long threadsReplaced) {}

    public Reading read() {
        return new Reading(
                events.sum(),
                outcomes.sum(),
                skipped.sum(),
                corrupt.sum(),
                faults.sum(),
                snapshots.sum(),
                snapshotBytes.sum(),
                threadsReplaced.sum());
    }
}
