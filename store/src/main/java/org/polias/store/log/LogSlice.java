// SPDX-License-Identifier: Apache-2.0
package org.polias.store.log;

import java.util.List;

/**
 * A stretch of one partition of the log.
 *
 * @param progress how far the reader has come once the slice is stored
 * @param records what there is to store of it, in the log's order; may be fewer than the log has, or none
 * @param offsets the offset of each record, ascending; empty if the slice cannot be divided
 */
public record LogSlice<T>(LogProgress progress, List<T> records, List<Long> offsets) {

    /** @throws IllegalArgumentException if some records have an offset and others do not */
    public LogSlice {
        records = List.copyOf(records);
        offsets = List.copyOf(offsets);
        if (!offsets.isEmpty() && offsets.size() != records.size()) {
            throw new IllegalArgumentException(
                    "%d records of %s have %d offsets.".formatted(records.size(), progress, offsets.size()));
        }
    }

    /** A slice that is taken or left as a whole. */
    public LogSlice(LogProgress progress, List<T> records) {
        this(progress, records, List.of());
    }

    /** The slice without the records before {@code offset}, as far as it can be divided. */
    LogSlice<T> from(long offset) {
        int first = 0;
        while (first < offsets.size() && offsets.get(first) < offset) {
            first++;
        }
        return first == 0
                ? this
                : new LogSlice<>(
                        progress, records.subList(first, records.size()), offsets.subList(first, offsets.size()));
    }
}
