// SPDX-License-Identifier: Apache-2.0
package org.polias.app.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.polias.app.campaign.CityWatch;
import org.polias.app.live.LivePicture;
import org.polias.model.admission.Quarantined;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.store.Store;
import org.polias.store.log.LogProgress;
import org.polias.stream.log.Cause;
import org.polias.stream.log.LogReader;
import org.polias.stream.log.LogRecord;
import org.polias.stream.log.RepeatedOutcomes;
import org.polias.stream.log.Topic;

/**
 * The readers of the log: observations into the history, outcomes into the database, refused payloads into the quarantine, and
 * outcomes, by a reader that waits for no database, into the live picture. Each goes on where it had stopped.
 */
public final class Projections implements AutoCloseable {

    /** Large batches are what makes COPY fast. */
    private static final int HISTORY_BATCH = 20_000;

    private static final int OUTCOME_BATCH = 2_000;
    private static final int QUARANTINE_BATCH = 500;
    /** A batch smaller than this is followed by a pause, so that the database has few large transactions and not many small. */
    private static final int WORTH_A_TRANSACTION = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Store store;
    private final LivePicture picture;
    private final CityWatch watch;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong quarantined = new AtomicLong();
    private final List<LogReader<?>> readers = new ArrayList<>();
    /** What the database has of the outcomes. Belongs to the thread that stores them. */
    private RepeatedOutcomes inDatabase = new RepeatedOutcomes();

    private Projections(Store store, LivePicture picture, CityWatch watch) {
        this.store = store;
        this.picture = picture;
        this.watch = watch;
    }

    /**
     * How far the database has the outcomes. To be asked before the picture begins with what the database has: another process may be
     * storing at the same time, and what the picture is told twice does no harm.
     */
    public record Beginning(List<LogProgress> outcomes) {
        public static Beginning of(Store store) {
            return new Beginning(store.progress().list(Topic.OUTCOMES.name()));
        }
    }

    /**
     * Starts reading.
     *
     * @param client how to reach the log
     * @param watch hears of every incident as the picture has it
     */
    public static Projections start(
            Map<String, Object> client, Store store, LivePicture picture, CityWatch watch, Beginning beginning) {
        Projections projections = new Projections(store, picture, watch);
        projections.read(client, beginning.outcomes());
        return projections;
    }

    private void read(Map<String, Object> client, List<LogProgress> outcomes) {
        // Both readers of outcomes begin where the picture began.
        LogReader.Start afterPicture = new LogReader.Start.At(Slices.positions(outcomes));
        for (LogProgress partition : outcomes) {
            partition
                    .mark()
                    .ifPresent(mark ->
                            inDatabase.resumeAfter(new Cause(partition.partition(), mark.offset(), mark.index())));
        }
        RepeatedOutcomes shown = inDatabase.copy();
        readers.add(LogReader.start(
                client, Topic.SITE_EVENTS, start(Topic.SITE_EVENTS), HISTORY_BATCH, this::keepObservations));
        readers.add(LogReader.start(client, Topic.OUTCOMES, afterPicture, OUTCOME_BATCH, this::keepOutcomes));
        readers.add(LogReader.start(
                client, Topic.QUARANTINE, start(Topic.QUARANTINE), QUARANTINE_BATCH, this::keepQuarantined));
        readers.add(LogReader.start(client, Topic.OUTCOMES, afterPicture, OUTCOME_BATCH, batch -> show(batch, shown)));
    }

    /** How many observations were stored since the start. */
    public long stored() {
        return stored.get();
    }

    /** How many payloads went into quarantine since the start. */
    public long quarantined() {
        return quarantined.get();
    }

    /** How many records could not be read, and how often reading failed. */
    public long faults() {
        return readers.stream()
                .mapToLong(reader -> reader.corrupt() + reader.failures())
                .sum();
    }

    @Override
    public void close() {
        readers.forEach(LogReader::close);
    }

    private void keepObservations(List<LogRecord<SiteEvent>> batch) throws InterruptedException {
        for (LogRecord<SiteEvent> record : batch) {
            if (record.value() instanceof SiteEvent.Observed observed) {
                picture.on(observed.observation());
            }
        }
        stored.addAndGet(store.history()
                .append(Slices.of(
                        Topic.SITE_EVENTS.name(),
                        batch,
                        event -> event instanceof SiteEvent.Observed observed
                                ? Optional.of(observed)
                                : Optional.empty()))
                .stored());
        pauseAfter(batch);
    }

    private void keepOutcomes(List<LogRecord<SiteOutcome>> batch) throws InterruptedException {
        // A batch that fails comes again: only what is in the database counts as seen.
        RepeatedOutcomes seen = inDatabase.copy();
        store.incidents().apply(Slices.ofNew(Topic.OUTCOMES.name(), batch, seen));
        inDatabase = seen;
        pauseAfter(batch);
    }

    private void keepQuarantined(List<LogRecord<Quarantined>> batch) throws InterruptedException {
        store.quarantine().append(Slices.of(Topic.QUARANTINE.name(), batch, Optional::of));
        quarantined.addAndGet(batch.size());
        pauseAfter(batch);
    }

    private void show(List<LogRecord<SiteOutcome>> batch, RepeatedOutcomes shown) {
        for (LogRecord<SiteOutcome> record : batch) {
            if (shown.isNew(record)) {
                picture.on(record.value());
                if (record.value() instanceof SiteOutcome.IncidentChanged changed) {
                    picture.findIncident(changed.event().incident()).ifPresent(watch::on);
                }
            }
        }
    }

    private static void pauseAfter(List<?> batch) throws InterruptedException {
        if (batch.size() < WORTH_A_TRANSACTION) {
            Thread.sleep(PAUSE);
        }
    }

    private LogReader.Start start(Topic<?> topic) {
        return new LogReader.Start.At(Slices.positions(store.progress().list(topic.name())));
    }
}
