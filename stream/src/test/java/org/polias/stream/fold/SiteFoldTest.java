// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.polias.fuse.DefaultFusion;
import org.polias.model.admission.Reason;
import org.polias.model.event.Health;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.observation.Result;
import org.polias.stream.Scenario;
import org.polias.stream.wire.CorruptRecordException;
import org.polias.stream.wire.SiteOutcomeCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SiteFoldTest {

    private static final SiteKey SITE = SiteKey.parse("test/square");
    private static final Faults NO_FAULTS = (event, part, failure) -> {
        throw new AssertionError(part + " failed on " + event, failure);
    };
    private static final List<SiteEvent> LIFE = Scenario.life(SITE, 200, 1);

    @Test
    void theSameEventsGiveTheSameOutcomesToTheByte() {
        assertThat(bytes(run(begin(), LIFE))).isEqualTo(bytes(run(begin(), LIFE)));
    }

    @Test
    void lifeAtASiteGivesDetectionsIncidentsAndAdvice() {
        List<SiteOutcome> outcomes = run(begin(), LIFE);
        assertThat(outcomes).hasAtLeastOneElementOfType(SiteOutcome.Detected.class);
        Map<IncidentId, Incident> incidents = new TreeMap<>();
        for (SiteOutcome outcome : outcomes) {
            if (outcome instanceof SiteOutcome.IncidentChanged(SiteKey ignored, IncidentEvent event)) {
                incidents.compute(
                        event.incident(),
                        (id, before) -> event instanceof IncidentEvent.Opened opened
                                ? Incident.begin(opened)
                                : before.on(event));
            }
        }
        assertThat(incidents).isNotEmpty();
        assertThat(incidents.values())
                .anySatisfy(incident -> assertThat(incident.advice()).isNotEmpty());
        assertThat(incidents.values()).allSatisfy(incident -> assertThat(incident.advice())
                .extracting(IncidentEvent.Advised::playbook)
                .doesNotHaveDuplicates());
    }

    @Test
    void aFoldThatIsStoredAndRestoredAtAnyMomentGoesOnAsIfNothingHadHappened() {
        byte[] undisturbed = bytes(run(begin(), LIFE));
        Random random = new Random(3);
        for (int round = 0; round < 12; round++) {
            SiteFold fold = begin();
            List<SiteOutcome> outcomes = new ArrayList<>();
            int next = random.nextInt(300);
            for (int i = 0; i < LIFE.size(); i++) {
                if (i == next) {
                    fold = restored(fold.snapshot());
                    next = i + 1 + random.nextInt(400);
                }
                outcomes.addAll(fold.on(LIFE.get(i)));
            }
            assertThat(bytes(outcomes)).isEqualTo(undisturbed);
        }
    }

    @Test
    void aSnapshotDependsOnWhatHappenedAndNotOnWhenSnapshotsWereTaken() {
        SiteFold often = begin();
        SiteFold once = begin();
        for (SiteEvent event : LIFE) {
            often.on(event);
            once.on(event);
            often.snapshot();
        }
        assertThat(often.snapshot()).isEqualTo(once.snapshot());
        assertThat(restored(once.snapshot()).snapshot()).isEqualTo(once.snapshot());
    }

    @Test
    void anObservationDeliveredAgainIsDiscardedAndHasNoOtherEffect() {
        SiteFold fold = configured();
        SiteEvent.Observed bang = mic(1, 110);
        IntStream.range(2, 40).forEach(s -> fold.on(mic(s, 50)));
        byte[] before = fold.snapshot();
        assertThat(fold.on(mic(20, 50))).containsExactly(discarded(mic(20, 50), Reason.DUPLICATE, fold.clock()));
        assertThat(fold.snapshot()).isEqualTo(before);
        fold.on(bang);
        assertThat(fold.on(bang)).containsExactly(discarded(bang, Reason.DUPLICATE, fold.clock()));
    }

    @Test
    void anObservationFromBeyondWhatIsRememberedIsNotGivenToDetectors() {
        SiteFold fold = configured();
        IntStream.range(0, 1000).forEach(s -> fold.on(mic(s, 50)));
        SiteEvent.Observed old = mic(3, 51);
        assertThat(fold.on(old)).containsExactly(discarded(old, Reason.LATE, fold.clock()));
    }

    @Test
    void aSensorThatCatchesUpAfterADeadLinkIsHeard() {
        SiteFold fold = configured();
        IntStream.range(0, 600).forEach(s -> fold.on(mic(s, 50)));
        IntStream.range(0, 1000).forEach(s -> fold.on(count(s)));
        List<SiteOutcome> outcomes = new ArrayList<>();
        IntStream.range(600, 1000).forEach(s -> outcomes.addAll(fold.on(mic(s, 50 + s % 5))));
        assertThat(outcomes).doesNotHaveAnyElementsOfTypes(SiteOutcome.Discarded.class);
    }

    @Test
    void whatComesBeforeTheSiteIsKnownIsDiscarded() {
        SiteFold fold = begin();
        SiteEvent.Observed early = mic(0, 50);
        assertThat(fold.on(early)).containsExactly(discarded(early, Reason.UNKNOWN_SENSOR, early.receivedAt()));
    }

    @Test
    void aSensorIsUnheardThenWellThenSilentThenWell() {
        SiteFold fold = configured();
        List<SiteOutcome> outcomes = new ArrayList<>();
        for (int s = 0; s < 20; s++) {
            outcomes.addAll(fold.on(mic(s, 48 + s % 3)));
            outcomes.addAll(fold.on(tick(s)));
        }
        for (int s = 20; s < 200; s++) {
            outcomes.addAll(fold.on(tick(s)));
        }
        outcomes.addAll(fold.on(mic(201, 48)));
        outcomes.addAll(fold.on(tick(202)));
        assertThat(outcomes)
                .filteredOn(SiteOutcome.HealthChanged.class::isInstance)
                .map(SiteOutcome.HealthChanged.class::cast)
                .filteredOn(changed -> changed.datastream().value().equals("mic-1"))
                .extracting(SiteOutcome.HealthChanged::health)
                .containsExactly(Health.OK, Health.SILENT, Health.OK);
    }

    @Test
    void timeNeverStepsBack() {
        SiteFold fold = configured();
        fold.on(tick(100));
        Instant reached = fold.clock();
        fold.on(tick(40));
        assertThat(fold.clock()).isEqualTo(reached);
        fold.on(tick(100));
        assertThat(fold.clock()).isEqualTo(reached);
    }

    @Test
    void aCommandDeliveredTwiceChangesAnIncidentOnce() {
        SiteFold fold = begin();
        run(fold, LIFE);
        IncidentId incident = fold.listLiveIncidents().getFirst().id();
        SiteEvent command = new SiteEvent.Commanded(
                SITE, Scenario.START.plusSeconds(300), new OperatorCommand.Acknowledge("c-1", incident, "eva"));
        assertThat(fold.on(command)).hasAtLeastOneElementOfType(SiteOutcome.IncidentChanged.class);
        assertThat(fold.on(command))
                .hasOnlyElementsOfType(SiteOutcome.CommandAnswered.class)
                .hasSize(1);
    }

    @Test
    void theSameDefinitionAgainChangesNothing() {
        SiteFold fold = begin();
        run(fold, LIFE);
        byte[] before = fold.snapshot();
        assertThat(fold.on(new SiteEvent.Configured(SITE, Scenario.START, Scenario.definition(SITE))))
                .isEmpty();
        assertThat(fold.snapshot()).isEqualTo(before);
    }

    @Test
    void aStoredStateThatIsDamagedIsNamed() {
        SiteFold fold = begin();
        run(fold, LIFE);
        byte[] snapshot = fold.snapshot();
        assertThatThrownBy(() -> restored(Arrays.copyOf(snapshot, snapshot.length / 2)))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("test/square")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void anEventOfAnotherSiteIsRefused() {
        assertThatThrownBy(() -> begin().on(new SiteEvent.Ticked(SiteKey.parse("test/other"), Scenario.START)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test/other");
    }

    @Test
    void recentObservationsRememberAtLeastAGeneration() {
        RecentObservations recent = new RecentObservations(16);
        List<SiteEvent.Observed> seen = new ArrayList<>();
        for (int s = 0; s < 100; s++) {
            SiteEvent.Observed observed = mic(s, 50);
            assertThat(recent.see(observed.observation())).isEqualTo(RecentObservations.Verdict.NEW);
            seen.add(observed);
            for (SiteEvent.Observed again : seen.subList(Math.max(0, seen.size() - 16), seen.size())) {
                assertThat(recent.see(again.observation())).isEqualTo(RecentObservations.Verdict.SEEN);
            }
            for (SiteEvent.Observed again : seen) {
                assertThat(recent.see(again.observation())).isNotEqualTo(RecentObservations.Verdict.NEW);
            }
        }
    }

    private static SiteFold begin() {
        return SiteFold.begin(SITE, new DefaultFusion(), NO_FAULTS);
    }

    private static SiteFold configured() {
        SiteFold fold = begin();
        fold.on(new SiteEvent.Configured(SITE, Scenario.START, Scenario.definition(SITE)));
        return fold;
    }

    private static SiteFold restored(byte[] snapshot) {
        return SiteFold.restore(SITE, new DefaultFusion(), NO_FAULTS, snapshot, problem -> {
            throw new AssertionError(problem);
        });
    }

    private static List<SiteOutcome> run(SiteFold fold, List<SiteEvent> events) {
        List<SiteOutcome> outcomes = new ArrayList<>();
        events.forEach(event -> outcomes.addAll(fold.on(event)));
        return outcomes;
    }

    private static byte[] bytes(List<SiteOutcome> outcomes) {
        SiteOutcomeCodec codec = new SiteOutcomeCodec();
        var all = new ByteArrayOutputStream();
        outcomes.forEach(outcome -> all.writeBytes(codec.encode(outcome)));
        return all.toByteArray();
    }

    private static SiteEvent.Observed mic(int second, double level) {
        return Scenario.observed(SITE, "mic-1", Scenario.START.plusSeconds(second), new Result.Quantity(level));
    }

    private static SiteEvent.Observed count(int second) {
        return Scenario.observed(SITE, "count-1", Scenario.START.plusSeconds(second), new Result.Count(100));
    }

    private static SiteEvent tick(int second) {
        return new SiteEvent.Ticked(SITE, Scenario.START.plusSeconds(second).plus(Duration.ofMillis(500)));
    }

    private static SiteOutcome discarded(SiteEvent.Observed observed, Reason reason, Instant at) {
        return new SiteOutcome.Discarded(
                SITE,
                observed.observation().datastream(),
                observed.observation().id(),
                reason,
                at);
    }
}
