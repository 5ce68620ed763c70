// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.polias.model.id.DeviceId;

/**
 * How fast each device may deliver: a token bucket of one second's share, kept as the time at which all that was delivered would
 * be paid for (the virtual scheduling form of the generic cell rate algorithm, ITU-T I.371). It only ever says how long to wait
 * before more is read; what was read is taken. Thread-safe.
 */
public final class FairShare {

    private static final long BURST_NS = TimeUnit.SECONDS.toNanos(1);

    private final int share_per_s;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<DeviceId, AtomicLong> paidAt = new ConcurrentHashMap<>();

    /**
     * @param share_per_s observations a second; 0 for no limit
     * @param nanoTime as {@link System#nanoTime()}
     */
    public FairShare(int share_per_s, LongSupplier nanoTime) {
        if (share_per_s < 0) {
            throw new IllegalArgumentException("The share of %d observations/s is negative.".formatted(share_per_s));
        }
        this.share_per_s = share_per_s;
        this.nanoTime = nanoTime;
    }

    /** Charges the device for what it delivered, and says how long to wait before reading more of it; 0 or less: not at all. */
    public long charge_ns(DeviceId device, int observations) {
        if (share_per_s == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        long cost_ns = (long) observations * TimeUnit.SECONDS.toNanos(1) / share_per_s;
        long paid = account(device, now).updateAndGet(before -> Math.max(before - now, 0) + now + cost_ns);
        return paid - now - BURST_NS;
    }

    /** How long the device has to wait now; 0 or less: not at all. */
    public long wait_ns(DeviceId device) {
        if (share_per_s == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        return account(device, now).get() - now - BURST_NS;
    }

    private AtomicLong account(DeviceId device, long now) {
        return paidAt.computeIfAbsent(device, _ -> new AtomicLong(now));
    }
}
