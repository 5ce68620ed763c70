// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a gateway still has to deliver, in order. A gateway's memory is finite: when it is full, the oldest go. What is delivered
 * twice has one effect, so that whatever is in doubt is sent again. Thread-safe.
 */
final class Outbox<T> {

    private final int capacity;
    private final Deque<T> waiting = new ArrayDeque<>();
    private long forgotten;

    Outbox(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(T message) {
        waiting.addLast(message);
        forget();
    }

    /** Puts messages back that were taken and not delivered, oldest first. */
    synchronized void putBack(List<T> messages) {
        for (T message : messages.reversed()) {
            waiting.addFirst(message);
        }
        forget();
    }

    /** Takes up to {@code limit} messages, oldest first. */
    synchronized List<T> take(int limit) {
        List<T> taken = new ArrayList<>(Math.min(limit, waiting.size()));
        while (taken.size() < limit && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    synchronized int size() {
        return waiting.size();
    }

    /** How many were lost because the memory was full. */
    synchronized long forgotten() {
        return forgotten;
    }

    private void forget() {
        while (waiting.size() > capacity) {
            waiting.removeFirst();
            forgotten++;
        }
    }
}
