// SPDX-License-Identifier: Apache-2.0
package org.polias.app.projection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.store.log.LogProgress;
import org.polias.store.log.LogSlice;
import org.polias.stream.log.Cause;
import org.polias.stream.log.LogRecord;
import org.polias.stream.log.RepeatedOutcomes;

import static org.assertj.core.api.Assertions.assertThat;

class SlicesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final SiteKey SITE = new SiteKey(new TenantId("t"), new SiteId("s"));
    private static final int PARTITION = 2;

    @Test
    void anOutcomeThatWasGivenOutAgainAfterACrashIsStoredOnce() {
        RepeatedOutcomes repeated = new RepeatedOutcomes();
        LogSlice<SiteOutcome> first =
                slice(List.of(outcome(10, 5, "a"), outcome(11, 6, "b"), outcome(12, 7, "c")), repeated);
        LogSlice<SiteOutcome> second =
                slice(List.of(outcome(13, 6, "b"), outcome(14, 7, "c"), outcome(15, 8, "d")), repeated);

        assertThat(commands(first)).containsExactly("a", "b", "c");
        assertThat(commands(second)).containsExactly("d");
        assertThat(second.progress().nextOffset()).isEqualTo(16);
    }

    @Test
    void theMarkNeverGoesBackWhereABatchEndsAmongRepetitions() {
        RepeatedOutcomes repeated = new RepeatedOutcomes();
        slice(List.of(outcome(10, 5, "a"), outcome(11, 6, "b"), outcome(12, 7, "c")), repeated);
        LogSlice<SiteOutcome> repetition = slice(List.of(outcome(13, 5, "a")), repeated);

        assertThat(commands(repetition)).isEmpty();
        assertThat(repetition.progress().mark()).contains(new LogProgress.Mark(7, 0));
    }

    private static LogSlice<SiteOutcome> slice(List<LogRecord<SiteOutcome>> batch, RepeatedOutcomes repeated) {
        List<LogSlice<SiteOutcome>> slices = Slices.ofNew("outcomes", batch, repeated);
        assertThat(slices).hasSize(1);
        return slices.getFirst();
    }

    private static LogRecord<SiteOutcome> outcome(long offset, long cause, String command) {
        return new LogRecord<>(
                PARTITION,
                offset,
                NOON,
                new SiteOutcome.CommandAnswered(SITE, command, Optional.empty(), NOON),
                Optional.of(new Cause(PARTITION, cause, 0)));
    }

    private static List<String> commands(LogSlice<SiteOutcome> slice) {
        return slice.records().stream()
                .map(outcome -> ((SiteOutcome.CommandAnswered) outcome).commandId())
                .toList();
    }
}
