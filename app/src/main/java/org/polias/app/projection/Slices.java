// SPDX-License-Identifier: Apache-2.0
package org.polias.app.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.polias.model.event.SiteOutcome;
import org.polias.store.log.LogProgress;
import org.polias.store.log.LogSlice;
import org.polias.stream.log.Cause;
import org.polias.stream.log.LogRecord;
import org.polias.stream.log.RepeatedOutcomes;

/** Batches as the log's reader hands them on, as the slices that the database takes. */
final class Slices {

    private Slices() {}

    /**
     * One slice a partition.
     *
     * @param keep what of each record is to be stored, if anything
     */
    static <T, R> List<LogSlice<R>> of(String topic, List<LogRecord<T>> batch, Function<T, Optional<R>> keep) {
        return of(topic, batch, record -> keep.apply(record.value()), partition -> Optional.empty());
    }

    /**
     * One slice a partition, of the outcomes that are new.
     *
     * @param repeated knows what was given out before, and after this what is in the batch; its positions are the slices' marks
     */
    static List<LogSlice<SiteOutcome>> ofNew(
            String topic, List<LogRecord<SiteOutcome>> batch, RepeatedOutcomes repeated) {
        return of(
                topic,
                batch,
                record -> repeated.isNew(record) ? Optional.of(record.value()) : Optional.empty(),
                partition ->
                        Optional.ofNullable(repeated.positions().get(partition)).map(Slices::mark));
    }

    private static <T, R> List<LogSlice<R>> of(
            String topic,
            List<LogRecord<T>> batch,
            Function<LogRecord<T>, Optional<R>> keep,
            IntFunction<Optional<LogProgress.Mark>> mark) {
        Map<Integer, List<R>> kept = new TreeMap<>();
        Map<Integer, List<Long>> offsets = new TreeMap<>();
        Map<Integer, Long> next = new TreeMap<>();
        for (LogRecord<T> record : batch) {
            List<R> partition = kept.computeIfAbsent(record.partition(), ignored -> new ArrayList<>());
            List<Long> places = offsets.computeIfAbsent(record.partition(), ignored -> new ArrayList<>());
            keep.apply(record).ifPresent(wanted -> {
                partition.add(wanted);
                places.add(record.offset());
            });
            next.put(record.partition(), record.offset() + 1);
        }
        return kept.entrySet().stream()
                .map(entry -> new LogSlice<>(
                        new LogProgress(topic, entry.getKey(), next.get(entry.getKey()), mark.apply(entry.getKey())),
                        entry.getValue(),
                        offsets.get(entry.getKey())))
                .toList();
    }

    private static LogProgress.Mark mark(Cause cause) {
        return new LogProgress.Mark(cause.offset(), cause.index());
    }

    /** Where reading goes on, for the log's reader. */
    static Map<Integer, Long> positions(List<LogProgress> progress) {
        Map<Integer, Long> next = new TreeMap<>();
        progress.forEach(partition -> next.put(partition.partition(), partition.nextOffset()));
        return next;
    }
}
