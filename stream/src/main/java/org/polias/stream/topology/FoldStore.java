// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.RecordCollector;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;
import org.polias.fuse.Fusion;
import org.polias.model.id.SiteKey;
import org.polias.stream.broker.EmbeddedBroker;
import org.polias.stream.fold.Faults;
import org.polias.stream.fold.SiteFold;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folds of the sites of one task, as live objects. Kafka Streams calls {@link #flushCache()} before it commits the task's input
 * offsets (as it does for its own write-behind caches, whose interface this implements); then every fold that has moved is
 * written to the store's changelog, together with the offset of the last record that it has taken. Commit without flush cannot
 * happen; a flush without the commit that should have followed is harmless: records up to the written offset are left out when
 * they come again. In this way each record has its effect on a fold once, at the price of at-least-once processing.
 *
 * <p>Outcomes are made durable before the state that presupposes them: what was given out after the last flush is given out again
 * after a crash, with the same bytes ({@link org.polias.stream.log.Cause}).
 */
final class FoldStore implements StateStore, CachedStateStore<byte[], byte[]> {

    static final String NAME = "folds";

    private static final Logger LOG = LoggerFactory.getLogger(FoldStore.class);
    private static final int RECORD_VERSION = 1;
    private static final int RECORD_OVERHEAD_BYTES = 1024;

    private final Fusion<?> fusion;
    private final Faults faults;
    private final FoldCounters counters;
    private final Map<SiteKey, Entry> entries = new TreeMap<>();
    private @Nullable InternalProcessorContext<?, ?> context;
    private boolean open;

    /** A site's fold and how far it has come. */
    static final class Entry {
        private final SiteKey site;
        private @Nullable SiteFold fold;
        private byte @Nullable [] stored;
        private long applied = -1;
        private boolean dirty;
        /** A record is being taken; if it stays so, the thread died in the middle, and the fold is in no state to be kept. */
        private boolean torn;

        Entry(SiteKey site) {
            this.site = site;
        }

        boolean hasTaken(long offset) {
            return offset <= applied;
        }

        void beginTaking() {
            torn = true;
        }

        void taken(long offset) {
            applied = offset;
            dirty = true;
            torn = false;
        }

        SiteKey site() {
            return site;
        }
    }

    /** Makes the store of each task. */
    record Builder(Fusion<?> fusion, Faults faults, FoldCounters counters) implements StoreBuilder<FoldStore> {

        @Override
        public StoreBuilder<FoldStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<FoldStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<FoldStore> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<FoldStore> withLoggingDisabled() {
            throw new UnsupportedOperationException("The folds cannot be restored without their changelog.");
        }

        @Override
        public FoldStore build() {
            return new FoldStore(fusion, faults, counters);
        }

        @Override
        public Map<String, String> logConfig() {
            Map<String, String> config = new TreeMap<>();
            config.put("max.message.bytes", Integer.toString(EmbeddedBroker.MAX_RECORD_BYTES));
            // Whole states are written again and again: let the log forget the old ones soon.
            config.put("segment.bytes", Integer.toString(EmbeddedBroker.MAX_RECORD_BYTES));
            config.put("min.cleanable.dirty.ratio", "0.3");
            config.put("delete.retention.ms", "60000");
            return config;
        }

        @Override
        public boolean loggingEnabled() {
            return true;
        }

        @Override
        public String name() {
            return NAME;
        }
    }

    private FoldStore(Fusion<?> fusion, Faults faults, FoldCounters counters) {
        this.fusion = fusion;
        this.faults = faults;
        this.counters = counters;
    }

    /** The entry of a site, a new one if nothing is known of the site. */
    Entry entryOf(SiteKey site) {
        return entries.computeIfAbsent(site, Entry::new);
    }

    Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** The fold of an entry, restored if that was not yet necessary. */
    SiteFold foldOf(Entry entry) {
        SiteFold fold = entry.fold;
        if (fold == null) {
            byte[] stored = entry.stored;
            fold = stored == null
                    ? SiteFold.begin(entry.site, fusion, faults)
                    : SiteFold.restore(entry.site, fusion, faults, stored, problem -> LOG.warn("{}", problem));
            entry.fold = fold;
            entry.stored = null;
        }
        return fold;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        context = (InternalProcessorContext<?, ?>) stateStoreContext;
        stateStoreContext.register(root, this::restore);
        open = true;
    }

    @Override
    public void flushCache() {
        InternalProcessorContext<?, ?> to = context;
        if (to == null) {
            return;
        }
        boolean outcomesAreDurable = false;
        for (Entry entry : entries.values()) {
            SiteFold fold = entry.fold;
            if (!entry.dirty || entry.torn || fold == null) {
                continue;
            }
            if (!outcomesAreDurable) {
                ((RecordCollector.Supplier) to).recordCollector().flush();
                outcomesAreDurable = true;
            }
            byte[] snapshot = fold.snapshot();
            if (snapshot.length > EmbeddedBroker.MAX_RECORD_BYTES - RECORD_OVERHEAD_BYTES) {
                throw new CorruptRecordException(
                        "The state of site %s has grown to %d bytes, more than the log takes in one record (%d).%nMaybe the site should be divided into several."
                                .formatted(entry.site, snapshot.length, EmbeddedBroker.MAX_RECORD_BYTES));
            }
            byte[] record = new WireWriter(snapshot.length + 16)
                    .octet(RECORD_VERSION)
                    .signed(entry.applied)
                    .raw(snapshot)
                    .toBytes();
            to.logChange(
                    NAME,
                    Bytes.wrap(entry.site.text().getBytes(StandardCharsets.UTF_8)),
                    record,
                    System.currentTimeMillis(),
                    Position.emptyPosition());
            entry.dirty = false;
            counters.snapshots.increment();
            counters.snapshotBytes.add(record.length);
        }
    }

    private void restore(byte[] key, byte @Nullable [] record) {
        SiteKey site = SiteKey.parse(new String(key, StandardCharsets.UTF_8));
        if (record == null) {
            entries.remove(site);
            return;
        }
        WireReader in = new WireReader(record);
        int version = in.octet();
        if (version != RECORD_VERSION) {
            throw new CorruptRecordException(
                    "The stored state of site %s has version %d, but this release reads version %d.%nMaybe a newer release wrote it."
                            .formatted(site, version, RECORD_VERSION));
        }
        Entry entry = new Entry(site);
        entry.applied = in.signed();
        entry.stored = in.raw(in.remaining());
        entries.put(site, entry);
    }

    @Override
    public void flush() {
        // Called for checkpoints of what is on disk; here nothing is.
    }

    @Override
    public void close() {
        entries.clear();
        context = null;
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void clearCache() {
        // The folds are not a copy of something: there is nothing behind them that could take their place.
    }
}
