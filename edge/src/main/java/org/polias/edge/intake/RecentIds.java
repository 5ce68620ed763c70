// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.Arrays;

/**
 * Remembers some hundreds of the last observations of one datastream, so that what a device sends again after a lost
 * acknowledgement need not go to the log again. Best effort and bounded: the fold of the site knows duplicates for certain.
 * A table of small sets, each of which forgets its oldest.
 */
final class RecentIds {

    /** What is known of an observation. */
    enum Sighting {
        NEW,
        /** It is on its way to the log; nothing may be answered that relies on its arriving there. */
        PENDING,
        DURABLE
    }

    private static final int SETS = 64;
    private static final int WAYS = 8;
    /** Stands in for the id 0, which marks an empty place. */
    private static final long ZERO = 0x9E3779B97F4A7C15L;

    private final long[] ids = new long[SETS * WAYS];
    private final boolean[] durable = new boolean[SETS * WAYS];
    private final byte[] oldest = new byte[SETS];

    /** What was known of the observation; it is pending from now on if it was new. */
    synchronized Sighting sight(long id) {
        int place = find(id);
        if (place >= 0) {
            return durable[place] ? Sighting.DURABLE : Sighting.PENDING;
        }
        long key = key(id);
        int set = set(key);
        int taken = set * WAYS + oldest[set];
        oldest[set] = (byte) ((oldest[set] + 1) % WAYS);
        ids[taken] = key;
        durable[taken] = false;
        return Sighting.NEW;
    }

    /** The observation is in the log. */
    synchronized void settle(long id) {
        int place = find(id);
        if (place >= 0) {
            durable[place] = true;
        }
    }

    /** The observation did not reach the log. */
    synchronized void forget(long id) {
        int place = find(id);
        if (place >= 0 && !durable[place]) {
            ids[place] = 0;
        }
    }

    @Override
    public synchronized String toString() {
        return "RecentIds[%d]"
                .formatted(Arrays.stream(ids).filter(id -> id != 0).count());
    }

    private int find(long id) {
        long key = key(id);
        int first = set(key) * WAYS;
        for (int place = first; place < first + WAYS; place++) {
            if (ids[place] == key) {
                return place;
            }
        }
        return -1;
    }

    private static long key(long id) {
        return id == 0 ? ZERO : id;
    }

    private static int set(long key) {
        return (int) (key >>> 32) & SETS - 1;
    }
}
