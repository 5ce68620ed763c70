// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.fuse.Story;
import org.polias.model.detection.DetectionType;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.learning.CalibrationChange;
import org.polias.model.learning.CalibrationChange.Cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LearningTest {

    private LearningState state = LearningState.EMPTY;
    private final List<CalibrationChange> changes = new ArrayList<>();

    @Test
    void aDetectorThatCriesWolfWeighsLess() {
        judge(8, false, 0.5);
        // (0 + 10 x 0.5) / (8 + 10) = 0.2778: logit -0.956.
        assertThat(correction()).isCloseTo(-0.956, within(0.001));
    }

    @Test
    void aDetectorThatIsRightMoreOftenThanItSaysWeighsMore() {
        judge(20, true, 0.5);
        // (20 + 5) / 30: logit 1.609, bounded.
        assertThat(correction()).isEqualTo(Learning.LARGEST);
    }

    @Test
    void aDetectorThatIsRightAsOftenAsItSaysStaysAsItIs() {
        judge(10, true, 0.5);
        judge(10, false, 0.5);
        assertThat(correction()).isCloseTo(0, within(1e-12));
    }

    @Test
    void sevenVerdictsMoveNothing() {
        judge(7, false, 0.9);
        assertThat(correction()).isZero();
        assertThat(changes).hasSize(7);
        assertThat(changes.getLast().sentence())
                .isEqualTo(
                        "ana found nothing behind incident I-6: claims of acoustic.gunshot by ear weigh +0 instead of +0 (7 verdicts, 0 of 6.3 predicted confirmed; below 8 none counts).");
    }

    @Test
    void everyChangeSaysWhoWhichIncidentBeforeAndAfter() {
        judge(8, false, 0.5);
        CalibrationChange last = changes.getLast();
        assertThat(last.by()).isEqualTo("ana");
        assertThat(last.incident()).contains(new IncidentId("I-7"));
        assertThat(last.cause()).isEqualTo(Cause.REFUTED);
        assertThat(last.before()).isZero();
        assertThat(last.after()).isEqualTo(correction());
    }

    @Test
    void aVerdictTakenBackLeavesExactlyWhatWasBefore() {
        judge(9, false, 0.37);
        LearningState before = state;
        take(Learning.on(state, verdict("I-x", true, 0.81)));
        assertThat(state).isNotEqualTo(before);
        take(Learning.forget(state, new IncidentId("I-x"), Story.NOON, "bob"));
        assertThat(state).isEqualTo(before);
        assertThat(changes.getLast().cause()).isEqualTo(Cause.FORGOTTEN);
    }

    @Test
    void aSecondVerdictOnAnIncidentTakesThePlaceOfTheFirst() {
        take(Learning.on(state, verdict("I-1", false, 0.5)));
        take(Learning.on(state, verdict("I-1", true, 0.5)));
        assertThat(state.verdicts()).hasSize(1);
        assertThat(state.calibrations().getFirst().confirmed()).isEqualTo(1);
    }

    @Test
    void aDetectorThatIsResetBeginsAnewAndOthersKeepWhatTheyLearned() {
        for (int i = 0; i < 10; i++) {
            take(Learning.on(
                    state,
                    new Verdict(
                            new IncidentId("I-" + i),
                            Story.NOON,
                            "ana",
                            false,
                            List.of(
                                    new Verdict.Witness("ear", DetectionType.GUNSHOT, 0.5, 0.6),
                                    new Verdict.Witness("eye", DetectionType.CROWD_DENSITY, 0.5, 0.6)))));
        }
        double eye = Learning.correction(state, "eye", DetectionType.CROWD_DENSITY);
        take(Learning.reset(state, "ear", Story.NOON, "bob"));
        assertThat(correction()).isZero();
        assertThat(Learning.correction(state, "eye", DetectionType.CROWD_DENSITY))
                .isEqualTo(eye)
                .isNegative();
        assertThat(changes.getLast().incident()).isEqualTo(Optional.empty());
    }

    @Test
    void theOldestVerdictGivesWayAloud() {
        judge(Learning.MOST_VERDICTS + 1, false, 0.5);
        assertThat(state.verdicts()).hasSize(Learning.MOST_VERDICTS);
        assertThat(changes)
                .anyMatch(change ->
                        change.cause() == Cause.AGED && change.incident().equals(Optional.of(new IncidentId("I-0"))));
    }

    @Test
    void aFalseAlarmTeachesOfWhoCarriedIt() {
        learnFrom("dismiss A ana FALSE_ALARM");
        assertThat(state.verdicts()).hasSize(1);
        Verdict verdict = state.verdicts().getFirst();
        assertThat(verdict.real()).isFalse();
        assertThat(verdict.witnesses()).singleElement().satisfies(witness -> {
            assertThat(witness.detector()).isEqualTo("test-detector");
            assertThat(witness.type()).isEqualTo(DetectionType.DOOR_FORCED);
            assertThat(witness.share()).isEqualTo(1);
            assertThat(witness.predicted()).isBetween(0.1, 0.999);
        });
    }

    @Test
    void aResolutionWithANoteConfirmsAndOneWithoutAWordTeachesNothing() {
        learnFrom("resolve A ana");
        assertThat(state).isEqualTo(LearningState.EMPTY);
        learnFrom("resolve A ana Door broken open, two arrested.");
        assertThat(state.verdicts().getFirst().real()).isTrue();
    }

    @Test
    void duplicatesPlannedActivitiesAndExercisesTeachNothing() {
        learnFrom("dismiss A ana DUPLICATE");
        learnFrom("dismiss A ana PLANNED_ACTIVITY");
        learnFrom("dismiss A ana EXERCISE");
        Story drill = Story.inTown();
        drill.tell("0 exercise drill");
        learn(drill, "dismiss A ana FALSE_ALARM");
        assertThat(state).isEqualTo(LearningState.EMPTY);
    }

    @Test
    void aReopenedIncidentTakesItsVerdictBack() {
        Story story = Story.inTown();
        learn(story, "dismiss A ana FALSE_ALARM");
        Incident dismissed = story.incident('A');
        story.tell("70 reopen A bob");
        events(story).stream()
                .filter(IncidentEvent.Reopened.class::isInstance)
                .forEach(event -> take(Learning.on(state, dismissed, event)));
        assertThat(state).isEqualTo(LearningState.EMPTY);
    }

    private void learnFrom(String command) {
        learn(Story.inTown(), command);
    }

    private void learn(Story story, String command) {
        story.tell("1 claim DOOR_FORCED door-1 6");
        Incident before = story.incident('A');
        story.tell("60 " + command);
        IncidentEvent last = events(story).getLast();
        take(Learning.on(state, before, last));
    }

    private static List<IncidentEvent> events(Story story) {
        List<IncidentEvent> events = new ArrayList<>();
        for (SiteOutcome outcome : story.outcomes()) {
            if (outcome instanceof SiteOutcome.IncidentChanged changed) {
                events.add(changed.event());
            }
        }
        return events;
    }

    private void judge(int times, boolean real, double predicted) {
        int known = state.verdicts().size();
        for (int i = 0; i < times; i++) {
            take(Learning.on(state, verdict("I-" + (known + i), real, predicted)));
        }
    }

    private static Verdict verdict(String incident, boolean real, double predicted) {
        return new Verdict(
                new IncidentId(incident),
                Story.NOON,
                "ana",
                real,
                List.of(new Verdict.Witness("ear", DetectionType.GUNSHOT, 1, predicted)));
    }

    private double correction() {
        return Learning.correction(state, "ear", DetectionType.GUNSHOT);
    }

    private void take(Step<LearningState, CalibrationChange> step) {
        state = step.state();
        changes.addAll(step.outputs());
    }
}
