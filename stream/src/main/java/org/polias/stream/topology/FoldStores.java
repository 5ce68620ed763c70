// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.NullUnmarked;
import org.polias.fuse.Fusion;
import org.polias.stream.broker.EmbeddedBroker;
import org.polias.stream.fold.Faults;

/**
 * Where live folds meet Kafka Streams, which wants bytes at each put where we want bytes at each commit. Two of its stores serve, and
 * neither holds anything:
 *
 * <ul>
 *   <li>{@value #SNAPSHOTS}: with a changelog. What is put in is only logged; what is restored goes to the {@link TaskFolds}.
 *   <li>{@value #MOVED}: with a write-behind cache, and no changelog. A fold that has moved is announced here once. The cache is written
 *       through before each commit (that is its contract: what is committed is not in a cache any more); at that moment the fold is put
 *       into the first.
 * </ul>
 */
@NullUnmarked
final class FoldStores {

    static final String SNAPSHOTS = "folds";
    static final String MOVED = "moved-folds";
    /** What is announced with a key; the cache needs a value. */
    static final byte[] YES = {1};

    private final Fusion<?> fusion;
    private final Faults faults;
    private final FoldCounters counters;
    private final Map<TaskId, TaskFolds> tasks = new ConcurrentHashMap<>();

    FoldStores(Fusion<?> fusion, Faults faults, FoldCounters counters) {
        this.fusion = fusion;
        this.faults = faults;
        this.counters = counters;
    }

    /** The folds of a task whose stores are open. */
    TaskFolds foldsOf(TaskId task) {
        return Optional.ofNullable(tasks.get(task))
                .orElseThrow(() -> new IllegalStateException("The task %s has no folds.".formatted(task)));
    }

    StoreBuilder<KeyValueStore<Bytes, byte[]>> snapshots() {
        Map<String, String> topic = new TreeMap<>();
        topic.put("max.message.bytes", Integer.toString(EmbeddedBroker.MAX_RECORD_BYTES));
        // Whole states are written again and again: let the log forget the old ones soon, but not before a process that
        // has lost
        // the partition, and does not know it yet, has long noticed.
        topic.put("segment.bytes", Integer.toString(EmbeddedBroker.MAX_RECORD_BYTES));
        topic.put("min.cleanable.dirty.ratio", "0.3");
        topic.put("min.compaction.lag.ms", "60000");
        topic.put("delete.retention.ms", "60000");
        return Stores.keyValueStoreBuilder(supplier(SNAPSHOTS, new Snapshots()), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(topic);
    }

    StoreBuilder<KeyValueStore<Bytes, byte[]>> moved() {
        return Stores.keyValueStoreBuilder(supplier(MOVED, new Moved()), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingDisabled();
    }

    private static KeyValueBytesStoreSupplier supplier(String name, Contents contents) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new Hollow(name, contents);
            }

            @Override
            public String metricsScope() {
                return "folds";
            }
        };
    }

    /** What a hollow store does instead of holding. */
    private interface Contents {
        void open(StateStoreContext context);

        void put(StateStoreContext context, Bytes key, byte[] value);

        void restore(StateStoreContext context, Bytes key, byte[] value);

        void close(StateStoreContext context);
    }

    private final class Snapshots implements Contents {
        @Override
        public void open(StateStoreContext context) {
            tasks.put(context.taskId(), new TaskFolds(fusion, faults, counters));
        }

        @Override
        public void put(StateStoreContext context, Bytes key, byte[] value) {
            // It is in the changelog, and the fold itself is in the task's folds.
        }

        @Override
        public void restore(StateStoreContext context, Bytes key, byte[] value) {
            foldsOf(context.taskId()).restore(key, value);
        }

        @Override
        public void close(StateStoreContext context) {
            tasks.remove(context.taskId());
        }
    }

    private final class Moved implements Contents {
        @Override
        public void open(StateStoreContext context) {}

        @Override
        public void put(StateStoreContext context, Bytes key, byte[] value) {
            // A cache that is closed after an error may come here when the folds are gone already.
            TaskFolds folds = tasks.get(context.taskId());
            if (folds != null) {
                folds.writeDown(key);
            }
        }

        @Override
        public void restore(StateStoreContext context, Bytes key, byte[] value) {}

        @Override
        public void close(StateStoreContext context) {}
    }

    /** A store without contents. */
    private static final class Hollow implements KeyValueStore<Bytes, byte[]> {

        private final String name;
        private final Contents contents;
        private StateStoreContext context;

        Hollow(String name, Contents contents) {
            this.name = name;
            this.contents = contents;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void init(StateStoreContext stateStoreContext, StateStore root) {
            context = stateStoreContext;
            contents.open(context);
            stateStoreContext.register(root, (key, value) -> contents.restore(context, Bytes.wrap(key), value));
        }

        @Override
        public void put(Bytes key, byte[] value) {
            contents.put(context, key, value);
        }

        @Override
        public byte[] putIfAbsent(Bytes key, byte[] value) {
            put(key, value);
            return null;
        }

        @Override
        public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
            entries.forEach(entry -> put(entry.key, entry.value));
        }

        @Override
        public byte[] delete(Bytes key) {
            return null;
        }

        @Override
        public byte[] get(Bytes key) {
            return null;
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
            return new Nothing();
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> all() {
            return new Nothing();
        }

        @Override
        public long approximateNumEntries() {
            return 0;
        }

        @Override
        public void flush() {
            // Called for checkpoints of what is on disk; here nothing is.
        }

        @Override
        public void close() {
            if (context != null) {
                contents.close(context);
                context = null;
            }
        }

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return context != null;
        }

        @Override
        public Position getPosition() {
            return Position.emptyPosition();
        }
    }

    private static final class Nothing implements KeyValueIterator<Bytes, byte[]> {
        @Override
        public void close() {}

        @Override
        public Bytes peekNextKey() {
            throw new NoSuchElementException();
        }

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            throw new NoSuchElementException();
        }
    }
}
