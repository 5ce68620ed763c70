// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.apache.kafka.common.utils.Bytes;
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
 * The folds of the sites of one task (one partition), as live objects, and how they come back after a crash. Belongs to the task's
 * thread.
 *
 * <p>A fold that has moved is written down with the offset of the last record that it has taken, into one of two places in turn, before
 * the input's offset is committed. So of the two the newer may hold records that were never committed, and whose outcomes may be lost;
 * the older does not. After a crash the first record that comes tells what was committed: the newest snapshot from before it is right.
 * Records up to its offset are left out, later ones are taken, with the same outcomes as before the crash ({@link
 * org.polias.stream.log.Cause}).
 */
final class TaskFolds {

    private static final Logger LOG = LoggerFactory.getLogger(TaskFolds.class);
    /** Written before outcomes were allowed to be lost with a snapshot: what it holds is committed in any case. */
    private static final int OLD_RECORD_VERSION = 1;

    private static final int RECORD_VERSION = 2;
    private static final int RECORD_OVERHEAD_BYTES = 1024;
    private static final String SECOND_PLACE = "#1";
    /**
     * The most snapshots of a site of which one may be right: the two that it had, and what processes wrote that had lost the partition
     * without knowing it yet.
     */
    private static final int SNAPSHOTS_KEPT = 4;

    private final Fusion<?> fusion;
    private final Faults faults;
    private final FoldCounters counters;
    private final Map<SiteKey, Entry> entries = new TreeMap<>();
    private BiConsumer<Bytes, byte[]> log = (key, record) -> {
        throw new IllegalStateException("Nobody has said where folds are written down.");
    };
    /** The offset of the first record since the task is here; every record before it is committed. */
    private long begin = -1;

    /**
     * A fold as it was after the record at {@code applied}.
     *
     * @param first whether nothing was written down of the site before it
     */
    private record Snapshot(int place, long applied, boolean first, byte[] state) {}

    /** A site's fold and how far it has come. */
    static final class Entry {
        private final SiteKey site;
        private @Nullable SiteFold fold;
        private List<Snapshot> restored = List.of();
        private int nextPlace;
        private boolean written;
        private long applied = -1;
        private boolean dirty;
        private boolean announced;
        /** A record is being taken; if it stays so, the thread died in the middle, and the fold is in no state to be kept. */
        private boolean torn;

        private Entry(SiteKey site) {
            this.site = site;
        }

        SiteKey site() {
            return site;
        }

        boolean hasTaken(long offset) {
            return offset <= applied;
        }

        void beginTaking() {
            torn = true;
        }

        /** @return whether the fold has to be announced to be written down: it is the first record since the last time */
        boolean taken(long offset) {
            applied = offset;
            dirty = true;
            torn = false;
            boolean first = !announced;
            announced = true;
            return first;
        }

        Bytes key() {
            return key(0);
        }

        private Bytes key(int place) {
            return Bytes.wrap((place == 0 ? site.text() : site.text() + SECOND_PLACE).getBytes(StandardCharsets.UTF_8));
        }
    }

    TaskFolds(Fusion<?> fusion, Faults faults, FoldCounters counters) {
        this.fusion = fusion;
        this.faults = faults;
        this.counters = counters;
    }

    /** Says where folds are written down from now on. */
    void writeTo(BiConsumer<Bytes, byte[]> changelog) {
        log = changelog;
    }

    /** A record is about to be processed. */
    void begin(long offset) {
        if (begin < 0) {
            begin = offset;
        }
    }

    /** The entry of a site, a new one if nothing is known of the site. Only after {@link #begin}. */
    Entry entryOf(SiteKey site) {
        Entry entry = entries.computeIfAbsent(site, Entry::new);
        if (!entry.restored.isEmpty()) {
            findRightOf(entry.restored).ifPresent(right -> {
                entry.fold = restore(site, right);
                entry.applied = right.applied();
                entry.nextPlace = 1 - right.place();
                entry.written = true;
            });
            entry.restored = List.of();
        }
        return entry;
    }

    Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    SiteFold foldOf(Entry entry) {
        SiteFold fold = entry.fold;
        if (fold == null) {
            fold = SiteFold.begin(entry.site, fusion, faults);
            entry.fold = fold;
        }
        return fold;
    }

    /** Whether the site's definition is known. */
    boolean isConfigured(Entry entry) {
        SiteFold fold = entry.restored.isEmpty() ? foldOf(entry) : restore(entry.site, entry.restored.getLast());
        return fold.findDefinition().isPresent();
    }

    private SiteFold restore(SiteKey site, Snapshot snapshot) {
        return SiteFold.restore(site, fusion, faults, snapshot.state(), problem -> LOG.warn("{}", problem));
    }

    /**
     * The newest from before the first record that came. If all are later, nothing that is in them was committed: the site begins anew,
     * or, if it had been committed before and what was is overwritten, goes on from the oldest. To overwrite it, a commit must have
     * failed and been tried again with another snapshot, and the outcomes that belong to the oldest were durable by then.
     */
    private Optional<Snapshot> findRightOf(List<Snapshot> ascending) {
        Optional<Snapshot> right = Optional.of(ascending.getFirst()).filter(oldest -> !oldest.first());
        for (Snapshot snapshot : ascending) {
            if (snapshot.applied() < begin) {
                right = Optional.of(snapshot);
            }
        }
        return right;
    }

    /**
     * Writes a site's fold down, if it has moved.
     *
     * @param key what {@link Entry#key()} gave
     */
    void writeDown(Bytes key) {
        Entry entry = entries.get(SiteKey.parse(new String(key.get(), StandardCharsets.UTF_8)));
        if (entry == null) {
            return;
        }
        SiteFold fold = entry.fold;
        if (!entry.dirty || entry.torn || fold == null) {
            return;
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
                .truth(!entry.written)
                .raw(snapshot)
                .toBytes();
        log.accept(entry.key(entry.nextPlace), record);
        entry.nextPlace = 1 - entry.nextPlace;
        entry.written = true;
        entry.dirty = false;
        entry.announced = false;
        counters.snapshots.increment();
        counters.snapshotBytes.add(record.length);
    }

    /** Takes a record that was written down, the older ones first. */
    void restore(Bytes key, byte @Nullable [] record) {
        String text = new String(key.get(), StandardCharsets.UTF_8);
        int place = text.endsWith(SECOND_PLACE) ? 1 : 0;
        SiteKey site = SiteKey.parse(place == 0 ? text : text.substring(0, text.length() - SECOND_PLACE.length()));
        if (record == null) {
            return;
        }
        WireReader in = new WireReader(record);
        int version = in.octet();
        if (version != RECORD_VERSION && version != OLD_RECORD_VERSION) {
            throw new CorruptRecordException(
                    "The stored state of site %s has version %d, but this release reads version %d.%nMaybe a newer release wrote it."
                            .formatted(site, version, RECORD_VERSION));
        }
        long applied = in.signed();
        boolean first = version == RECORD_VERSION && in.truth();
        Snapshot snapshot = new Snapshot(place, applied, first, in.raw(in.remaining()));
        Entry entry = entries.computeIfAbsent(site, Entry::new);
        List<Snapshot> ascending = new ArrayList<>(entry.restored);
        ascending.removeIf(other -> other.applied() == snapshot.applied());
        ascending.add(snapshot);
        ascending.sort(Comparator.comparingLong(Snapshot::applied));
        entry.restored =
                List.copyOf(ascending.subList(Math.max(0, ascending.size() - SNAPSHOTS_KEPT), ascending.size()));
    }
}
