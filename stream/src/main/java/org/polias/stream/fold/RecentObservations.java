// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

/**
 * Remembers which observations of one datastream were seen, so that none has a second effect. It keeps the ids of two
 * generations of the most recent; when the younger is full, the older is forgotten, and with it goes the
 * <em>horizon</em>: the latest phenomenon time among all that are forgotten. Of an observation that is not later than the
 * horizon nobody can tell whether it was seen: it must not be given to detectors.
 *
 * <p>A sensor that catches up after its link was dead is not held up by the horizon, because nothing later of it was seen.
 */
final class RecentObservations {

    /** Before anything was forgotten: no observation is as old as this. */
    private static final Instant NOTHING_FORGOTTEN = Instant.MIN;

    private static final int LARGEST_GENERATION = 1 << 20;

    private final int generationSize;
    private long[] older = {};
    private Instant olderLatest = NOTHING_FORGOTTEN;
    private final long[] younger;
    private int youngerCount;
    private Instant youngerLatest = NOTHING_FORGOTTEN;
    private Instant horizon = NOTHING_FORGOTTEN;
    private byte @Nullable [] encodedOlder;

    /** What is known of an observation. */
    enum Verdict {
        NEW,
        SEEN,
        /** Too old to tell. */
        BEYOND_HORIZON
    }

    /** @param generationSize how many ids a generation holds: between one and two times as many are remembered */
    RecentObservations(int generationSize) {
        this.generationSize = generationSize;
        this.younger = new long[generationSize];
    }

    /** Whether the observation is new; if so it counts as seen from now on. */
    Verdict see(Observation observation) {
        ObservationId id = observation.id();
        if (contains(younger, youngerCount, id.value()) || contains(older, older.length, id.value())) {
            return Verdict.SEEN;
        }
        Instant time = observation.phenomenonTime();
        if (!time.isAfter(horizon)) {
            return Verdict.BEYOND_HORIZON;
        }
        if (youngerCount == generationSize) {
            horizon = later(horizon, olderLatest);
            older = younger.clone();
            olderLatest = youngerLatest;
            encodedOlder = null;
            youngerCount = 0;
            youngerLatest = NOTHING_FORGOTTEN;
            if (!time.isAfter(horizon)) {
                return Verdict.BEYOND_HORIZON;
            }
        }
        younger[youngerCount++] = id.value();
        youngerLatest = later(youngerLatest, time);
        return Verdict.NEW;
    }

    void write(WireWriter out) {
        out.unsigned(generationSize).instant(horizon).instant(olderLatest).instant(youngerLatest);
        if (encodedOlder == null) {
            encodedOlder = encode(older, older.length);
        }
        out.raw(encodedOlder).raw(encode(younger, youngerCount));
    }

    static RecentObservations read(WireReader in) {
        long generationSize = in.unsigned();
        if (generationSize < 1 || generationSize > LARGEST_GENERATION) {
            throw new CorruptRecordException("A generation of %d observations cannot be.".formatted(generationSize));
        }
        RecentObservations recent = new RecentObservations((int) generationSize);
        recent.horizon = in.instant();
        recent.olderLatest = in.instant();
        recent.youngerLatest = in.instant();
        recent.older = decode(in);
        long[] younger = decode(in);
        if (younger.length > generationSize) {
            throw new CorruptRecordException(
                    "A generation of %d observations is larger than %d.".formatted(younger.length, generationSize));
        }
        System.arraycopy(younger, 0, recent.younger, 0, younger.length);
        recent.youngerCount = younger.length;
        return recent;
    }

    private static boolean contains(long[] ids, int count, long id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return true;
            }
        }
        return false;
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

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
