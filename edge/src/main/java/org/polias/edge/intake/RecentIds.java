// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers the last observations of one datastream, so that what a device sends again after a lost acknowledgement need not go
 * to the log again. Best effort and bounded: the fold of the site knows duplicates for certain.
 *
 * <p>A table of small sets, each of which forgets its oldest. It doubles as it fills, as long as all such tables together stay
 * within a common budget.
 */
final class RecentIds {

    /** What is known of an observation. */
    enum Sighting {
        NEW,
        /** It is on its way to the log; nothing may be answered that relies on its arriving there. */
        PENDING,
        DURABLE
    }

    /** The smallest table, which every datastream has whatever the budget. */
    static final int LEAST = 64;
    /** The largest table. */
    static final int MOST = 16_384;

    private static final int WAYS = 8;
    /** Stands in for the id 0, which marks an empty place. */
    private static final long ZERO = 0x9E3779B97F4A7C15L;

    private final AtomicLong budget;
    private long[] ids = new long[LEAST];
    private boolean[] durable = new boolean[LEAST];
    private byte[] oldest = new byte[LEAST / WAYS];
    private int added;

    /** @param budget how many observations all tables that share it may remember beyond {@link #LEAST} each */
    RecentIds(AtomicLong budget) {
        this.budget = budget;
    }

    /** What was known of the observation; it is pending from now on if it was new. */
    synchronized Sighting sight(long id) {
        int place = find(id);
        if (place >= 0) {
            return durable[place] ? Sighting.DURABLE : Sighting.PENDING;
        }
        if (ids.length < MOST && ++added > ids.length / 4) {
            // Fuller, one of its sets might overflow while others have room.
            grow();
        }
        put(key(id), false);
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

    /** Whether it knows anything of the observation. */
    synchronized boolean remembers(long id) {
        return find(id) >= 0;
    }

    private void grow() {
        int size = ids.length;
        if (budget.getAndUpdate(left -> left >= size ? left - size : left) < size) {
            return;
        }
        long[] formerIds = ids;
        boolean[] formerDurable = durable;
        byte[] formerOldest = oldest;
        ids = new long[size * 2];
        durable = new boolean[size * 2];
        oldest = new byte[size * 2 / WAYS];
        for (int set = 0; set < formerOldest.length; set++) {
            for (int age = 0; age < WAYS; age++) {
                int place = set * WAYS + (formerOldest[set] + age) % WAYS;
                if (formerIds[place] != 0) {
                    put(formerIds[place], formerDurable[place]);
                }
            }
        }
    }

    private void put(long key, boolean isDurable) {
        int set = set(key);
        int place = set * WAYS + oldest[set];
        oldest[set] = (byte) ((oldest[set] + 1) % WAYS);
        ids[place] = key;
        durable[place] = isDurable;
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

    /** Ids are hashes, so that any of their bits spread evenly. */
    private int set(long key) {
        return (int) (key >>> 32) & oldest.length - 1;
    }
}
