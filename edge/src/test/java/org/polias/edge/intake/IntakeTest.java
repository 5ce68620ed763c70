// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.edge.MemoryLog;
import org.polias.edge.TestCity;
import org.polias.edge.decode.DecodeLimits;
import org.polias.edge.intake.Replay.ReplayResult;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.city.ResultKind;
import org.polias.model.event.SiteEvent;
import org.polias.model.id.DeviceId;
import org.polias.model.id.TenantId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.model.port.Registry.Device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.edge.Eventually.eventually;

/** What becomes of payloads, whatever the way by which they come. */
class IntakeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456789Z");

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final TestCity city = new TestCity();
    private final MemoryLog log = new MemoryLog();
    private final AdmissionCounters counters = new AdmissionCounters(clock::get);
    private final Intake intake = new Intake(city, log, clock::get, IntakeLimits.DEFAULT, counters);

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void anObservationReachesTheLogWithDeviceSiteAndTimesInMicroseconds() {
        Delivery delivery = send(
                "v1.1/Datastreams(quantity)/Observations",
                "{\"phenomenonTime\":\"2026-11-21T09:59:59.999999999Z\",\"result\":61.5,\"parameters\":{\"id\":\"seq-1\"}}");
        assertThat(delivery.accepted()).isEqualTo(1);
        SiteEvent.Observed event = log.events().getFirst();
        assertThat(event.site()).isEqualTo(TestCity.STADIUM);
        assertThat(event.device()).isEqualTo(TestCity.GATEWAY.id());
        assertThat(event.receivedAt()).isEqualTo(Instant.parse("2026-11-21T10:00:00.123456Z"));
        Observation observation = event.observation();
        assertThat(observation.phenomenonTime()).isEqualTo(Instant.parse("2026-11-21T09:59:59.999999Z"));
        assertThat(observation.result()).isEqualTo(new Result.Quantity(61.5));
        assertThat(observation.quality()).isEqualTo(Quality.GOOD);
        assertThat(observation.id()).isEqualTo(ObservationId.ofDeviceIdentity(observation.datastream(), "seq-1"));
        assertThat(delivery.findOnlyObservation()).contains(observation.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quantity | 61.5                 | Quantity[value=61.5]",
                "quantity | 61                   | Quantity[value=61.0]",
                "quantity | -0.0                 | Quantity[value=-0.0]",
                "quantity | 12345678901234567890 | Quantity[value=1.2345678901234567E19]",
                "count    | 0                    | Count[value=0]",
                "count    | 12.0                 | Count[value=12]",
                "count    | 1e3                  | Count[value=1000]",
                "truth    | true                 | Truth[value=true]",
                "category | \"open\"             | Category[code=open]",
                "text     | \"\"                 | Text[value=]",
                "vector   | [1,2]                | Vector[1.0, 2.0]",
                "event    | {\"type\":\"x\",\"a\":1} | EventRecord[type=x, attributes={a=1}]",
            })
    void aResultOfTheDatastreamsKindIsTaken(String datastream, String json, String result) {
        Delivery delivery = send("v1.1/Datastreams(" + datastream + ")/Observations", "{\"result\":" + json + "}");
        assertThat(delivery.rejections()).isEmpty();
        assertThat(log.events().getFirst().observation().result()).hasToString(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quantity | \"61.5\"",
                "quantity | true",
                "quantity | null",
                "quantity | 1e400",
                "quantity | [1]",
                "count    | -1",
                "count    | -0.5",
                "count    | 1.5",
                "count    | 1e300",
                "count    | 99999999999999999999",
                "count    | \"5\"",
                "truth    | 1",
                "truth    | \"true\"",
                "category | 5",
                "category | \"\"",
                "vector   | 5",
                "vector   | [1,\"2\"]",
                "vector   | [1,1e999]",
                "event    | \"x\"",
                "event    | {\"kind\":\"x\"}",
                "event    | {\"type\":[[]]}",
                "text     | 5",
            })
    void aResultOfAnotherKindIsRefusedAndQuarantined(String datastream, String json) {
        Delivery delivery = send("v1.1/Datastreams(" + datastream + ")/Observations", "{\"result\":" + json + "}");
        assertThat(delivery.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.reason()).isEqualTo(Reason.WRONG_RESULT);
            assertThat(rejection.detail()).contains("'" + datastream + "'");
        });
        assertThat(log.events()).isEmpty();
        assertThat(log.quarantine()).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo(Reason.WRONG_RESULT);
            assertThat(text(kept)).isEqualTo("{\"result\":" + json + "}");
            assertThat(kept.truncated()).isFalse();
        });
        assertThat(counters.snapshot().rejected()).containsEntry(Reason.WRONG_RESULT, 1L);
    }

    @Test
    void unknownDatastreamsForeignSitesAndForeignTenantsAreRefused() {
        assertThat(reason("v1.1/Datastreams(nowhere)/Observations", "{\"result\":1}"))
                .isEqualTo(Reason.UNKNOWN_SENSOR);
        assertThat(reason("v1.1/Datastreams(oslo-level)/Observations", "{\"result\":1}"))
                .isEqualTo(Reason.UNKNOWN_SENSOR);
        assertThat(reason("v1.1/Observations", "{\"result\":1,\"Datastream\":{\"@iot.id\":\"oslo-level\"}}"))
                .isEqualTo(Reason.UNKNOWN_SENSOR);
        assertThat(send(TestCity.GUEST, "v1.1/Datastreams(quantity)/Observations", "{\"result\":1}")
                        .rejections()
                        .getFirst()
                        .reason())
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(send(TestCity.GUEST, "v1.1/Datastreams(depot-level)/Observations", "{\"result\":1}")
                        .accepted())
                .isEqualTo(1);
        assertThat(reason("v1.1/Nothing", "{\"result\":1}")).isEqualTo(Reason.UNKNOWN_TOPIC);
    }

    @Test
    void anObservationMustNameItsDatastreamOnceAndWithoutContradiction() {
        assertThat(reason("v1.1/Observations", "{\"result\":1}")).isEqualTo(Reason.MALFORMED);
        assertThat(reason(
                        "v1.1/Datastreams(quantity)/Observations",
                        "{\"result\":1,\"Datastream\":{\"@iot.id\":\"quick\"}}"))
                .isEqualTo(Reason.MALFORMED);
        assertThat(send(
                                "v1.1/Datastreams(quantity)/Observations",
                                "{\"result\":1,\"Datastream\":{\"@iot.id\":\"quantity\"}}")
                        .accepted())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "quantity, PT0S,           ACCEPTED",
        "quantity, PT-24H,         ACCEPTED",
        "quantity, PT-24H-0.000001S, late",
        "quantity, PT60S,          ACCEPTED",
        "quantity, PT60.000001S,   future-dated",
        "quick,    PT-1M,          ACCEPTED",
        "quick,    PT-61S,         late",
        "event,    PT-200000H,     ACCEPTED",
        "event,    PT-1000000H,    late",
        "event,    PT61S,          future-dated",
    })
    void whatIsTooOldOrOfTheFutureIsRefused(String datastream, Duration age, String expected) {
        Instant time = Instant.parse("2026-11-21T10:00:00.123456Z").plus(age);
        String result = datastream.equals("event") ? "{\"type\":\"x\"}" : "1";
        Delivery delivery = send(
                "v1.1/Datastreams(" + datastream + ")/Observations",
                "{\"result\":" + result + ",\"phenomenonTime\":\"" + time + "\"}");
        assertThat(delivery.rejections().stream()
                        .map(r -> r.reason().code())
                        .findFirst()
                        .orElse("ACCEPTED"))
                .isEqualTo(expected);
    }

    @Test
    void withoutATimeTheArrivalCountsTheQualityIsUncertainAndEachIsAnObservationOfItsOwn() {
        Delivery delivery = send(
                "v1.1/Datastreams(quantity)/Observations",
                "[{\"result\":1},{\"result\":1},{\"result\":1,\"resultQuality\":\"bad\"}]");
        assertThat(delivery.accepted()).isEqualTo(3);
        assertThat(log.events())
                .map(e -> e.observation().quality())
                .containsExactly(Quality.UNCERTAIN, Quality.UNCERTAIN, Quality.BAD);
        assertThat(log.events())
                .allSatisfy(e -> assertThat(e.observation().phenomenonTime()).isEqualTo(e.receivedAt()));
    }

    @Test
    void whatIsDurableIsADuplicateAndDoesNotGoToTheLogAgain() {
        String payload = "{\"result\":1,\"phenomenonTime\":\"2026-11-21T10:00:00Z\"}";
        send("v1.1/Datastreams(quantity)/Observations", payload);
        Delivery again = send("v1.1/Datastreams(quantity)/Observations", payload);
        assertThat(again.duplicates()).isEqualTo(1);
        assertThat(again.accepted()).isZero();
        assertThat(log.events()).hasSize(1);
        Delivery other = send(
                "v1.1/Datastreams(quantity)/Observations",
                "{\"result\":1.5,\"phenomenonTime\":\"2026-11-21T10:00:00Z\"}");
        assertThat(other.accepted()).isEqualTo(1);
        assertThat(counters.snapshot().accepted()).isEqualTo(2);
        assertThat(counters.snapshot().duplicate()).isEqualTo(1);
    }

    @Test
    void aDuplicateOfWhatIsStillOnItsWayIsAnsweredOnlyWhenItIsDurable() {
        log.halt();
        String payload = "{\"result\":1,\"@iot.id\":1}";
        AtomicInteger ended = new AtomicInteger();
        Delivery first = offer(payload, ended);
        Delivery second = offer(payload, ended);
        assertThat(ended.get()).isZero();
        log.resume();
        eventually("both end", () -> ended.get() == 2);
        assertThat(first.accepted()).isEqualTo(1);
        assertThat(second.accepted()).isZero();
        assertThat(second.duplicates()).isEqualTo(1);
    }

    @Test
    void whatTheLogDidNotTakeIsNoDuplicateWhenItComesAgain() {
        log.fail(true);
        Delivery failed = send("v1.1/Datastreams(quantity)/Observations", "{\"result\":1,\"@iot.id\":1}");
        assertThat(failed.failure()).isPresent();
        assertThat(counters.snapshot().accepted()).isZero();
        assertThat(counters.snapshot().deferred()).isEqualTo(1);
        log.fail(false);
        assertThat(send("v1.1/Datastreams(quantity)/Observations", "{\"result\":1,\"@iot.id\":1}")
                        .accepted())
                .isEqualTo(1);
    }

    @Test
    void theSameIdentityOfTwoTenantsIsTwoObservations() {
        Device oslo = new Device(new DeviceId("oslo-gateway"), new TenantId("oslo"), Optional.empty());
        city.addDatastream("oslo-level", ResultKind.QUANTITY);
        String payload = "{\"result\":1,\"@iot.id\":1}";
        assertThat(send("v1.1/Datastreams(oslo-level)/Observations", payload).accepted())
                .isEqualTo(1);
        assertThat(send(oslo, "v1.1/Datastreams(oslo-level)/Observations", payload)
                        .accepted())
                .isEqualTo(1);
    }

    @Test
    void aMixedArrayIsTakenInPartAndOnlyTheRestIsQuarantinedByReason() {
        Delivery delivery = send(
                "v1.1/Datastreams(quantity)/Observations",
                "[{\"result\":1}, {\"result\":\"x\"} ,{\"result\":2},{}, {\"result\":\"é\"}]");
        assertThat(delivery.accepted()).isEqualTo(2);
        assertThat(delivery.rejections()).map(Rejection::index).containsExactly(1, 3, 4);
        assertThat(log.quarantine()).hasSize(2);
        assertThat(log.quarantine())
                .map(IntakeTest::text)
                .containsExactly("[{}]", "[{\"result\":\"x\"},{\"result\":\"é\"}]");
        assertThat(log.quarantine().get(1).detail()).contains("(and 1 more)");
        assertThat(log.quarantine()).map(Quarantined::id).doesNotHaveDuplicates();
    }

    @Test
    void refusedLinesAndRowsCanBeReadByThemselves() {
        String good = "{\"timestamp\":\"2026-11-21T10:00:00Z\",\"event_type\":\"alert\"}";
        send("v1/eve/ids", good + "\nnonsense\r\n\n" + good + "2\n");
        assertThat(text(log.quarantine().getFirst())).isEqualTo("nonsense\r\n" + good + "2");

        send(
                "v1.1/CreateObservations",
                "[{\"Datastream\":{\"@iot.id\":\"quantity\"},\"components\":[\"result\"],\"dataArray\":[[1],[\"a\"],[2],[\"b\"]]},"
                        + "{\"components\" : [\"result\" ],\"Datastream\": {\"@iot.id\":\"count\"},\"dataArray\":[[-1]]}]");
        assertThat(text(log.quarantine().getLast()))
                .isEqualTo(
                        "[{\"Datastream\":{\"@iot.id\":\"quantity\"},\"components\":[\"result\"],\"dataArray\":[[\"a\"],[\"b\"]]},"
                                + "{\"components\":[\"result\" ],\"Datastream\":{\"@iot.id\":\"count\"},\"dataArray\":[[-1]]}]");
    }

    @Test
    void whatDoesNotFitOneRecordOfTheQuarantineIsSpreadOverSeveral() {
        IntakeLimits small = new IntakeLimits(
                DecodeLimits.DEFAULT, 1 << 20, 16 << 20, 200, Duration.ofHours(24), Duration.ofSeconds(60), 0);
        Intake strict = new Intake(city, log, clock::get, small, counters);
        String items = IntStream.range(0, 100)
                .mapToObj(i -> "{\"result\":\"bad %03d\"}".formatted(i))
                .collect(Collectors.joining(","));
        String tooLong = "{\"result\":\"" + "x".repeat(300) + "\"}";
        CompletableFuture<Delivery> ended = new CompletableFuture<>();
        byte[] payload = ("[" + items + "," + tooLong + "]").getBytes(StandardCharsets.UTF_8);
        strict.receive(
                        TestCity.GATEWAY,
                        Target.of(Way.HTTP, "v1.1/Datastreams(quantity)/Observations"),
                        payload,
                        payload.length,
                        ended::complete)
                .offer();
        ended.join();
        List<Quarantined> kept = log.quarantine();
        assertThat(kept).allSatisfy(record -> assertThat(record.payload()).hasSizeLessThanOrEqualTo(200));
        assertThat(kept.stream().filter(Quarantined::truncated)).hasSize(1);
        assertThat(kept.stream()
                        .filter(record -> !record.truncated())
                        .map(IntakeTest::text)
                        .map(text -> text.substring(1, text.length() - 1))
                        .collect(Collectors.joining(",")))
                .isEqualTo(items);
    }

    @Test
    void aMappedEventOfAnAccessSystemIsTaken() {
        send(
                "v1/events/doors",
                "{\"occurred\":{\"at\":\"2026-11-21T10:00:00Z\"},\"code\":\"E_DENIED\",\"guid\":\"g\",\"card\":{\"number\":\"77\"}}");
        assertThat(log.events().getFirst().observation().result())
                .hasToString("EventRecord[type=access.refused, attributes={credential=77}]");
    }

    @Test
    void anMqttPayloadBeyondTheLimitIsOversized() {
        Delivery delivery =
                send("v1.1/Datastreams(quantity)/Observations", "{\"result\":1," + " ".repeat(1 << 20) + "\"x\":1}");
        assertThat(delivery.rejections().getFirst().reason()).isEqualTo(Reason.OVERSIZED);
        assertThat(log.quarantine().getFirst().truncated()).isTrue();
        assertThat(log.quarantine().getFirst().payload()).hasSize(1 << 20);
    }

    @Test
    void aDeliveryGoesOnWhereTheLogWasFullAndEndsOnce() {
        MemoryLog narrow = new MemoryLog(3);
        Intake strict = new Intake(city, narrow, clock::get, IntakeLimits.DEFAULT, counters);
        narrow.halt();
        AtomicInteger ended = new AtomicInteger();
        byte[] payload = ("[" + "{\"result\":1},".repeat(9) + "{\"result\":1}]").getBytes(StandardCharsets.UTF_8);
        Delivery delivery = strict.receive(
                TestCity.GATEWAY,
                Target.of(Way.MQTT, "v1.1/Datastreams(quantity)/Observations"),
                payload,
                payload.length,
                _ -> ended.incrementAndGet());
        assertThat(delivery.offer()).isFalse();
        assertThat(narrow.waitingRecords()).isEqualTo(3);
        narrow.resume();
        eventually("all is offered", delivery::offer);
        eventually("it ends", () -> ended.get() == 1);
        assertThat(narrow.events()).hasSize(10);
        narrow.close();
    }

    @Test
    void aDeliveryThatIsGivenUpEndsAsAFailureWhenWhatWasTakenIsSettled() {
        MemoryLog narrow = new MemoryLog(3);
        Intake strict = new Intake(city, narrow, clock::get, IntakeLimits.DEFAULT, counters);
        narrow.halt();
        AtomicInteger ended = new AtomicInteger();
        byte[] payload = ("[" + "{\"result\":1},".repeat(9) + "{\"result\":1}]").getBytes(StandardCharsets.UTF_8);
        Delivery delivery = strict.receive(
                TestCity.GATEWAY,
                Target.of(Way.MQTT, "v1.1/Datastreams(quantity)/Observations"),
                payload,
                payload.length,
                _ -> ended.incrementAndGet());
        assertThat(delivery.offer()).isFalse();
        delivery.abandon();
        assertThat(ended.get()).isZero();
        narrow.resume();
        eventually("it ends", () -> ended.get() == 1);
        assertThat(delivery.failure()).isPresent();
        narrow.close();
    }

    @Test
    void aQuarantinedPayloadIsReplayedWhenItsDatastreamWasAdded() {
        send(
                "v1.1/Datastreams(new-sensor)/Observations",
                "[{\"result\":1,\"phenomenonTime\":\"2026-11-21T10:00:00Z\"},{\"result\":\"x\"},{\"result\":2}]");
        Quarantined kept = log.quarantine().getFirst();
        assertThat(kept.reason()).isEqualTo(Reason.UNKNOWN_SENSOR);
        city.addDatastream("new-sensor", ResultKind.QUANTITY);
        clock.set(NOW.plus(Duration.ofDays(30)));
        ReplayResult result = replay(kept);
        assertThat(result.accepted()).isEqualTo(2);
        assertThat(result.rejections()).map(Rejection::reason).containsExactly(Reason.WRONG_RESULT);
        assertThat(log.quarantine()).hasSize(1);
        assertThat(log.events())
                .map(e -> e.observation().phenomenonTime())
                .containsExactly(Instant.parse("2026-11-21T10:00:00Z"), Instant.parse("2026-11-21T10:00:00.123456Z"));
        ReplayResult again = replay(kept);
        assertThat(again.accepted())
                .as("also what has neither a time nor an identity counts once")
                .isZero();
        assertThat(again.duplicates()).isEqualTo(2);
    }

    @Test
    void aReplayLiftsTheLimitOfLatenessAndTheDevicesSite() {
        send("v1.1/Datastreams(quantity)/Observations", "{\"result\":1,\"phenomenonTime\":\"2020-01-01T00:00:00Z\"}");
        assertThat(replay(log.quarantine().getFirst()).accepted()).isEqualTo(1);
        send(TestCity.GUEST, "v1.1/Datastreams(quantity)/Observations", "{\"result\":1}");
        assertThat(replay(log.quarantine().get(1)).accepted()).isEqualTo(1);
    }

    @Test
    void aReplayWaitsWhileTheLogIsFullAndSaysWhenItFailed() {
        send("v1.1/Datastreams(late-comer)/Observations", "{\"result\":1}");
        Quarantined kept = log.quarantine().getFirst();
        city.addDatastream("late-comer", ResultKind.QUANTITY);
        log.fail(true);
        assertThat(new Replay(intake).replay(kept).toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        MemoryLog narrow = new MemoryLog(0);
        Intake closed = new Intake(city, narrow, clock::get, IntakeLimits.DEFAULT, counters);
        assertThat(new Replay(closed).replay(kept).toCompletableFuture()).isNotDone();
        narrow.close();
    }

    @Test
    void whatWasKeptOnlyInPartCannotBeReplayed() {
        send("v1.1/Datastreams(quantity)/Observations", "{\"result\":1," + " ".repeat(1 << 20) + "\"x\":1}");
        assertThat(replay(log.quarantine().getFirst()).rejections())
                .map(Rejection::reason)
                .containsExactly(Reason.OVERSIZED);
    }

    @Test
    void whatIsLongCountsInTheShareByItsLength() {
        assertThat(send("v1.1/Datastreams(quantity)/Observations", "[{\"result\":1},{\"result\":2}]")
                        .cost())
                .isEqualTo(2);
        assertThat(send("v1.1/Datastreams(text)/Observations", "{\"result\":\"" + "x".repeat(100 << 10) + "\"}")
                        .cost())
                .isEqualTo(100);
    }

    @Test
    void theRateIsWhatWasAcceptedBetweenTwoSnapshots() {
        AdmissionCounters.Admissions before = counters.snapshot();
        send("v1.1/Datastreams(quantity)/Observations", "[{\"result\":1},{\"result\":1},{\"result\":1}]");
        assertThat(counters.snapshot().acceptedPerSecondSince(before)).isZero();
        clock.set(NOW.plusSeconds(2));
        assertThat(counters.snapshot().acceptedPerSecondSince(before)).isEqualTo(1.5);
        assertThat(counters.snapshot().rejected()).hasSize(Reason.values().length - 1);
    }

    private ReplayResult replay(Quarantined kept) {
        return new Replay(intake).replay(kept).toCompletableFuture().join();
    }

    private Reason reason(String topic, String payload) {
        return send(topic, payload).rejections().getFirst().reason();
    }

    private Delivery send(String topic, String payload) {
        return send(TestCity.GATEWAY, topic, payload);
    }

    private Delivery send(Device device, String topic, String payload) {
        CompletableFuture<Delivery> ended = new CompletableFuture<>();
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        Delivery delivery = intake.receive(device, Target.of(Way.MQTT, topic), bytes, bytes.length, ended::complete);
        assertThat(delivery.offer()).isTrue();
        return ended.join();
    }

    private Delivery offer(String payload, AtomicInteger ended) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        Delivery delivery = intake.receive(
                TestCity.GATEWAY,
                Target.of(Way.MQTT, "v1.1/Datastreams(quantity)/Observations"),
                bytes,
                bytes.length,
                _ -> ended.incrementAndGet());
        assertThat(delivery.offer()).isTrue();
        return delivery;
    }

    private static String text(Quarantined kept) {
        return new String(kept.payload(), StandardCharsets.UTF_8);
    }
}
