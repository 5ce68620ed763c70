// SPDX-License-Identifier: Apache-2.0
package org.polias.store.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polias.model.event.SiteEvent.Observed;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.TenantId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.place.Position;
import org.polias.store.Samples;
import org.polias.store.SharedStore;
import org.polias.store.Store;
import org.polias.store.log.LogProgress;
import org.polias.store.log.LogProgress.Mark;
import org.polias.store.log.LogSlice;
import org.polias.store.log.Stored;
import org.polias.store.server.DatabaseServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.polias.store.Samples.NOON;
import static org.polias.store.Samples.observed;

@ExtendWith(SharedStore.class)
class HistoryIT {

    private static final DatastreamId LEVEL = new DatastreamId("level");

    private final Store store;
    private final TenantId tenant;

    HistoryIT(Store store, TenantId tenant) {
        this.store = store;
        this.tenant = tenant;
    }

    @Test
    void everyKindOfResultIsReadAsItWasWritten() {
        List<Result> results = List.of(
                new Result.Quantity(-0.0),
                new Result.Quantity(61.5),
                new Result.Count(3),
                new Result.Count(Long.MAX_VALUE),
                new Result.Truth(true),
                new Result.Truth(false),
                new Result.Category("fog"),
                new Result.Vector(1, -2.5e-300, Double.MAX_VALUE),
                new Result.EventRecord(
                        "suricata.alert", Map.of("src_ip", "10.0.0.1", "alert.signature", "ET \"SCAN\"")),
                new Result.Text(""));
        List<Observed> offered = IntStream.range(0, results.size())
                .mapToObj(i -> observed(tenant, "level", i, NOON.plusSeconds(i), results.get(i)))
                .toList();

        assertThat(append(1, offered)).isEqualTo(new Stored(results.size(), 0, 0));

        assertThat(all("level").reversed().stream().map(s -> s.observation().result()))
                .containsExactlyElementsOf(results);
        assertThat(all("level").getFirst().device()).isEqualTo(Samples.DEVICE);
        assertThat(all("level").getFirst().receivedAt()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void positionAndQualityAreKept() {
        Observation moving = new Observation(
                new ObservationId(Long.MIN_VALUE),
                LEVEL,
                NOON,
                new Result.Quantity(1),
                Quality.UNCERTAIN,
                Optional.of(new Position(13.3853, -49.75)));

        append(1, List.of(new Observed(Samples.site(tenant), NOON, Samples.DEVICE, moving)));

        assertThat(all("level")).extracting(StoredObservation::observation).containsExactly(moving);
    }

    @Test
    void theSameSliceOfferedAgainIsSkipped() {
        List<Observed> offered = quantities(100, NOON);

        assertThat(append(100, offered)).isEqualTo(new Stored(100, 0, 0));
        assertThat(append(100, offered)).isEqualTo(new Stored(0, 0, 1));
        assertThat(store.history().count(tenant)).isEqualTo(100);
    }

    @Test
    void duplicatesAreStoredOnce() {
        append(50, quantities(50, NOON));

        List<Observed> overlapping = new ArrayList<>(quantities(80, NOON));
        overlapping.addAll(quantities(80, NOON));

        assertThat(append(210, overlapping)).isEqualTo(new Stored(30, 130, 0));
        assertThat(store.history().count(tenant)).isEqualTo(80);
    }

    @Test
    void severalPartitionsOfTheLogCommitTogetherAndAreSkippedEachByItself() {
        LogSlice<Observed> first = slice(0, 10, quantities(10, NOON));
        LogSlice<Observed> second = slice(1, 7, quantities(10, NOON.plusSeconds(1000)));
        store.history().append(List.of(first));

        assertThat(store.history().append(List.of(second, first))).isEqualTo(new Stored(10, 0, 1));
        assertThat(store.progress().list(topic()))
                .extracting(LogProgress::partition, LogProgress::nextOffset)
                .containsExactly(tuple(0, 10L), tuple(1, 7L));
    }

    @Test
    void aReadersMarkIsKeptUntilThereIsALaterOne() {
        store.history()
                .append(List.of(
                        new LogSlice<>(new LogProgress(topic(), 3, 10, Optional.of(new Mark(77, 2))), List.of())));
        store.history().append(List.of(new LogSlice<>(new LogProgress(topic(), 3, 11), List.of())));

        assertThat(store.progress().list(topic()))
                .containsExactly(new LogProgress(topic(), 3, 11, Optional.of(new Mark(77, 2))));

        store.progress().forget(topic());
        assertThat(store.progress().list(topic())).isEmpty();
    }

    @Test
    void timesOfAnyAgeFindTheirPlace() {
        List<Instant> times = List.of(
                Instant.MIN,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.EPOCH,
                Instant.parse("2014-07-04T12:00:00Z"),
                NOON,
                NOON.plus(400, ChronoUnit.DAYS),
                Instant.parse("2200-01-01T00:00:00Z"),
                Instant.MAX);
        List<Observed> offered = IntStream.range(0, times.size())
                .mapToObj(i -> observed(tenant, "level", i, times.get(i), new Result.Quantity(i)))
                .toList();

        assertThat(append(1, offered).stored()).isEqualTo(times.size());

        List<StoredObservation> found = store.history()
                .list(tenant, LEVEL, Instant.MIN, Instant.MAX, 100)
                .reversed();
        // The latest keepable instant itself is excluded by a range that ends there.
        assertThat(found.stream().map(s -> s.observation().id().value())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(found.get(1).observation().phenomenonTime()).isEqualTo(times.get(1));
        assertThat(store.history().latest(tenant))
                .extracting(s -> s.observation().id().value())
                .containsExactly(7L);
    }

    @Test
    void whatPostgresqlRefusesIsReplacedAndStopsNothing() {
        String huge = "x".repeat(3_000_000);
        append(
                1,
                List.of(
                        observed(tenant, "level", 1, NOON, new Result.Text("a\u0000b\uD800")),
                        observed(tenant, "level", 2, NOON.plusSeconds(1), new Result.Category("\u0000")),
                        observed(
                                tenant,
                                "level",
                                3,
                                NOON.plusSeconds(2),
                                new Result.EventRecord("t\u0000", Map.of("k\u0000", "v\uDC00"))),
                        observed(tenant, "level", 4, NOON.plusSeconds(3), new Result.Text(huge))));

        assertThat(all("level").reversed().stream().map(s -> s.observation().result()))
                .containsExactly(
                        new Result.Text("a\uFFFDb\uFFFD"),
                        new Result.Category("\uFFFD"),
                        new Result.EventRecord("t\uFFFD", Map.of("k\uFFFD", "v\uFFFD")),
                        new Result.Text(huge));
    }

    @Test
    void whatTheDatabaseRefusesAllTheSameIsLeftOutAndStopsNothing() throws Exception {
        DatabaseServer server = store.findServer().orElseThrow();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER TABLE observation_by_day ADD CONSTRAINT not_this CHECK (value <> -666.25) NOT VALID");
            try {
                Stored stored = append(
                        3,
                        List.of(
                                observed(tenant, "level", 1, NOON, new Result.Quantity(1)),
                                observed(tenant, "level", 2, NOON, new Result.Quantity(-666.25)),
                                observed(tenant, "level", 1, NOON, new Result.Quantity(1)),
                                observed(tenant, "level", 3, NOON, new Result.Quantity(3))));

                assertThat(stored).isEqualTo(new Stored(2, 1, 0, 0, 1));
            } finally {
                statement.execute("ALTER TABLE observation_by_day DROP CONSTRAINT not_this");
            }
        }
        assertThat(all("level")).extracting(s -> s.observation().id().value()).containsExactly(3L, 1L);
        assertThat(store.progress().list(topic())).containsExactly(new LogProgress(topic(), 0, 3));
    }

    @Test
    void aSeriesIsReadNewestFirstWithinItsBoundsAndLimit() {
        append(1, quantities(100, NOON));

        List<StoredObservation> found =
                store.history().list(tenant, LEVEL, NOON.plusSeconds(10), NOON.plusSeconds(20), 3);

        assertThat(found.stream().map(s -> s.observation().phenomenonTime()))
                .containsExactly(NOON.plusSeconds(19), NOON.plusSeconds(18), NOON.plusSeconds(17));
    }

    @Test
    void theLatestOfEachDatastreamIsFound() {
        append(
                1,
                List.of(
                        observed(tenant, "b", 1, NOON, new Result.Quantity(1)),
                        observed(tenant, "b", 2, NOON.minus(3, ChronoUnit.DAYS), new Result.Quantity(2)),
                        observed(tenant, "a", 3, NOON.minus(9, ChronoUnit.DAYS), new Result.Quantity(3))));

        assertThat(store.history().latest(tenant))
                .extracting(s -> s.observation().id().value())
                .containsExactly(3L, 1L);
    }

    @Test
    void oneTenantSeesNothingOfAnother() {
        TenantId other = new TenantId(tenant.value() + "-other");
        append(1, List.of(observed(tenant, "level", 1, NOON, new Result.Quantity(1))));
        store.history()
                .append(List.of(new LogSlice<>(
                        new LogProgress(topic() + "-other", 0, 1),
                        List.of(observed(other, "level", 1, NOON, new Result.Quantity(2))))));

        assertThat(all("level").stream().map(s -> s.observation().result())).containsExactly(new Result.Quantity(1));
        assertThat(store.history().latest(other).stream()
                        .map(s -> s.observation().result()))
                .containsExactly(new Result.Quantity(2));
        assertThat(store.history().count(other)).isEqualTo(1);
    }

    @Test
    void aNameCannotBeUsedToInject() {
        TenantId hostile = new TenantId("t:--");
        assertThat(store.history().list(hostile, new DatastreamId("x:--"), Instant.MIN, Instant.MAX, 10))
                .isEmpty();
    }

    @Test
    void manyWhoWriteAtOnceStoreEverythingOnce() throws Exception {
        List<Callable<Stored>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int partition = i / 2; // each partition by two, as when one process takes over from another that still runs
            writers.add(() -> {
                Stored last = Stored.NOTHING;
                for (int offset = 0; offset < 10; offset++) {
                    last = store.history()
                            .append(List.of(slice(
                                    partition,
                                    offset + 1,
                                    List.of(observed(
                                            tenant,
                                            "stream-" + partition,
                                            offset,
                                            NOON.plus(offset, ChronoUnit.DAYS).minus(30, ChronoUnit.DAYS),
                                            new Result.Count(offset))))));
                }
                return last;
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Stored> done : executor.invokeAll(writers)) {
                done.get();
            }
        }

        assertThat(store.history().count(tenant)).isEqualTo(40);
    }

    @Test
    void whatIsBroughtInLongAfterItsTimeIsKeptFromItsArrivalOn() {
        Instant arrival = Instant.parse("1990-01-10T10:00:00Z");
        append(
                1,
                List.of(
                        received("level", 1, Instant.parse("1987-03-05T10:00:00Z"), arrival),
                        received("level", 2, arrival.plus(3, ChronoUnit.DAYS), arrival),
                        received("level", 3, NOON, NOON)));

        store.history().removeReceivedBefore(arrival);
        assertThat(ids("level")).containsExactly(3L, 2L, 1L);

        assertThat(store.history().removeReceivedBefore(arrival.plusMillis(1)).rows())
                .isEqualTo(2);
        assertThat(ids("level")).containsExactly(3L);
    }

    @Test
    void whatIsReceivedOnItsDayGoesWhenTheWholeDayIsOldEnough() {
        Instant midnight = Instant.parse("1990-02-01T00:00:00Z");
        Instant last = midnight.plus(1, ChronoUnit.DAYS).minusNanos(1000);
        append(1, List.of(received("level", 1, midnight, midnight), received("level", 2, last, last)));

        store.history().removeReceivedBefore(last);
        assertThat(ids("level")).containsExactly(2L, 1L);

        assertThat(store.history()
                        .removeReceivedBefore(midnight.plus(1, ChronoUnit.DAYS))
                        .days())
                .isEqualTo(1);
        assertThat(ids("level")).isEmpty();

        // What comes later for that day finds its place again.
        append(2, List.of(received("level", 3, midnight, midnight)));
        assertThat(ids("level")).containsExactly(3L);
    }

    @Test
    void nothingGoesEarlyAndNothingIsKeptMoreThanADayLonger() {
        Random random = new Random(7);
        Instant from = Instant.parse("1991-05-01T00:00:00Z");
        Map<Long, Instant> arrivals = new TreeMap<>();
        List<Observed> offered = new ArrayList<>();
        for (long id = 0; id < 500; id++) {
            Instant arrival =
                    from.plusSeconds(random.nextLong(Duration.ofDays(6).toSeconds()));
            Instant time = random.nextBoolean()
                    ? arrival.minusMillis(random.nextInt(5_000))
                    : arrival.minusSeconds(random.nextLong(Duration.ofDays(400).toSeconds()) - 90_000);
            arrivals.put(id, arrival);
            offered.add(received("level", id, time, arrival));
        }
        append(500, offered);

        for (Instant cut = from; cut.isBefore(from.plus(8, ChronoUnit.DAYS)); cut = cut.plus(5, ChronoUnit.HOURS)) {
            store.history().removeReceivedBefore(cut);
            Set<Long> kept = Set.copyOf(ids("level"));
            Instant term = cut;
            arrivals.forEach((id, arrival) -> {
                if (!arrival.isBefore(term)) {
                    assertThat(kept)
                            .as("what arrived at %s, at the term %s", arrival, term)
                            .contains(id);
                } else if (arrival.isBefore(term.minus(1, ChronoUnit.DAYS))) {
                    assertThat(kept)
                            .as("what arrived at %s, at the term %s", arrival, term)
                            .doesNotContain(id);
                }
            });
        }
        assertThat(ids("level")).isEmpty();
    }

    @Test
    void anObservationThatArrivesOnItsDayAndAgainOnAnotherIsStoredOnce() {
        Instant time = Instant.parse("1992-07-01T23:59:59Z");
        Instant nextDay = time.plusSeconds(2);
        Instant dayBefore = time.minus(1, ChronoUnit.DAYS);

        assertThat(append(1, List.of(received("level", 1, time, time)))).isEqualTo(new Stored(1, 0, 0));
        assertThat(append(2, List.of(received("level", 1, time, nextDay)))).isEqualTo(new Stored(0, 1, 0));
        assertThat(append(3, List.of(received("level", 2, time, dayBefore)))).isEqualTo(new Stored(1, 0, 0));
        assertThat(append(
                        4,
                        List.of(
                                received("level", 2, time, time),
                                received("level", 3, time, time),
                                received("level", 3, time, nextDay))))
                .isEqualTo(new Stored(1, 2, 0));

        assertThat(ids("level")).containsExactly(3L, 2L, 1L);
        assertThat(store.history().count(tenant)).isEqualTo(3);
    }

    @Test
    void ofASliceThatAnotherProcessHasStoredInPartOnlyTheRestIsTaken() {
        List<Observed> observed = quantities(5, NOON);
        append(13, observed.subList(0, 3));

        LogSlice<Observed> overlapping =
                new LogSlice<>(new LogProgress(topic(), 0, 15), observed, List.of(10L, 11L, 12L, 13L, 14L));

        assertThat(store.history().append(List.of(overlapping))).isEqualTo(new Stored(2, 0, 0));
        assertThat(store.history().count(tenant)).isEqualTo(5);
    }

    @Test
    void aStretchOfTimeIsReadFromItsOwnDaysAlone() throws Exception {
        Instant day = Instant.parse("1993-03-01T12:00:00Z");
        for (int i = 0; i < 5; i++) {
            Instant time = day.plus(i, ChronoUnit.DAYS);
            append(i + 1, List.of(received("level", i, time, time)));
        }
        DatabaseServer server = store.findServer().orElseThrow();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN SELECT * FROM observation WHERE datastream = 1"
                        + " AND phenomenon_time >= '1993-03-02T00:00Z' AND phenomenon_time < '1993-03-04T00:00Z'"
                        + " ORDER BY phenomenon_time DESC LIMIT 10")) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            assertThat(plan)
                    .contains("observation_19930302", "observation_19930303", "observation_of_other_days")
                    .doesNotContain("observation_19930301", "observation_19930304", "Seq Scan");
        }
    }

    private List<StoredObservation> all(String datastream) {
        return store.history().list(tenant, new DatastreamId(datastream), Instant.MIN, Instant.MAX, 1000);
    }

    private List<Long> ids(String datastream) {
        return all(datastream).stream().map(s -> s.observation().id().value()).toList();
    }

    private Observed received(String datastream, long id, Instant time, Instant receivedAt) {
        return observed(tenant, datastream, id, time, receivedAt, new Result.Quantity(id));
    }

    private Stored append(long nextOffset, List<Observed> observed) {
        return store.history().append(List.of(slice(0, nextOffset, observed)));
    }

    private LogSlice<Observed> slice(int partition, long nextOffset, List<Observed> observed) {
        return new LogSlice<>(new LogProgress(topic(), partition, nextOffset), observed);
    }

    private String topic() {
        return "observations-" + tenant;
    }

    private List<Observed> quantities(int count, Instant from) {
        return IntStream.range(0, count)
                .mapToObj(i -> observed(tenant, "level", i, from.plusSeconds(i), new Result.Quantity(i)))
                .toList();
    }
}
