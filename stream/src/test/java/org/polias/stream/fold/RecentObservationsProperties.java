// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.polias.model.id.DatastreamId;
import org.polias.model.id.StableHash;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.stream.fold.RecentObservations.Verdict;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class RecentObservationsProperties {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2011-12-21T21:28:31Z");

    @Property(tries = 300)
    void noObservationIsNewTwice(
            @ForAll @Size(max = 200) List<@IntRange(max = 60) Integer> seconds,
            @ForAll @IntRange(min = 1, max = 9) int generation,
            @ForAll @IntRange(min = 1, max = 50) int storedEvery) {
        RecentObservations recent = new RecentObservations(generation);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < seconds.size(); i++) {
            if (i % storedEvery == 0) {
                recent = restored(recent);
            }
            // The ids are the times, so that each time is of one observation.
            if (recent.see(at(NOW.plusSeconds(seconds.get(i)), "")) == Verdict.NEW) {
                assertThat(taken.add(seconds.get(i))).isTrue();
            }
        }
    }

    @Example
    void anOldCaptureIsTakenBesideWhatIsSeenToday() {
        RecentObservations recent = new RecentObservations(100);
        take(recent, NOW, 1000);
        take(recent, LONG_AGO, 1000);
        take(recent, NOW.plusSeconds(1010), 1000);
    }

    @Example
    void capturesOfManyYearsAreTakenOneAfterAnother() {
        RecentObservations recent = new RecentObservations(100);
        for (int year = 0; year < 20; year++) {
            // Forth and back in time, as files come in a folder.
            take(recent, LONG_AGO.plusSeconds((year * 7 % 20) * 31_557_600L), 70);
        }
        assertThat(recent.see(at(LONG_AGO, "")))
                .as("what was seen and is forgotten")
                .isEqualTo(Verdict.BEYOND_MEMORY);
    }

    @Example
    void oneThatIsAMinuteAheadHoldsNobodyUp() {
        RecentObservations recent = new RecentObservations(10);
        for (int i = 0; i < 100; i++) {
            assertThat(recent.see(at(NOW.plusSeconds(i), "right"))).isEqualTo(Verdict.NEW);
            assertThat(recent.see(at(NOW.plusSeconds(10_000 + i), "ahead"))).isEqualTo(Verdict.NEW);
        }
    }

    @Example
    void whatTheReleaseBeforeRememberedIsStillKnown() {
        WireWriter out = new WireWriter(100)
                .unsigned(4)
                .instant(NOW)
                .instant(NOW.plusSeconds(5))
                .instant(Instant.MIN)
                .unsigned(1)
                .fixed(at(NOW.plusSeconds(5), "").id().value())
                .unsigned(0);
        RecentObservations recent = RecentObservations.read(new WireReader(out.toBytes()), 1);
        assertThat(recent.see(at(NOW.plusSeconds(5), ""))).isEqualTo(Verdict.SEEN);
        assertThat(recent.see(at(NOW, ""))).isEqualTo(Verdict.BEYOND_MEMORY);
        assertThat(recent.see(at(NOW.plusSeconds(6), ""))).isEqualTo(Verdict.NEW);
    }

    @Property(tries = 300)
    void stretchesCoverWhatWasAddedAndNoMoreThanTheyMust(
            @ForAll @Size(max = 60) List<@LongRange(min = -100, max = 100) Long> times,
            @ForAll @IntRange(min = 1, max = 8) int most) {
        TimeSpans spans = new TimeSpans(most);
        times.forEach(spans::add);
        assertThat(times).allMatch(spans::cover);
        Set<Long> distinct = new HashSet<>(times);
        long covered = IntStream.rangeClosed(-101, 101).filter(spans::cover).count();
        if (distinct.size() <= most) {
            assertThat(covered).isEqualTo(distinct.size());
        }
        assertThat(spans.cover(-101) || spans.cover(101)).isFalse();
    }

    private static void take(RecentObservations recent, Instant from, int count) {
        for (int i = 0; i < count; i++) {
            // Somewhat out of order, as from several threads.
            Instant time = from.plusSeconds(i % 2 == 0 ? i : i - 3);
            assertThat(recent.see(at(time, "n" + i)))
                    .as("event %d of %s", i, from)
                    .isEqualTo(Verdict.NEW);
        }
    }

    private static RecentObservations restored(RecentObservations recent) {
        WireWriter out = new WireWriter(100);
        recent.write(out);
        return RecentObservations.read(new WireReader(out.toBytes()), 2);
    }

    private static Observation at(Instant time, String what) {
        return new Observation(
                new ObservationId(
                        new StableHash().add(time.getEpochSecond()).add(what).value()),
                new DatastreamId("eve"),
                time,
                new Result.Truth(true),
                Quality.GOOD,
                Optional.empty());
    }
}
