// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.polias.model.admission.Quarantined;
import org.polias.model.observation.ObservationId;
import org.polias.model.port.EventLog;

/**
 * One payload on its way into the log: what of it was accepted, and what of it goes to quarantine. It ends when the log has
 * settled all of that; only then may the sender be answered.
 *
 * <p>{@link #offer()} and {@link #abandon()} are called by one thread at a time; receipts come on any.
 */
public final class Delivery {

    private static final int BYTES_OF_ONE = 1 << 10;

    /** Told once, on any thread, when a delivery has ended. */
    @FunctionalInterface
    public interface Listener {
        void ended(Delivery delivery);
    }

    private final EventLog log;
    private final AdmissionCounters counters;
    private final Listener listener;
    private final List<Ruling.Pass> passes;
    private final List<Quarantined> quarantined;
    private final List<Rejection> rejections;
    private final int items;
    private final int bytes;
    private final int known;
    private final EventLog.Receipt receipt = this::settled;
    /** Receipts that are to come, and one that stands for the offering itself, so that it cannot end before all is offered. */
    private final AtomicInteger awaited = new AtomicInteger(1);

    private volatile @Nullable Throwable failure;
    private volatile boolean ended;
    private int offered;

    Delivery(
            EventLog log,
            AdmissionCounters counters,
            Listener listener,
            List<Ruling.Pass> passes,
            List<Quarantined> quarantined,
            List<Rejection> rejections,
            int items,
            int bytes,
            int known) {
        this.log = log;
        this.counters = counters;
        this.listener = listener;
        this.passes = passes;
        this.quarantined = quarantined;
        this.rejections = rejections;
        this.items = items;
        this.bytes = bytes;
        this.known = known;
    }

    /**
     * Offers to the log what it has not taken yet.
     *
     * @return false if the log is full: to be called again when it has room
     */
    public boolean offer() {
        int all = passes.size() + quarantined.size();
        while (offered < all) {
            awaited.incrementAndGet();
            boolean taken = offered < passes.size()
                    ? log.offer(passes.get(offered).event(), receipt)
                    : log.offer(quarantined.get(offered - passes.size()), receipt);
            if (!taken) {
                awaited.decrementAndGet();
                return false;
            }
            offered++;
        }
        release();
        return true;
    }

    /** Gives up what was not offered yet: the sender is gone, or is told to send again. */
    public void abandon() {
        if (offered < passes.size() + quarantined.size()) {
            failure = new IllegalStateException("The delivery was given up when %d of %d records were in the log."
                    .formatted(offered, passes.size() + quarantined.size()));
            release();
        }
    }

    /** Whether it has ended. */
    public boolean hasEnded() {
        return ended;
    }

    /** Why the sender has to send it again, if it has. Known when it has ended. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many observations it holds, good or bad. */
    public int items() {
        return items;
    }

    /** How many observations it counts for in its device's share: each KiB for one, where they are longer. The log carries it. */
    public int cost() {
        return Math.max(items, bytes / BYTES_OF_ONE);
    }

    /** How many observations are taken by it. */
    public int accepted() {
        int again = 0;
        for (Ruling.Pass pass : passes) {
            again += pass.again() ? 1 : 0;
        }
        return passes.size() - again;
    }

    /** How many observations had been delivered before. */
    public int duplicates() {
        return known + passes.size() - accepted();
    }

    /** What is refused, in the order of the payload. */
    public List<Rejection> rejections() {
        return rejections;
    }

    /** The observation that it brought to the log, if it is just one. */
    public Optional<ObservationId> findOnlyObservation() {
        return items == 1 && passes.size() == 1
                ? Optional.of(passes.getFirst().event().observation().id())
                : Optional.empty();
    }

    private void settled(@Nullable Throwable problem) {
        if (problem != null) {
            failure = problem;
        }
        release();
    }

    private void release() {
        if (awaited.decrementAndGet() == 0) {
            end();
        }
    }

    private void end() {
        if (failure == null) {
            passes.forEach(Ruling.Pass::settle);
            counters.accepted(accepted());
            counters.duplicate(duplicates());
            rejections.forEach(rejection -> counters.rejected(rejection.reason(), 1));
        } else {
            // Some of it may be in the log. It is sent again, and then what is there already is a duplicate for the
            // fold.
            passes.forEach(Ruling.Pass::forget);
            counters.deferred(1);
        }
        ended = true;
        listener.ended(this);
    }
}
