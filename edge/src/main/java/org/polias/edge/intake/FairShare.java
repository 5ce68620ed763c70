// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.polias.model.id.DeviceId;

/**
 * How fast each device may deliver beside the others: its share in any case, and beyond that up to {@link #TIMES_OTHERS} times what all
 * others deliver together. So one that floods leaves the others their latency, and where many deliver much nobody waits; a device that is
 * alone has nobody to leave anything to, and is not limited.
 *
 * <p>Each device has a token bucket of one second, kept as the time at which all that was delivered would be paid for (the virtual
 * scheduling form of the generic cell rate algorithm, ITU-T I.371). It only ever says how long to wait before more is read; what was read
 * is taken. Thread-safe.
 */
public final class FairShare {

    /** More than 1, so that two that were both held back at once can both grow again. */
    static final int TIMES_OTHERS = 4;

    private static final long BURST_NS = TimeUnit.SECONDS.toNanos(1);
    /** A device that delivered nothing for so long is not there. */
    private static final long PRESENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final int share_per_s;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<DeviceId, Account> accounts = new ConcurrentHashMap<>();
    private final Meter all;
    private final Presence presence = new Presence();

    /**
     * @param share_per_s observations a second that a device may deliver whatever the others do; 0 for no limit
     * @param nanoTime as {@link System#nanoTime()}
     */
    public FairShare(int share_per_s, LongSupplier nanoTime) {
        if (share_per_s < 0) {
            throw new IllegalArgumentException("The share of %d observations/s is negative.".formatted(share_per_s));
        }
        this.share_per_s = share_per_s;
        this.nanoTime = nanoTime;
        this.all = new Meter(nanoTime.getAsLong());
    }

    /** Charges the device for what it delivered, and says how long to wait before reading more of it; 0 or less: not at all. */
    public long charge_ns(DeviceId device, int observations) {
        if (share_per_s == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        double all_per_s = all.add(now, observations);
        boolean alone = presence.isAlone(device, now);
        return account(device, now).charge_ns(now, observations, all_per_s, alone);
    }

    /** How long the device has to wait now; 0 or less: not at all. */
    public long wait_ns(DeviceId device) {
        if (share_per_s == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        return account(device, now).wait_ns(now);
    }

    private Account account(DeviceId device, long now) {
        return accounts.computeIfAbsent(device, _ -> new Account(now));
    }

    private final class Account {

        private final Meter own;
        private long paidAt_ns;

        Account(long now) {
            this.own = new Meter(now);
            this.paidAt_ns = now;
        }

        synchronized long charge_ns(long now, int observations, double all_per_s, boolean alone) {
            double own_per_s = own.add(now, observations);
            if (alone) {
                paidAt_ns = now;
                return 0;
            }
            double allowed_per_s = Math.max(share_per_s, TIMES_OTHERS * (all_per_s - own_per_s));
            long cost_ns = (long) (observations * (double) TimeUnit.SECONDS.toNanos(1) / allowed_per_s);
            paidAt_ns = now + Math.max(paidAt_ns - now, 0) + cost_ns;
            return wait_ns(now);
        }

        synchronized long wait_ns(long now) {
            return paidAt_ns - now - BURST_NS;
        }
    }

    /** When somebody else delivered last, whoever asks: the device that delivered last, and the last one that was not it. */
    private static final class Presence {

        private @Nullable DeviceId last;
        private long lastAt_ns;
        private boolean isThereAnother;
        private long anotherAt_ns;

        /** Whether no other device than this one, which delivers now, has delivered lately. */
        synchronized boolean isAlone(DeviceId device, long now) {
            if (last != null && !last.equals(device)) {
                isThereAnother = true;
                anotherAt_ns = lastAt_ns;
            }
            last = device;
            lastAt_ns = now;
            return !isThereAnother || now - anotherAt_ns > PRESENCE_NS;
        }
    }
}
