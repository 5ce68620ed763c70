// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

/**
 * Stretches of time that cover all times that were added, in microseconds since 1970, both ends included. There are only so
 * many: the two with the smallest gap between them become one, so that what is covered needlessly is as little as can be.
 */
final class TimeSpans {

    private final long[] from;
    private final long[] to;
    private int count;

    /** @param most how many stretches there may be */
    TimeSpans(int most) {
        // One more while it is decided which two become one.
        this.from = new long[most + 1];
        this.to = new long[most + 1];
    }

    void add(long time) {
        add(time, time);
    }

    void addAll(TimeSpans others) {
        for (int i = 0; i < others.count; i++) {
            add(others.from[i], others.to[i]);
        }
    }

    void clear() {
        count = 0;
    }

    boolean cover(long time) {
        for (int i = count - 1; i >= 0 && to[i] >= time; i--) {
            if (from[i] <= time) {
                return true;
            }
        }
        return false;
    }

    /** Adds a whole stretch. */
    void add(long first, long last) {
        int end = count;
        while (end > 0 && from[end - 1] > last) {
            end--;
        }
        int start = end;
        while (start > 0 && to[start - 1] >= first) {
            start--;
        }
        // What lies from start to end overlaps the new one.
        long joinedFrom = start < end ? Math.min(first, from[start]) : first;
        long joinedTo = start < end ? Math.max(last, to[end - 1]) : last;
        replace(start, end, joinedFrom, joinedTo);
        if (count == from.length) {
            joinNearest();
        }
    }

    private void replace(int start, int end, long first, long last) {
        System.arraycopy(from, end, from, start + 1, count - end);
        System.arraycopy(to, end, to, start + 1, count - end);
        from[start] = first;
        to[start] = last;
        count += 1 - (end - start);
    }

    private void joinNearest() {
        int nearest = 0;
        for (int i = 1; i + 1 < count; i++) {
            if (from[i + 1] - to[i] < from[nearest + 1] - to[nearest]) {
                nearest = i;
            }
        }
        replace(nearest, nearest + 2, from[nearest], to[nearest + 1]);
    }

    void write(WireWriter out) {
        out.unsigned(count);
        for (int i = 0; i < count; i++) {
            out.fixed(from[i]).fixed(to[i]);
        }
    }

    /** Reads what {@link #write} wrote, in place of what is here. */
    void read(WireReader in) {
        int stored = in.size(2 * Long.BYTES);
        clear();
        for (int i = 0; i < stored; i++) {
            long first = in.fixed();
            long last = in.fixed();
            if (last < first) {
                throw new CorruptRecordException("A stretch of time from %d to %d cannot be.".formatted(first, last));
            }
            add(first, last);
        }
    }
}
