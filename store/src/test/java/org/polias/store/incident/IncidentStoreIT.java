// SPDX-License-Identifier: Apache-2.0
package org.polias.store.incident;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polias.model.admission.Reason;
import org.polias.model.detection.Detection;
import org.polias.model.event.Health;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.observation.ObservationId;
import org.polias.store.Samples;
import org.polias.store.SharedStore;
import org.polias.store.Store;
import org.polias.store.log.LogProgress;
import org.polias.store.log.LogSlice;
import org.polias.store.log.Stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.store.Samples.NOON;

@ExtendWith(SharedStore.class)
class IncidentStoreIT {

    private final Store store;
    private final TenantId tenant;
    private final SiteKey site;
    private long offset;

    IncidentStoreIT(Store store, TenantId tenant) {
        this.store = store;
        this.tenant = tenant;
        this.site = Samples.site(tenant);
    }

    @Test
    void theStoredIncidentIsTheFoldOfItsEventsHoweverTheyAreCutIntoBatches() {
        IncidentId whole = new IncidentId("I-whole");
        IncidentId pieces = new IncidentId("I-pieces");
        List<IncidentEvent> events = Samples.wholeLife(tenant, pieces);

        apply(Samples.wholeLife(tenant, whole));
        events.forEach(event -> apply(List.of(event)));

        assertThat(find(whole)).isEqualTo(fold(Samples.wholeLife(tenant, whole)));
        assertThat(find(pieces)).isEqualTo(fold(events));
        assertThat(find(pieces).status()).isEqualTo(IncidentStatus.MERGED);
        assertThat(store.incidents().timeline(tenant, pieces))
                .hasSameSizeAs(events)
                .filteredOn(event -> !(event instanceof IncidentEvent.Noted))
                .containsExactlyElementsOf(events.stream()
                        .filter(event -> !(event instanceof IncidentEvent.Noted))
                        .toList());
        assertThat(store.incidents().timeline(tenant, pieces).get(5))
                .isEqualTo(new IncidentEvent.Noted(
                        pieces,
                        6,
                        NOON.plusSeconds(60),
                        "boris",
                        "Two \uFFFD witnesses: \uD83D\uDE31 \"\\u0000\" \uFFFD"));
    }

    @Test
    void eventsThatAreThereAlreadyHaveNoSecondEffect() {
        IncidentId id = new IncidentId("I-1");
        List<IncidentEvent> events = Samples.wholeLife(tenant, id);
        apply(events.subList(0, 4));

        assertThat(apply(events)).isEqualTo(new Stored(9, 4, 0));
        assertThat(apply(events)).isEqualTo(new Stored(0, 13, 0));
        assertThat(find(id)).isEqualTo(fold(events));
    }

    @Test
    void aSliceThatWasStoredIsSkipped() {
        LogSlice<SiteOutcome> slice = new LogSlice<>(
                new LogProgress(topic(), 0, 5),
                List.of(new SiteOutcome.Discarded(
                        site, new DatastreamId("mic"), new ObservationId(1), Reason.DUPLICATE, NOON)));
        store.incidents().apply(List.of(slice));

        assertThat(store.incidents().apply(List.of(slice)).skippedSlices()).isEqualTo(1);
        assertThat(store.incidents().listDiscards(tenant))
                .containsExactly(new DiscardCount(new DatastreamId("mic"), Reason.DUPLICATE, 1, NOON));
    }

    @Test
    void eventsAfterAGapWaitUntilItIsFilled() {
        IncidentId id = new IncidentId("I-gap");
        List<IncidentEvent> events = Samples.wholeLife(tenant, id);
        apply(events.subList(0, 2));

        assertThat(apply(events.subList(3, 6)).unfoldable()).isEqualTo(1);
        assertThat(find(id).sequence()).isEqualTo(2);
        assertThat(store.incidents().timeline(tenant, id)).hasSize(5);

        assertThat(apply(events.subList(2, 3)).unfoldable()).isZero();
        assertThat(find(id)).isEqualTo(fold(events.subList(0, 6)));
    }

    @Test
    void theTimelineOfAStormHoldsItsLastReassessmentsAndAllThatPeopleDid() {
        IncidentId id = new IncidentId("I-storm");
        List<IncidentEvent> events = new ArrayList<>(List.of(Samples.opened(tenant, id)));
        for (int sequence = 2; sequence <= 700; sequence++) {
            events.add(
                    sequence == 50
                            ? new IncidentEvent.Acknowledged(id, sequence, NOON, "anna")
                            : Samples.reassessed(id, sequence, CriticalityLevel.LOW, sequence));
        }
        apply(events);

        assertThat(store.incidents().timeline(tenant, id))
                .hasSize(2 + IncidentStore.LAST_EVENTS)
                .startsWith(events.getFirst(), events.get(49), events.get(200))
                .endsWith(events.getLast());
    }

    @Test
    void anIncidentWithoutABeginningStopsNothing() {
        IncidentId lost = new IncidentId("I-lost");
        IncidentId fine = new IncidentId("I-fine");
        List<IncidentEvent> events =
                new ArrayList<>(Samples.wholeLife(tenant, lost).subList(4, 6));
        events.addAll(Samples.wholeLife(tenant, fine).subList(0, 2));

        assertThat(apply(events)).isEqualTo(new Stored(4, 0, 0, 1, 0));
        assertThat(store.incidents().find(tenant, lost)).isEmpty();
        assertThat(find(fine).sequence()).isEqualTo(2);
    }

    @Test
    void incidentsAreListedByScopeTheMostCriticalFirst() {
        openWithLevel("I-low", CriticalityLevel.LOW, 900);
        openWithLevel("I-critical", CriticalityLevel.CRITICAL, 1);
        openWithLevel("I-high-more", CriticalityLevel.HIGH, 20);
        openWithLevel("I-high-less", CriticalityLevel.HIGH, 10);
        apply(List.of(Samples.opened(tenant, new IncidentId("I-new"))));
        IncidentId closed = new IncidentId("I-closed");
        openWithLevel(closed.value(), CriticalityLevel.CRITICAL, 1000);
        apply(List.of(new IncidentEvent.Dismissed(closed, 3, NOON, "anna", DismissalReason.FALSE_ALARM, "")));

        assertThat(ids(store.incidents().list(tenant, IncidentScope.LIVE, 10)))
                .containsExactly("I-critical", "I-high-more", "I-high-less", "I-low", "I-new");
        assertThat(ids(store.incidents().list(tenant, IncidentScope.CLOSED, 10)))
                .containsExactly("I-closed");
        assertThat(ids(store.incidents().list(tenant, IncidentScope.ALL, 2))).containsExactly("I-closed", "I-critical");
        assertThat(store.incidents().listLive(tenant)).hasSize(5);
    }

    @Test
    void oneTenantSeesNothingOfAnother() {
        openWithLevel("I-1", CriticalityLevel.LOW, 1);
        TenantId other = new TenantId(tenant.value() + "-other");

        assertThat(store.incidents().list(other, IncidentScope.ALL, 10)).isEmpty();
        assertThat(store.incidents().find(other, new IncidentId("I-1"))).isEmpty();
        assertThat(store.incidents().timeline(other, new IncidentId("I-1"))).isEmpty();
    }

    @Test
    void healthIsKeptAsItLastWas() {
        DatastreamId mic = new DatastreamId("mic");
        applyOutcomes(
                new SiteOutcome.HealthChanged(site, mic, Health.OK, NOON, ""),
                new SiteOutcome.HealthChanged(site, mic, Health.SILENT, NOON.plusSeconds(1), "no\u0000thing"));
        applyOutcomes(new SiteOutcome.HealthChanged(site, new DatastreamId("gas"), Health.STUCK, NOON, "21.5"));

        assertThat(store.incidents().listHealth(tenant))
                .containsExactly(
                        new SensorHealth(site, new DatastreamId("gas"), Health.STUCK, NOON, "21.5"),
                        new SensorHealth(site, mic, Health.SILENT, NOON.plusSeconds(1), "no\uFFFDthing"));
    }

    @Test
    void aRunningExerciseIsKnownUntilItEnds() {
        applyOutcomes(new SiteOutcome.ExerciseChanged(site, Optional.of("pilsen-shots"), NOON));
        assertThat(store.incidents().listExercises(tenant))
                .containsExactly(new RunningExercise(site, "pilsen-shots", NOON));

        applyOutcomes(new SiteOutcome.ExerciseChanged(site, Optional.empty(), NOON.plusSeconds(60)));
        assertThat(store.incidents().listExercises(tenant)).isEmpty();
    }

    @Test
    void detectionsAreStoredOnceAndListedNewestFirst() {
        SiteOutcome first = new SiteOutcome.Detected(site, Samples.detection(tenant, NOON));
        SiteOutcome second = new SiteOutcome.Detected(site, Samples.detection(tenant, NOON.plusSeconds(1)));

        assertThat(applyOutcomes(first)).isEqualTo(new Stored(1, 0, 0));
        assertThat(applyOutcomes(first, second)).isEqualTo(new Stored(1, 1, 0));
        assertThat(store.incidents().listDetections(site, NOON, NOON.plusSeconds(2), 10))
                .containsExactly(Samples.detection(tenant, NOON.plusSeconds(1)), Samples.detection(tenant, NOON));
    }

    @Test
    void aDetectionOfLongAgoIsKeptFromWhenItBecameKnown() {
        Instant known = Instant.parse("1990-03-10T10:00:00Z");
        Instant longAgo = Instant.parse("1988-01-01T00:00:00Z");
        applyOutcomes(
                new SiteOutcome.Detected(site, Samples.detection(tenant, longAgo, known)),
                new SiteOutcome.Detected(site, Samples.detection(tenant, known, known)));

        store.incidents().removeDetectionsKnownBefore(known);
        assertThat(store.incidents().listDetections(site, longAgo, known.plusSeconds(1), 10))
                .hasSize(2);
        store.incidents().removeDetectionsKnownBefore(known.plusSeconds(1));
        assertThat(store.incidents().listDetections(site, longAgo, known.plusSeconds(1), 10))
                .extracting(Detection::time)
                .containsExactly(known);
        store.incidents().removeDetectionsKnownBefore(known.plus(1, ChronoUnit.DAYS));
        assertThat(store.incidents().listDetections(site, longAgo, known.plusSeconds(1), 10))
                .isEmpty();
    }

    @Test
    void whatAnotherProcessHasStoredInPartIsCountedOnce() {
        List<SiteOutcome> discarded = IntStream.range(0, 4)
                .<SiteOutcome>mapToObj(i -> new SiteOutcome.Discarded(
                        site, new DatastreamId("level"), new ObservationId(i), Reason.LATE, NOON))
                .toList();
        store.incidents()
                .apply(List.of(
                        new LogSlice<>(new LogProgress(topic(), 0, 3), discarded.subList(0, 3), List.of(0L, 1L, 2L))));
        store.incidents()
                .apply(List.of(new LogSlice<>(new LogProgress(topic(), 0, 4), discarded, List.of(0L, 1L, 2L, 3L))));

        assertThat(store.incidents().listDiscards(tenant))
                .containsExactly(new DiscardCount(new DatastreamId("level"), Reason.LATE, 4, NOON));
    }

    @Test
    void answersToCommandsAreNotKept() {
        assertThat(applyOutcomes(new SiteOutcome.CommandAnswered(site, "c-1", Optional.empty(), NOON)))
                .isEqualTo(new Stored(0, 0, 0));
    }

    @Test
    void whatWasClosedLongAgoIsDeleted() {
        IncidentId closed = new IncidentId("I-old");
        apply(List.of(Samples.opened(tenant, closed), new IncidentEvent.Resolved(closed, 2, NOON, "polias", "over")));
        openWithLevel("I-live", CriticalityLevel.LOW, 1);

        assertThat(store.incidents().deleteClosedBefore(tenant, NOON)).isZero();
        assertThat(store.incidents().deleteClosedBefore(tenant, NOON.plusSeconds(1)))
                .isEqualTo(1);
        assertThat(ids(store.incidents().list(tenant, IncidentScope.ALL, 10))).containsExactly("I-live");
        assertThat(store.incidents().timeline(tenant, closed)).isEmpty();
    }

    private void openWithLevel(String id, CriticalityLevel level, double score) {
        IncidentId incident = new IncidentId(id);
        apply(List.of(Samples.opened(tenant, incident), Samples.reassessed(incident, 2, level, score)));
    }

    private Incident find(IncidentId id) {
        return store.incidents().find(tenant, id).orElseThrow();
    }

    private Stored apply(List<? extends IncidentEvent> events) {
        return applyOutcomes(events.stream()
                .map(event -> new SiteOutcome.IncidentChanged(site, event))
                .toArray(SiteOutcome[]::new));
    }

    private Stored applyOutcomes(SiteOutcome... outcomes) {
        offset += outcomes.length;
        return store.incidents()
                .apply(List.of(new LogSlice<>(new LogProgress(topic(), 0, offset), Arrays.asList(outcomes))));
    }

    private String topic() {
        return "outcomes-" + tenant;
    }

    private static Incident fold(List<IncidentEvent> events) {
        Incident incident = Incident.begin((IncidentEvent.Opened) events.getFirst());
        for (IncidentEvent event : events.subList(1, events.size())) {
            incident = incident.on(event);
        }
        return incident;
    }

    private static List<String> ids(List<Incident> incidents) {
        return incidents.stream().map(incident -> incident.id().value()).toList();
    }
}
