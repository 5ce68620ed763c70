// SPDX-License-Identifier: Apache-2.0
package org.polias.edge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.polias.model.admission.Quarantined;
import org.polias.model.event.SiteEvent;
import org.polias.model.port.EventLog;

/**
 * A log in memory that behaves as a real one does: it has a buffer that can be full, it settles records in bursts on a thread of
 * its own, and it can stand still or fail. A record is in {@link #events()} only when it is durable.
 */
public final class MemoryLog implements EventLog, AutoCloseable {

    private record Buffered(
            @Nullable SiteEvent event, @Nullable Quarantined payload, Receipt receipt) {}

    private final ExecutorService producer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("memory-log").factory());
    private final int capacity;
    private final Deque<Buffered> buffer = new ArrayDeque<>();
    private final List<SiteEvent> events = new ArrayList<>();
    private final List<Quarantined> quarantine = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean halted;
    private boolean failing;
    private int deepest;

    public MemoryLog() {
        this(Integer.MAX_VALUE);
    }

    /** @param capacity how many records may wait to become durable */
    public MemoryLog(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized boolean offer(SiteEvent event, Receipt receipt) {
        return buffer(new Buffered(event, null, receipt));
    }

    @Override
    public synchronized boolean offer(Quarantined payload, Receipt receipt) {
        return buffer(new Buffered(null, payload, receipt));
    }

    @Override
    public synchronized boolean hasRoom() {
        return buffer.size() < capacity;
    }

    @Override
    public void onRoom(Runnable action) {
        synchronized (this) {
            if (!hasRoom()) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    /** Lets records wait in the buffer from now on. */
    public synchronized void halt() {
        halted = true;
    }

    /** Goes on after {@link #halt()}. */
    public synchronized void resume() {
        halted = false;
        producer.execute(this::flush);
    }

    /** Lets every record fail, or no more. */
    public synchronized void fail(boolean fails) {
        failing = fails;
    }

    /** What is durable, in order. */
    public synchronized List<SiteEvent.Observed> events() {
        return events.stream().map(SiteEvent.Observed.class::cast).toList();
    }

    /** What is durable of the quarantine, in order. */
    public synchronized List<Quarantined> quarantine() {
        return List.copyOf(quarantine);
    }

    /** How many records wait now. */
    public synchronized int waitingRecords() {
        return buffer.size();
    }

    /** The most records that ever waited. */
    public synchronized int deepest() {
        return deepest;
    }

    @Override
    public void close() {
        producer.shutdownNow();
    }

    private boolean buffer(Buffered record) {
        if (buffer.size() >= capacity) {
            return false;
        }
        buffer.add(record);
        deepest = Math.max(deepest, buffer.size());
        if (buffer.size() == 1 && !halted) {
            producer.execute(this::flush);
        }
        return true;
    }

    private void flush() {
        List<Buffered> burst;
        List<Runnable> actions;
        boolean fails;
        synchronized (this) {
            if (halted) {
                return;
            }
            burst = List.copyOf(buffer);
            buffer.clear();
            fails = failing;
            actions = List.copyOf(waiting);
            waiting.clear();
            if (!fails) {
                for (Buffered record : burst) {
                    if (record.event() != null) {
                        events.add(record.event());
                    }
                    if (record.payload() != null) {
                        quarantine.add(record.payload());
                    }
                }
            }
        }
        Throwable failure = fails ? new IllegalStateException("The disk is on fire.") : null;
        burst.forEach(record -> record.receipt().settled(failure));
        actions.forEach(Runnable::run);
    }
}
