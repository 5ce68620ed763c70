// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.polias.model.observation.Observation;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

/**
 * Remembers which observations of one datastream were seen, so that none has a second effect. It keeps the ids of two
 * generations of the most recent; when the younger is full, the ids of the older are forgotten, and only the stretches of
 * phenomenon time in which they lay are kept. Of an observation from such a stretch nobody can tell whether it was seen: it must
 * not be given to detectors.
 *
 * <p>A sensor that catches up after its link was dead is not held up by that, because nothing of its time was seen; nor is the
 * capture of ten years ago that comes in beside what is seen today.
 */
final class RecentObservations {

    private static final int LARGEST_GENERATION = 1 << 20;
    /** Of the observations of one generation; several old captures may come in one after another. */
    private static final int SPANS_OF_GENERATION = 8;

    private static final int SPANS_FORGOTTEN = 32;

    private final int generationSize;
    /** In order, so that one can search it. */
    private long[] older = {};

    private final TimeSpans olderTimes = new TimeSpans(SPANS_OF_GENERATION);
    private final long[] younger;
    private int youngerCount;
    private final TimeSpans youngerTimes = new TimeSpans(SPANS_OF_GENERATION);
    /** Where in {@link #younger}, counted from 1, the ids stand that fall into a place; 0 for none (open addressing). */
    private final int[] places;

    private final TimeSpans forgotten = new TimeSpans(SPANS_FORGOTTEN);
    private byte @Nullable [] encodedOlder;

    /** What is known of an observation. */
    enum Verdict {
        NEW,
        SEEN,
        /** Of a time of which it is forgotten what was seen. */
        BEYOND_MEMORY
    }

    /** @param generationSize how many ids a generation holds: between one and two times as many are remembered */
    RecentObservations(int generationSize) {
        this.generationSize = generationSize;
        this.younger = new long[generationSize];
        this.places = new int[Integer.highestOneBit(generationSize) * 4];
    }

    /** Whether the observation is new; if so it counts as seen from now on. */
    Verdict see(Observation observation) {
        long id = observation.id().value();
        if (isInYounger(id) || Arrays.binarySearch(older, id) >= 0) {
            return Verdict.SEEN;
        }
        long time = micros(observation.phenomenonTime());
        if (forgotten.cover(time)) {
            return Verdict.BEYOND_MEMORY;
        }
        if (youngerCount == generationSize) {
            forgotten.addAll(olderTimes);
            older = younger.clone();
            Arrays.sort(older);
            olderTimes.clear();
            olderTimes.addAll(youngerTimes);
            encodedOlder = null;
            youngerCount = 0;
            youngerTimes.clear();
            Arrays.fill(places, 0);
            if (forgotten.cover(time)) {
                return Verdict.BEYOND_MEMORY;
            }
        }
        remember(id);
        youngerTimes.add(time);
        return Verdict.NEW;
    }

    void write(WireWriter out) {
        out.unsigned(generationSize);
        forgotten.write(out);
        olderTimes.write(out);
        youngerTimes.write(out);
        if (encodedOlder == null) {
            encodedOlder = encode(older, older.length);
        }
        out.raw(encodedOlder).raw(encode(younger, youngerCount));
    }

    static RecentObservations read(WireReader in, int version) {
        long generationSize = in.unsigned();
        if (generationSize < 1 || generationSize > LARGEST_GENERATION) {
            throw new CorruptRecordException("A generation of %d observations cannot be.".formatted(generationSize));
        }
        RecentObservations recent = new RecentObservations((int) generationSize);
        for (TimeSpans times : List.of(recent.forgotten, recent.olderTimes, recent.youngerTimes)) {
            if (version == SiteFold.OLDEST_VERSION) {
                Instant latest = in.instant();
                if (latest.isAfter(Instant.EPOCH)) {
                    times.add(0, micros(latest));
                }
            } else {
                times.read(in);
            }
        }
        recent.older = decode(in);
        Arrays.sort(recent.older);
        long[] younger = decode(in);
        if (younger.length > generationSize) {
            throw new CorruptRecordException(
                    "A generation of %d observations is larger than %d.".formatted(younger.length, generationSize));
        }
        for (long id : younger) {
            recent.remember(id);
        }
        return recent;
    }

    private boolean isInYounger(long id) {
        for (int place = place(id); places[place] != 0; place = place + 1 & places.length - 1) {
            if (younger[places[place] - 1] == id) {
                return true;
            }
        }
        return false;
    }

    private void remember(long id) {
        int place = place(id);
        while (places[place] != 0) {
            place = place + 1 & places.length - 1;
        }
        younger[youngerCount++] = id;
        places[place] = youngerCount;
    }

    /** Ids are hashes, so that any of their bits spread evenly. */
    private int place(long id) {
        return (int) (id >>> 32) & places.length - 1;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static byte[] encode(long[] ids, int count) {
        WireWriter out = new WireWriter(count * Long.BYTES + 10).unsigned(count);
        for (int i = 0; i < count; i++) {
            out.fixed(ids[i]);
        }
        return out.toBytes();
    }

    private static long[] decode(WireReader in) {
        long[] ids = new long[in.size(Long.BYTES)];
        Arrays.setAll(ids, i -> in.fixed());
        return ids;
    }
}
