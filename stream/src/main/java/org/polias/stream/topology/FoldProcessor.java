// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullUnmarked;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.StableHash;
import org.polias.model.id.TenantId;
import org.polias.model.port.EventLog;
import org.polias.stream.log.Cause;
import org.polias.stream.log.Topic;
import org.polias.stream.wire.CorruptRecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each record of a partition to the fold of its site, and lets the sites of the partition know of time. */
@NullUnmarked
final class FoldProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    static final String OUTCOMES = "outcomes";
    static final String QUARANTINE = "quarantine";

    private static final Logger LOG = LoggerFactory.getLogger(FoldProcessor.class);
    /** By what a corrupt record says it was delivered. */
    private static final DeviceId THE_LOG = new DeviceId("log");

    private static final TenantId NOBODY = new TenantId("unknown");

    private final Pace pace;
    private final EventLog log;
    private final InstantSource wallClock;
    private final FoldCounters counters;
    private final FoldStores stores;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> moved;
    private TaskFolds folds;
    private int sinceCommit;

    /**
     * How often things happen by themselves.
     *
     * @param tick how often each site learns of time; absent: never, time then passes by the records alone
     * @param recordsPerCommit after how many records of a partition a commit is asked for, so that little comes again after a crash
     */
    record Pace(Optional<Duration> tick, int recordsPerCommit) {}

    FoldProcessor(Pace pace, EventLog log, InstantSource wallClock, FoldCounters counters, FoldStores stores) {
        this.pace = pace;
        this.log = log;
        this.wallClock = wallClock;
        this.counters = counters;
        this.stores = stores;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        KeyValueStore<Bytes, byte[]> snapshots = processorContext.getStateStore(FoldStores.SNAPSHOTS);
        moved = processorContext.getStateStore(FoldStores.MOVED);
        folds = stores.foldsOf(processorContext.taskId());
        folds.writeTo(snapshots::put);
        pace.tick()
                .ifPresent(interval ->
                        processorContext.schedule(interval, PunctuationType.WALL_CLOCK_TIME, ignored -> tick()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at =
                context.recordMetadata().orElseThrow(() -> new IllegalStateException("A record came from no topic."));
        folds.begin(at.offset());
        SiteEvent event;
        try {
            event = decode(record);
        } catch (CorruptRecordException e) {
            quarantine(record, at, e);
            return;
        }
        TaskFolds.Entry entry = folds.entryOf(event.site());
        if (entry.hasTaken(at.offset())) {
            counters.skipped.increment();
            return;
        }
        entry.beginTaking();
        List<SiteOutcome> outcomes = folds.foldOf(entry).on(event);
        for (int i = 0; i < outcomes.size(); i++) {
            Record<byte[], byte[]> outcome =
                    new Record<>(record.key(), Topic.OUTCOMES.codec().encode(outcomes.get(i)), record.timestamp());
            new Cause(at.partition(), at.offset(), i).addTo(outcome.headers());
            context.forward(outcome, OUTCOMES);
        }
        if (entry.taken(at.offset())) {
            moved.put(entry.key(), FoldStores.YES);
        }
        counters.events.increment();
        counters.outcomes.add(outcomes.size());
        if (++sinceCommit >= pace.recordsPerCommit()) {
            sinceCommit = 0;
            context.commit();
        }
    }

    private static SiteEvent decode(Record<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            throw new CorruptRecordException("It has no %s.".formatted(record.key() == null ? "key" : "value"));
        }
        SiteEvent event = Topic.SITE_EVENTS.codec().decode(record.value());
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.equals(event.site().text())) {
            throw new CorruptRecordException("It is an event of %s under the key '%s'.".formatted(event.site(), key));
        }
        return event;
    }

    /** A corrupt record must not stop its partition: it is kept where one can look at it. */
    private void quarantine(Record<byte[], byte[]> record, RecordMetadata at, CorruptRecordException e) {
        counters.corrupt.increment();
        String address = "%s-%d@%d".formatted(at.topic(), at.partition(), at.offset());
        LOG.error("The record {} is corrupt and goes to quarantine: {}", address, e.getMessage());
        byte[] payload = record.value() == null ? new byte[0] : record.value();
        TenantId tenant = tenantOf(record.key());
        Quarantined quarantined = new Quarantined(
                "Q-" + new StableHash().add(address).add(record.timestamp()).base32(),
                tenant,
                THE_LOG,
                Instant.ofEpochMilli(record.timestamp()),
                "log",
                address,
                Reason.MALFORMED,
                String.valueOf(e.getMessage()),
                payload,
                false);
        context.forward(
                new Record<>(
                        (tenant.value() + '/' + THE_LOG.value()).getBytes(StandardCharsets.UTF_8),
                        Topic.QUARANTINE.codec().encode(quarantined),
                        record.timestamp()),
                QUARANTINE);
    }

    private static TenantId tenantOf(byte[] key) {
        if (key == null) {
            return NOBODY;
        }
        try {
            return SiteKey.parse(new String(key, StandardCharsets.UTF_8)).tenant();
        } catch (IllegalArgumentException e) {
            return NOBODY;
        }
    }

    /**
     * Time enters the log like everything else. The owner of a partition writes it for the sites there; should two owners overlap
     * for a moment, a second tick for the same second changes nothing. If the log is full, observations carry the time.
     */
    private void tick() {
        Instant now = wallClock.instant();
        for (TaskFolds.Entry entry : folds.entries()) {
            if (folds.isConfigured(entry)) {
                log.offer(new SiteEvent.Ticked(entry.site(), now), failure -> {
                    if (failure != null) {
                        LOG.warn("The site {} was not told the time: {}", entry.site(), failure.toString());
                    }
                });
            }
        }
    }
}
