// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.polias.edge.intake.RecentIds.Sighting;

import static org.assertj.core.api.Assertions.assertThat;

class RecentIdsTest {

    private final RecentIds ids = new RecentIds();

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
    void hundredsOfTheLastAreRememberedAndNoMore() {
        Random random = new Random(1);
        long[] sent = random.longs(10_000).toArray();
        for (long id : sent) {
            ids.sight(id);
            ids.settle(id);
        }
        int known = 0;
        for (int i = sent.length - 200; i < sent.length; i++) {
            known += ids.sight(sent[i]) == Sighting.DURABLE ? 1 : 0;
        }
        assertThat(known).isGreaterThan(190);
        assertThat(ids.toString()).isEqualTo("RecentIds[512]");
    }
}
