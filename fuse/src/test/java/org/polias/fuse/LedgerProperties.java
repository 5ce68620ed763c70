// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.polias.fuse.belief.Belief;
import org.polias.fuse.belief.Ledger;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.Health;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.LedgerEntry;
import org.polias.model.incident.LedgerKind;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.Place;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What must hold whatever detectors claim and operators do. */
class LedgerProperties {

    private static final FusionSettings SMALL = new FusionSettings(
            4,
            5,
            3,
            6,
            8,
            3,
            5,
            2,
            1.0,
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(1),
            false,
            1.5);

    @Property(tries = 200)
    void theLedgerAddsUpToEveryLogOdds(@ForAll("stories") List<Act> acts) {
        for (Incident incident : played(acts, SMALL).incidents()) {
            for (Hypothesis hypothesis : incident.hypotheses()) {
                double sum = 0;
                for (LedgerEntry line : incident.ledger()) {
                    sum += line.weightFor(hypothesis.type());
                }
                assertThat(hypothesis.logOdds()).isCloseTo(sum, within(1e-9));
            }
        }
    }

    @Property(tries = 200)
    void probabilitiesAreTheSoftmaxOfTheLogOddsBesideNothing(@ForAll("stories") List<Act> acts) {
        for (Incident incident : played(acts, SMALL).incidents()) {
            double partition = 1;
            for (Hypothesis hypothesis : incident.hypotheses()) {
                partition += Math.exp(hypothesis.logOdds());
            }
            double sum = 1 / partition;
            for (Hypothesis hypothesis : incident.hypotheses()) {
                assertThat(hypothesis.probability())
                        .isCloseTo(Math.exp(hypothesis.logOdds()) / partition, within(1e-12));
                sum += hypothesis.probability();
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            assertThat(incident.hypotheses()).hasSize(IncidentType.values().length);
        }
    }

    @Property(tries = 100)
    void takingALineAwayTakesAwayExactlyItsWeight(@ForAll("stories") List<Act> acts) {
        for (Incident incident : played(acts, SMALL).incidents()) {
            Belief whole = Belief.of(incident.ledger());
            for (LedgerEntry line : incident.ledger()) {
                Belief without = Belief.of(Ledger.after(incident.ledger(), List.of(), List.of(line.key())));
                for (IncidentType type : IncidentType.values()) {
                    assertThat(without.logOdds(type))
                            .isCloseTo(whole.logOdds(type) - line.weightFor(type), within(1e-9));
                }
            }
        }
    }

    @Property(tries = 100)
    void theLedgerOfALiveIncidentIsTheOneReckonedFromItsSourcesAnew(@ForAll("stories") List<Act> acts) {
        played(acts, SMALL).state().live().stream()
                .filter(one -> one.dueAt().isEmpty())
                .forEach(one -> assertThat(
                                one.published().ledger().stream().filter(line -> line.kind() != LedgerKind.ABSENCE))
                        .containsExactlyInAnyOrderElementsOf(
                                Ledger.all(one.published().startedAt(), one.siteClass(), one.sources())));
    }

    @Property(tries = 100)
    void eventsOfAnIncidentAreNumberedWithoutGaps(@ForAll("stories") List<Act> acts) {
        Map<IncidentId, Long> last = new TreeMap<>();
        for (SiteOutcome outcome : played(acts, SMALL).outcomes()) {
            if (outcome instanceof SiteOutcome.IncidentChanged changed) {
                IncidentEvent event = changed.event();
                assertThat(event.sequence()).isEqualTo(last.getOrDefault(event.incident(), 0L) + 1);
                last.put(event.incident(), event.sequence());
            }
        }
    }

    @Property(tries = 100)
    void theSameStoryIsTheSameToTheBit(@ForAll("stories") List<Act> acts) {
        Story once = played(acts, SMALL);
        Story again = played(acts, SMALL);
        assertThat(again.outcomes()).isEqualTo(once.outcomes());
        assertThat(again.state()).isEqualTo(once.state());
        assertThat(again.outcomes().toString()).isEqualTo(once.outcomes().toString());
    }

    @Property(tries = 100)
    void memoryStaysBounded(@ForAll("stories") List<Act> acts) {
        DefaultFusionState state = played(acts, SMALL).state();
        assertThat(state.live()).hasSizeLessThanOrEqualTo(SMALL.maxLive());
        assertThat(state.tentative()).hasSizeLessThanOrEqualTo(SMALL.maxTentative());
        assertThat(state.closed()).hasSizeLessThanOrEqualTo(SMALL.maxClosed());
        assertThat(state.answers()).hasSizeLessThanOrEqualTo(SMALL.maxAnswers());
        state.live().forEach(one -> {
            assertThat(one.sources()).hasSizeLessThanOrEqualTo(SMALL.maxSources() + DetectionType.values().length);
            assertThat(one.entities()).hasSizeLessThanOrEqualTo(SMALL.maxEntities());
            one.sources().forEach(source -> {
                assertThat(source.detections()).hasSizeLessThanOrEqualTo(SMALL.maxReferences());
                assertThat(source.evidence()).hasSizeLessThanOrEqualTo(SMALL.maxReferences());
            });
        });
    }

    /** Claims of different sensors at one moment and place: whichever comes first, the same is believed in the end. */
    @Property(tries = 100)
    void theOrderOfSimultaneousClaimsDoesNotMatter(@ForAll long seed, @ForAll("levels") double weight) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            lines.add("0 claim IMPULSE_NOISE mic-%d %s at=100,100".formatted(i, weight + i * 0.1));
        }
        Story straight = Story.inTown();
        straight.tell(String.join("\n", lines));
        Collections.shuffle(lines, new Random(seed));
        Story shuffled = Story.inTown();
        shuffled.tell(String.join("\n", lines));
        assertThat(shuffled.incidents()).hasSize(1);
        for (IncidentType type : IncidentType.values()) {
            assertThat(shuffled.probability('A', type)).isCloseTo(straight.probability('A', type), within(1e-9));
        }
        assertThat(shuffled.incident('A').ledger())
                .extracting(LedgerEntry::key)
                .containsExactlyInAnyOrderElementsOf(straight.incident('A').ledger().stream()
                        .map(LedgerEntry::key)
                        .toList());
    }

    @Property(tries = 100)
    void aStrongerClaimOfWhatSpeaksForAHypothesisNeverLowersItsLogOdds(
            @ForAll("levels") double weight, @ForAll("levels") double more) {
        Story weaker = Story.inTown();
        weaker.tell("0 claim GAS_LEVEL gas-1 %s begin".formatted(weight));
        Story stronger = Story.inTown();
        stronger.tell("0 claim GAS_LEVEL gas-1 %s begin".formatted(weight + more));
        assertThat(logOdds(stronger)).isGreaterThanOrEqualTo(logOdds(weaker));
    }

    @Provide
    Arbitrary<Double> levels() {
        return Arbitraries.doubles().between(3.5, 7).ofScale(3);
    }

    @Provide
    Arbitrary<List<Act>> stories() {
        Arbitrary<Act> claims = Combinators.combine(
                        Arbitraries.of(DetectionType.class),
                        Arbitraries.of(Phase.class),
                        Arbitraries.of("mic-1", "mic-2", "mic-4", "mic-5", "mic-far", "gas-1", "cam-1", "ids-1"),
                        Arbitraries.doubles().between(-1, 7),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 60))
                .as(Claim::new);
        Arbitrary<Act> commands = Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 40))
                .as(Command::new);
        Arbitrary<Act> pauses = Arbitraries.integers().between(1, 4000).map(Pause::new);
        Arbitrary<Act> health = Combinators.combine(
                        Arbitraries.of("mic-1", "mic-2", "mic-4"), Arbitraries.of(Health.class))
                .as(HealthChange::new);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(12, claims),
                        net.jqwik.api.Tuple.of(3, commands),
                        net.jqwik.api.Tuple.of(1, pauses),
                        net.jqwik.api.Tuple.of(1, health))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    private static double logOdds(Story story) {
        return story.incident('A').hypotheses().stream()
                .filter(hypothesis -> hypothesis.type() == IncidentType.TOXIC_RELEASE)
                .findFirst()
                .orElseThrow()
                .logOdds();
    }

    private static Story played(List<Act> acts, FusionSettings settings) {
        Story story = Story.inTown(settings);
        Instant now = Story.NOON;
        for (Act act : acts) {
            now = now.plusSeconds(3);
            if (act instanceof Pause pause) {
                now = now.plusSeconds(pause.seconds);
            }
            story.play(act.input(now, story));
        }
        return story;
    }

    /** Something that happens in a generated story. */
    sealed interface Act {
        FusionInput input(Instant now, Story story);
    }

    record Pause(int seconds) implements Act {
        @Override
        public FusionInput input(Instant now, Story story) {
            return new FusionInput.Ticked(now);
        }
    }

    record HealthChange(String datastream, Health health) implements Act {
        @Override
        public FusionInput input(Instant now, Story story) {
            return new FusionInput.HealthChanged(
                    now, new DatastreamId(datastream), health, java.util.Optional.of(now.minusSeconds(60)));
        }
    }

    record Claim(DetectionType type, Phase phase, String subject, double weight, int east, int address, int late)
            implements Act {
        @Override
        public FusionInput input(Instant now, Story story) {
            Instant time = now.minusSeconds(late);
            return new FusionInput.Claimed(
                    now,
                    new Detection(
                            Detection.idOf(Town.KEY, type, phase, "generated", subject, time),
                            Town.KEY,
                            type,
                            phase,
                            "generated",
                            subject,
                            time,
                            now,
                            phase == Phase.END ? 0 : weight,
                            Place.within(Town.at(east, 50), 60),
                            List.of(new EntityRef(EntityRef.IP, "10.0.0." + address)),
                            List.of(new Evidence(
                                    new DatastreamId(subject), new ObservationId(time.getEpochSecond()), time)),
                            Map.of(),
                            "It is so."));
        }
    }

    record Command(int kind, int which, int other, int id) implements Act {
        @Override
        public FusionInput input(Instant now, Story story) {
            IncidentId incident = pick(story, which);
            String commandId = "c-" + id;
            OperatorCommand command =
                    switch (kind) {
                        case 0 -> new OperatorCommand.Acknowledge(commandId, incident, "ana");
                        case 1 -> new OperatorCommand.Assign(commandId, incident, "ana", "bob");
                        case 2 -> new OperatorCommand.Note(commandId, incident, "ana", "seen");
                        case 3 -> new OperatorCommand.Resolve(commandId, incident, "ana", "");
                        case 4 ->
                            new OperatorCommand.Dismiss(commandId, incident, "ana", DismissalReason.HARMLESS_CAUSE, "");
                        case 5 -> new OperatorCommand.Reopen(commandId, incident, "ana", "");
                        case 6 -> new OperatorCommand.Merge(commandId, incident, "ana", pick(story, other));
                        default -> new OperatorCommand.Split(commandId, incident, "ana", some(story, incident), "");
                    };
            return new FusionInput.Commanded(now, command);
        }

        /** Every other line of evidence of the incident, from the second. */
        private static List<String> some(Story story, IncidentId id) {
            List<String> lines = story.incidents().stream()
                    .filter(incident -> incident.id().equals(id))
                    .flatMap(incident -> incident.ledger().stream())
                    .filter(line -> line.kind() == LedgerKind.EVIDENCE)
                    .map(LedgerEntry::key)
                    .toList();
            return IntStream.range(0, lines.size())
                    .filter(i -> i % 2 == 1)
                    .mapToObj(lines::get)
                    .toList();
        }

        private static IncidentId pick(Story story, int which) {
            List<Incident> all = story.incidents();
            return all.isEmpty()
                    ? new IncidentId("I-none")
                    : all.get(Math.max(0, all.size() - 1 - which)).id();
        }
    }
}
