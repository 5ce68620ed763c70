// SPDX-License-Identifier: Apache-2.0
package org.polias.store.log;

import java.util.Optional;

/**
 * How far a reader of the log has come in one partition.
 *
 * @param topic names the reading, not the topic alone: two readers that store different things of one topic, and the same topic
 *     of another cluster, have different names
 * @param nextOffset the offset of the next record to read
 * @param mark where the log may hold a record twice (written again after a crash): the last one that was taken
 */
public record LogProgress(String topic, int partition, long nextOffset, Optional<Mark> mark) {

    /** @throws IllegalArgumentException if an offset or partition is negative */
    public LogProgress {
        if (partition < 0 || nextOffset < 0) {
            throw new IllegalArgumentException(
                    "There is no offset %d in partition %d of %s.".formatted(nextOffset, partition, topic));
        }
    }

    /** Progress without a mark. */
    public LogProgress(String topic, int partition, long nextOffset) {
        this(topic, partition, nextOffset, Optional.empty());
    }

    /**
     * Names a derived record by what it derives from.
     *
     * @param offset the offset of the record from which it derives
     * @param index its number among all that derive from that record
     */
    public record Mark(long offset, int index) implements Comparable<Mark> {
        @Override
        public int compareTo(Mark other) {
            int byOffset = Long.compare(offset, other.offset);
            return byOffset != 0 ? byOffset : Integer.compare(index, other.index);
        }
    }
}
