// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.polias.fuse.DefaultFusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.SiteKey;
import org.polias.stream.Scenario;
import org.polias.stream.fold.Faults;
import org.polias.stream.log.Cause;
import org.polias.stream.wire.SiteOutcomeCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way of writing folds down and taking them up again, against a log that loses at a crash whatever was not made durable: of each
 * partition any end of what was under way.
 */
class TaskFoldsTest {

    private static final SiteKey NORTH = SiteKey.parse("test/north");
    private static final SiteKey SOUTH = SiteKey.parse("test/south");
    private static final Faults NO_FAULTS = (event, part, failure) -> {
        throw new AssertionError(part + " failed on " + event, failure);
    };

    @Test
    void whateverIsLostAtCrashesTheOutcomesAreThoseOfAnUndisturbedRun() {
        List<SiteEvent> input = interleave(Scenario.life(NORTH, 35, 1), Scenario.life(SOUTH, 35, 2));
        Cluster undisturbed = new Cluster(input, new Random(0));
        undisturbed.startTask();
        while (undisturbed.process()) {}
        undisturbed.commit(Crash.NONE);
        Map<String, Integer> expected = undisturbed.outcomesOnce();
        assertThat(expected).hasSizeGreaterThan(50);

        for (int seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            Cluster cluster = new Cluster(input, random);
            cluster.startTask();
            while (cluster.process()) {
                if (random.nextInt(30) == 0) {
                    cluster.commit(Crash.NONE);
                } else if (random.nextInt(40) == 0) {
                    cluster.commit(Crash.values()[random.nextInt(Crash.values().length)]);
                } else if (random.nextInt(60) == 0) {
                    cluster.crash();
                }
            }
            cluster.commit(Crash.NONE);
            assertThat(cluster.outcomesOnce()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void whatAProcessWritesThatHasLostThePartitionWithoutKnowingItHarmsNothing() {
        List<SiteEvent> input = Scenario.life(NORTH, 20, 3);
        Cluster cluster = new Cluster(input, new Random(1));
        cluster.startTask();
        for (int i = 0; i < 30; i++) {
            cluster.process();
        }
        cluster.commit(Crash.NONE);
        for (int i = 0; i < 10; i++) {
            cluster.process();
        }
        // The partition goes to another process, which comes further, and commits.
        Task paused = cluster.task;
        cluster.startTask();
        for (int i = 0; i < 40; i++) {
            cluster.process();
        }
        cluster.commit(Crash.NONE);
        for (int i = 0; i < 10; i++) {
            cluster.process();
        }
        cluster.flush();
        // The first wakes up, writes down what it has, and is refused the commit. Then the second dies.
        paused.announced.forEach(paused.folds::writeDown);
        cluster.makeDurable(cluster.changelogUnderWay, cluster.changelog, cluster.changelogUnderWay.size());
        cluster.crash();

        while (cluster.process()) {}
        cluster.commit(Crash.NONE);
        Cluster undisturbed = new Cluster(input, new Random(0));
        undisturbed.startTask();
        while (undisturbed.process()) {}
        undisturbed.commit(Crash.NONE);
        assertThat(cluster.outcomesOnce()).isEqualTo(undisturbed.outcomesOnce());
    }

    @Test
    void aFoldIsAnnouncedOnceAndWrittenDownOnlyIfItHasMoved() {
        List<byte[]> written = new ArrayList<>();
        TaskFolds folds = new TaskFolds(new DefaultFusion(), NO_FAULTS, new FoldCounters());
        folds.writeTo((key, record) -> written.add(record));
        folds.begin(7);
        TaskFolds.Entry entry = folds.entryOf(NORTH);
        folds.foldOf(entry);

        assertThat(entry.taken(7)).isTrue();
        assertThat(entry.taken(8)).isFalse();
        folds.writeDown(entry.key());
        folds.writeDown(entry.key());
        assertThat(written).hasSize(1);
        assertThat(entry.taken(9)).isTrue();
    }

    @Test
    void aFoldThatWasTornByAnErrorIsNotWrittenDown() {
        List<byte[]> written = new ArrayList<>();
        TaskFolds folds = new TaskFolds(new DefaultFusion(), NO_FAULTS, new FoldCounters());
        folds.writeTo((key, record) -> written.add(record));
        folds.begin(0);
        TaskFolds.Entry entry = folds.entryOf(NORTH);
        folds.foldOf(entry);
        entry.taken(0);
        entry.beginTaking();

        folds.writeDown(entry.key());

        assertThat(written).isEmpty();
    }

    /** At which point of a commit the process dies. */
    private enum Crash {
        NONE,
        /** It lives on, and tries again later. */
        NONE_BUT_THE_OFFSET_IS_NOT_TAKEN,
        WITH_ALL_UNDER_WAY,
        BEFORE_THE_OFFSET_IS_COMMITTED
    }

    /** One process's part: its folds, and which of them it has announced. */
    private static final class Task {
        private final TaskFolds folds = new TaskFolds(new DefaultFusion(), NO_FAULTS, new FoldCounters());
        private final Set<Bytes> announced = new LinkedHashSet<>();
    }

    private record Written(Bytes key, byte[] value) {}

    private record Given(Cause cause, byte[] bytes) {}

    /** A log, and the task that works on it. */
    private static final class Cluster {
        private final List<SiteEvent> input;
        private final Random random;
        private final SiteOutcomeCodec codec = new SiteOutcomeCodec();
        private List<Written> changelog = new ArrayList<>();
        private final List<Written> changelogUnderWay = new ArrayList<>();
        private final List<Given> outcomes = new ArrayList<>();
        private final List<Given> outcomesUnderWay = new ArrayList<>();
        private Task task = new Task();
        private int committed;
        private int next;

        Cluster(List<SiteEvent> input, Random random) {
            this.input = input;
            this.random = random;
        }

        void startTask() {
            task = new Task();
            changelog.forEach(written -> task.folds.restore(written.key(), written.value()));
            task.folds.writeTo((key, record) -> changelogUnderWay.add(new Written(key, record)));
            next = committed;
        }

        /** The next record; false if there is none. */
        boolean process() {
            if (next == input.size()) {
                return false;
            }
            int offset = next++;
            task.folds.begin(offset);
            TaskFolds.Entry entry = task.folds.entryOf(input.get(offset).site());
            if (entry.hasTaken(offset)) {
                return true;
            }
            entry.beginTaking();
            List<SiteOutcome> given = task.folds.foldOf(entry).on(input.get(offset));
            for (int i = 0; i < given.size(); i++) {
                outcomesUnderWay.add(new Given(new Cause(0, offset, i), codec.encode(given.get(i))));
            }
            if (entry.taken(offset)) {
                task.announced.add(entry.key());
            }
            return true;
        }

        void flush() {
            List<Bytes> keys = List.copyOf(task.announced);
            task.announced.clear();
            keys.forEach(task.folds::writeDown);
        }

        void commit(Crash crash) {
            flush();
            if (crash == Crash.WITH_ALL_UNDER_WAY) {
                crash();
                return;
            }
            makeDurable(changelogUnderWay, changelog, changelogUnderWay.size());
            makeDurable(outcomesUnderWay, outcomes, outcomesUnderWay.size());
            if (crash == Crash.BEFORE_THE_OFFSET_IS_COMMITTED) {
                crash();
                return;
            }
            if (crash == Crash.NONE) {
                committed = next;
            }
        }

        void crash() {
            makeDurable(changelogUnderWay, changelog, random.nextInt(changelogUnderWay.size() + 1));
            makeDurable(outcomesUnderWay, outcomes, random.nextInt(outcomesUnderWay.size() + 1));
            changelogUnderWay.clear();
            outcomesUnderWay.clear();
            if (random.nextBoolean()) {
                Map<Bytes, Written> compacted = new LinkedHashMap<>();
                changelog.forEach(written -> {
                    compacted.remove(written.key());
                    compacted.put(written.key(), written);
                });
                changelog = new ArrayList<>(compacted.values());
            }
            startTask();
        }

        <T> void makeDurable(List<T> underWay, List<T> durable, int count) {
            durable.addAll(underWay.subList(0, count));
            underWay.subList(0, count).clear();
        }

        /** The outcomes as a reader sees them who takes each cause once: a hash of each by its cause. */
        Map<String, Integer> outcomesOnce() {
            Map<String, Integer> once = new LinkedHashMap<>();
            Cause last = null;
            for (Given given : outcomes) {
                if (last == null || given.cause().isAfter(last)) {
                    once.put(given.cause().toString(), Arrays.hashCode(given.bytes()));
                    last = given.cause();
                }
            }
            return once;
        }
    }

    private static List<SiteEvent> interleave(List<SiteEvent> some, List<SiteEvent> others) {
        List<SiteEvent> all = new ArrayList<>();
        for (int i = 0; i < Math.max(some.size(), others.size()); i++) {
            if (i < some.size()) {
                all.add(some.get(i));
            }
            if (i < others.size()) {
                all.add(others.get(i));
            }
        }
        return all;
    }
}
