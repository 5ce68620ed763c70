// SPDX-License-Identifier: Apache-2.0
package org.polias.app.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.polias.store.log.LogProgress;
import org.polias.store.log.LogSlice;
import org.polias.stream.log.Cause;
import org.polias.stream.log.LogRecord;

/** Batches as the log's reader hands them on, as the slices that the database takes. */
final class Slices {

    private Slices() {}

    /**
     * One slice a partition.
     *
     * @param keep what of each record is to be stored, if anything
     */
    static <T, R> List<LogSlice<R>> of(String topic, List<LogRecord<T>> batch, Function<T, Optional<R>> keep) {
        Map<Integer, List<R>> kept = new TreeMap<>();
        Map<Integer, LogRecord<T>> last = new TreeMap<>();
        for (LogRecord<T> record : batch) {
            List<R> partition = kept.computeIfAbsent(record.partition(), ignored -> new ArrayList<>());
            keep.apply(record.value()).ifPresent(partition::add);
            last.put(record.partition(), record);
        }
        return kept.entrySet().stream()
                .map(entry -> new LogSlice<>(progress(topic, last.get(entry.getKey())), entry.getValue()))
                .toList();
    }

    private static LogProgress progress(String topic, LogRecord<?> last) {
        return new LogProgress(
                topic, last.partition(), last.offset() + 1, last.cause().map(Slices::mark));
    }

    static LogProgress.Mark mark(Cause cause) {
        return new LogProgress.Mark(cause.offset(), cause.index());
    }

    /** Where reading goes on, for the log's reader. */
    static Map<Integer, Long> positions(List<LogProgress> progress) {
        Map<Integer, Long> next = new TreeMap<>();
        progress.forEach(partition -> next.put(partition.partition(), partition.nextOffset()));
        return next;
    }
}
