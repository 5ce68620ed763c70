// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Recognises outcomes that were given out before. Remembers one {@link Cause} per partition. Not thread-safe. */
public final class RepeatedOutcomes {

    private final Map<Integer, Cause> last = new TreeMap<>();

    /** Whether the record is new; if so it counts as seen from now on. A record without a cause is always new. */
    public boolean isNew(LogRecord<?> outcome) {
        Optional<Cause> cause = outcome.cause();
        if (cause.isEmpty()) {
            return true;
        }
        Cause seen = last.get(cause.get().partition());
        if (seen != null && !cause.get().isAfter(seen)) {
            return false;
        }
        last.put(cause.get().partition(), cause.get());
        return true;
    }

    /** The last cause seen in each partition, to be kept beside what was made of the outcomes. */
    public Map<Integer, Cause> positions() {
        return new TreeMap<>(last);
    }

    /** One that has seen the same so far, and goes its own way from here. */
    public RepeatedOutcomes copy() {
        RepeatedOutcomes copy = new RepeatedOutcomes();
        copy.last.putAll(last);
        return copy;
    }

    /** Continues after {@code cause}. */
    public void resumeAfter(Cause cause) {
        last.put(cause.partition(), cause);
    }
}
