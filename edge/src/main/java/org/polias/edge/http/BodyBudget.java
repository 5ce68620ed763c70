// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.polias.model.id.DeviceId;

/**
 * How much of all bodies together may be held while they are received and decoded: so much that none is held up in peace, and so
 * little that many large ones at once do no harm. One device may have half of it, so that another always finds room. Thread-safe.
 */
final class BodyBudget {

    private final long most_bytes;
    private final AtomicLong held_bytes = new AtomicLong();
    private final ConcurrentHashMap<DeviceId, Long> heldOf_bytes = new ConcurrentHashMap<>();

    BodyBudget(long most_bytes) {
        this.most_bytes = most_bytes;
    }

    /** Whether a further body of the device may be begun. */
    boolean hasRoom(DeviceId device) {
        return held_bytes.get() < most_bytes && heldOf_bytes.getOrDefault(device, 0L) < most_bytes / 2;
    }

    /** Takes note that so much more is held; false, and nothing is noted, if that is too much. */
    boolean take(DeviceId device, int bytes) {
        if (held_bytes.addAndGet(bytes) > most_bytes) {
            held_bytes.addAndGet(-bytes);
            return false;
        }
        if (heldOf_bytes.merge(device, (long) bytes, Long::sum) > most_bytes / 2) {
            give(device, bytes);
            return false;
        }
        return true;
    }

    /** Takes note that so much is held no more. */
    void give(DeviceId device, long bytes) {
        if (bytes > 0) {
            heldOf_bytes.computeIfPresent(device, (_, held) -> held > bytes ? held - bytes : null);
            held_bytes.addAndGet(-bytes);
        }
    }
}
