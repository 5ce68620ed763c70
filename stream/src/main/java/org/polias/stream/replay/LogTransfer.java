// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import org.polias.model.event.SiteEvent;
import org.polias.model.port.EventLog;
import org.polias.stream.log.LogException;
import org.polias.stream.log.RecordedLog;
import org.polias.stream.log.Topic;

/** Moves a log into a file and back. */
public final class LogTransfer {

    private LogTransfer() {}

    /**
     * Writes the site events of a running log, as it is at this moment, into a file. The file appears only when it is complete.
     *
     * @param client how to reach the cluster
     * @param progress told the number of records so far, now and then
     * @return how many records were written, and how many were left out because they are corrupt
     */
    public static RecordedLog.Summary exportTo(Path file, Map<String, Object> client, LongConsumer progress)
            throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        boolean finished = false;
        try (LogFile.Writer writer = new LogFile.Writer(unfinished)) {
            RecordedLog.Summary summary = RecordedLog.read(client, Topic.SITE_EVENTS, record -> {
                writer.write(record.value());
                if (writer.count() % 10_000 == 0) {
                    progress.accept(writer.count());
                }
            });
            writer.finish();
            finished = true;
            progress.accept(writer.count());
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return summary;
        } finally {
            if (!finished) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /**
     * Appends the events of a file to a log, as if they came now, and waits until all are durable.
     *
     * @return how many
     * @throws LogException if one of them could not be made durable
     */
    public static int importFrom(Path file, EventLog log) throws IOException, InterruptedException {
        Semaphore settled = new Semaphore(0);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int count = 0;
        try (Stream<SiteEvent> events = LogFile.read(file)) {
            for (Iterator<SiteEvent> each = events.iterator(); each.hasNext() && failure.get() == null; ) {
                SiteEvent event = each.next();
                while (!log.offer(event, failed -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                    settled.release();
                })) {
                    CountDownLatch room = new CountDownLatch(1);
                    log.onRoom(room::countDown);
                    room.await();
                }
                count++;
            }
        }
        settled.acquire(count);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new LogException("The log did not take all events of %s: %s".formatted(file, failed), failed);
        }
        return count;
    }
}
