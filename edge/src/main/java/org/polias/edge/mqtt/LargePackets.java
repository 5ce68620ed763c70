// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Large packets while they are received and until they are dealt with: whoever sends them may have so many bytes of them at once,
 * over all its connections. Further ones wait unread, so that their sender cannot fill the memory. Thread-safe.
 */
final class LargePackets {

    /** In whose place those are counted that have not said who they are. */
    static final Object STRANGERS = new Object();

    private final long most_bytes;
    private final Map<Object, Load> loads = new HashMap<>();

    private static final class Load {
        private long bytes;
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    }

    LargePackets(long most_bytes) {
        this.most_bytes = most_bytes;
    }

    /**
     * A packet begins.
     *
     * @param room called once, on any thread, when it is worth asking again
     * @return whether it may be received; if so, {@link #end} has to follow
     */
    synchronized boolean begin(Object sender, int bytes, Runnable room) {
        Load load = loads.computeIfAbsent(sender, _ -> new Load());
        if (load.bytes > 0 && load.bytes + bytes > most_bytes) {
            load.waiting.add(room);
            return false;
        }
        load.bytes += bytes;
        return true;
    }

    /** Packets of so many bytes in all are dealt with. */
    void end(Object sender, long bytes) {
        ArrayDeque<Runnable> called;
        synchronized (this) {
            Load load = loads.get(sender);
            if (load == null) {
                return;
            }
            load.bytes -= bytes;
            called = new ArrayDeque<>(load.waiting);
            load.waiting.clear();
            if (load.bytes <= 0) {
                loads.remove(sender);
            }
        }
        called.forEach(Runnable::run);
    }
}
