// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbesTest {

    private static final long MS = 1_000_000;

    private final Probes probes = new Probes();

    @Test
    void latencyCountsFromWhenTheBangWasDue() {
        probes.await("a", 1_000, 10 * MS);
        probes.seen("a", 1_000, 17 * MS);
        Probes.Seen seen = probes.result();
        assertThat(seen.seen()).isEqualTo(1);
        assertThat(seen.p50_ms()).isCloseTo(7, Percentage.withPercentage(0.1));
        assertThat(probes.areAllSeen()).isTrue();
    }

    @Test
    void aLaterChangeBringsEarlierBangsWithIt() {
        probes.await("a", 1_000, 10 * MS);
        probes.await("a", 1_200, 210 * MS);
        probes.await("a", 1_400, 410 * MS);
        probes.seen("a", 1_200, 230 * MS);
        Probes.Seen seen = probes.result();
        assertThat(seen.seen()).isEqualTo(2);
        assertThat(seen.merged()).isEqualTo(1);
        assertThat(seen.lost()).isEqualTo(1);
        assertThat(seen.max_ms()).isCloseTo(220, Percentage.withPercentage(0.1));
    }

    @Test
    void oneSitesChangesSayNothingOfAnother() {
        probes.await("a", 1_000, 10 * MS);
        probes.seen("b", 1_000, 17 * MS);
        assertThat(probes.areAllSeen()).isFalse();
        assertThat(probes.result().seen()).isZero();
    }

    @Test
    void aChangeIsCountedOnce() {
        probes.await("a", 1_000, 10 * MS);
        probes.seen("a", 1_000, 17 * MS);
        probes.seen("a", 1_000, 99 * MS);
        assertThat(probes.result().seen()).isEqualTo(1);
    }

    @Test
    void twoBangsAtOneInstantCannotBeTold() {
        assertThat(probes.await("a", 1_000, 10 * MS)).isTrue();
        assertThat(probes.await("a", 1_000, 11 * MS)).isFalse();
        assertThat(probes.await("b", 1_000, 11 * MS)).isTrue();
        assertThat(probes.result().sent()).isEqualTo(2);
    }
}
