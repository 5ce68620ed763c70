// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

import org.polias.model.Sorted;
import org.polias.model.admission.Reason;

/** Counts what becomes of input, since the start of the process. Thread-safe; counting never waits. */
public final class AdmissionCounters {

    private final InstantSource clock;
    private final Instant since;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder deferred = new LongAdder();
    private final LongAdder unauthenticated = new LongAdder();
    private final Map<Reason, LongAdder> rejected = new EnumMap<>(Reason.class);

    public AdmissionCounters(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
        for (Reason reason : Reason.values()) {
            if (reason != Reason.DUPLICATE) {
                rejected.put(reason, new LongAdder());
            }
        }
    }

    /** Observations became durable. */
    public void accepted(long observations) {
        accepted.add(observations);
    }

    /** Observations had been delivered before. */
    public void duplicate(long observations) {
        duplicate.add(observations);
    }

    /** Payloads could not be taken now; the sender is to send them again. */
    public void deferred(long payloads) {
        deferred.add(payloads);
    }

    /** Someone came without valid credentials. */
    public void unauthenticated() {
        unauthenticated.increment();
    }

    /** Items, or payloads that could not be taken apart into items, were refused. */
    public void rejected(Reason reason, long items) {
        if (reason == Reason.DUPLICATE) {
            duplicate.add(items);
        } else {
            rejected.get(reason).add(items);
        }
    }

    /** The counts now. Counts that change meanwhile may or may not be in it. */
    public Admissions snapshot() {
        SortedMap<Reason, Long> byReason = new TreeMap<>();
        rejected.forEach((reason, count) -> byReason.put(reason, count.sum()));
        return new Admissions(
                since,
                clock.instant(),
                accepted.sum(),
                duplicate.sum(),
                deferred.sum(),
                unauthenticated.sum(),
                byReason);
    }

    /**
     * What became of input between {@code since} and {@code at}.
     *
     * @param rejected by reason, in the order of {@link Reason}; duplicates are not among them
     */
    public record Admissions(
            Instant since,
            Instant at,
            long accepted,
            long duplicate,
            long deferred,
            long unauthenticated,
            SortedMap<Reason, Long> rejected) {

        public Admissions {
            rejected = Sorted.copyOf(rejected);
        }

        /** How many were refused, for whatever reason. */
        public long rejectedInAll() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }

        /** How many observations a second were accepted since an earlier snapshot; 0 if no time has passed. */
        public double acceptedPerSecondSince(Admissions earlier) {
            double seconds = Duration.between(earlier.at, at).toNanos() / 1e9;
            return seconds > 0 ? (accepted - earlier.accepted) / seconds : 0;
        }
    }
}
