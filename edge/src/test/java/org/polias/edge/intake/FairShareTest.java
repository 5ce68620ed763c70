// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.polias.model.id.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;

class FairShareTest {

    private static final DeviceId A = new DeviceId("a");
    private static final DeviceId B = new DeviceId("b");
    private static final long SECOND_NS = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-5 * SECOND_NS);
    private final FairShare share = new FairShare(1_000, now::get);

    @Test
    void aSecondsShareIsFreeAndWhatIsBeyondHasToWait() {
        share.charge_ns(B, 1);
        assertThat(share.charge_ns(A, 1_000)).isLessThanOrEqualTo(0);
        assertThat(share.charge_ns(A, 500)).isEqualTo(SECOND_NS / 2);
        assertThat(share.wait_ns(A)).isEqualTo(SECOND_NS / 2);
        now.addAndGet(SECOND_NS / 2);
        assertThat(share.wait_ns(A)).isLessThanOrEqualTo(0);
    }

    @Test
    void whoFloodsBesideAFewDeliversItsShareAndNoMore() {
        long start = now.get();
        long nextOfB = start;
        int delivered = 0;
        while (now.get() - start < 20 * SECOND_NS) {
            for (; nextOfB <= now.get(); nextOfB += SECOND_NS / 10) {
                assertThat(share.charge_ns(B, 1)).isLessThanOrEqualTo(0);
            }
            delivered += 10;
            now.addAndGet(Math.max(0, share.charge_ns(A, 10)));
        }
        assertThat(delivered).isBetween(20_000, 21_100);
    }

    @Test
    void whereAllDeliverMuchNobodyWaits() {
        for (int i = 0; i < 50_000; i++) {
            assertThat(share.charge_ns(A, 1)).isLessThanOrEqualTo(0);
            assertThat(share.charge_ns(B, 1)).isLessThanOrEqualTo(0);
            now.addAndGet(SECOND_NS / 10_000);
        }
    }

    @Test
    void twoThatFloodHoldEachOtherBackForMomentsOnly() {
        share.charge_ns(A, 3_000);
        share.charge_ns(B, 3_000);
        long start = now.get();
        long mayA = start;
        long mayB = start;
        int delivered = 0;
        while (now.get() - start < 20 * SECOND_NS) {
            if (mayA <= now.get()) {
                mayA = now.get() + Math.max(0, share.charge_ns(A, 10));
                delivered += 10;
            }
            if (mayB <= now.get()) {
                mayB = now.get() + Math.max(0, share.charge_ns(B, 10));
                delivered += 10;
            }
            now.addAndGet(SECOND_NS / 1_000);
        }
        // Both offer 10,000/s, ten times the share.
        assertThat(delivered).isGreaterThan(330_000);
    }

    @Test
    void whoIsAloneIsNotLimitedUntilAnotherComes() {
        assertThat(share.charge_ns(A, 1_000_000)).isLessThanOrEqualTo(0);
        now.addAndGet(SECOND_NS);
        share.charge_ns(B, 1);
        assertThat(share.wait_ns(A)).isLessThanOrEqualTo(0);
        now.addAndGet(5 * SECOND_NS);
        assertThat(share.charge_ns(A, 2_000)).isEqualTo(SECOND_NS);
        now.addAndGet(6 * SECOND_NS);
        assertThat(share.charge_ns(A, 1_000_000)).isLessThanOrEqualTo(0);
    }

    @Test
    void oneDevicesDebtIsNotAnothers() {
        share.charge_ns(B, 1);
        share.charge_ns(A, 100_000);
        assertThat(share.wait_ns(A)).isPositive();
        assertThat(share.wait_ns(B)).isLessThanOrEqualTo(0);
    }

    @Test
    void restDoesNotSaveUpMoreThanASecond() {
        share.charge_ns(A, 1);
        now.addAndGet(3_600 * SECOND_NS);
        share.charge_ns(B, 1);
        assertThat(share.charge_ns(A, 2_000)).isEqualTo(SECOND_NS);
    }

    @Test
    void withoutAShareNobodyWaits() {
        assertThat(new FairShare(0, now::get).charge_ns(A, Integer.MAX_VALUE)).isEqualTo(0);
    }
}
