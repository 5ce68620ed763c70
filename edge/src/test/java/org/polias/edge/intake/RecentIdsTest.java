// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.polias.edge.intake.RecentIds.Sighting;

import static org.assertj.core.api.Assertions.assertThat;

class RecentIdsTest {

    private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);
    private final RecentIds ids = new RecentIds(budget);

    @Test
    void anIdIsNewOnceThenPendingThenDurable() {
        assertThat(ids.sight(7)).isEqualTo(Sighting.NEW);
        assertThat(ids.sight(7)).isEqualTo(Sighting.PENDING);
        ids.settle(7);
        assertThat(ids.sight(7)).isEqualTo(Sighting.DURABLE);
    }

    @Test
    void whatFailedIsNewAgainButWhatIsDurableIsNotForgotten() {
        ids.sight(7);
        ids.forget(7);
        assertThat(ids.sight(7)).isEqualTo(Sighting.NEW);
        ids.settle(7);
        ids.forget(7);
        assertThat(ids.sight(7)).isEqualTo(Sighting.DURABLE);
    }

    @Test
    void zeroIsAnIdLikeAnyOther() {
        assertThat(ids.sight(0)).isEqualTo(Sighting.NEW);
        assertThat(ids.sight(0)).isEqualTo(Sighting.PENDING);
    }

    @Test
    void thousandsOfTheLastAreRememberedAndTheOldestForgotten() {
        long[] sent = send(200_000);
        assertThat(known(sent, sent.length - 5_000, sent.length)).isGreaterThan(4_950);
        assertThat(known(sent, 0, 100_000)).isZero();
        assertThat(Long.MAX_VALUE - budget.get()).isEqualTo(RecentIds.MOST - RecentIds.LEAST);
    }

    @Test
    void withoutBudgetTheLeastAreRemembered() {
        budget.set(RecentIds.LEAST - 1);
        long[] sent = send(10_000);
        assertThat(known(sent, sent.length - 20, sent.length)).isGreaterThan(15);
        assertThat(known(sent, 0, 9_500)).isZero();
        assertThat(budget.get()).isEqualTo(RecentIds.LEAST - 1);
    }

    @Test
    void growingForgetsNothing() {
        long[] sent = new Random(2).longs(30).toArray();
        for (long id : sent) {
            ids.sight(id);
        }
        ids.settle(sent[3]);
        for (long id : new Random(3).longs(20).toArray()) {
            ids.sight(id);
        }
        assertThat(ids.sight(sent[3])).isEqualTo(Sighting.DURABLE);
        assertThat(ids.sight(sent[4])).isEqualTo(Sighting.PENDING);
    }

    private long[] send(int count) {
        long[] sent = new Random(1).longs(count).toArray();
        for (long id : sent) {
            ids.sight(id);
            ids.settle(id);
        }
        return sent;
    }

    private int known(long[] sent, int from, int to) {
        int known = 0;
        for (int i = from; i < to; i++) {
            known += ids.remembers(sent[i]) ? 1 : 0;
        }
        return known;
    }
}
