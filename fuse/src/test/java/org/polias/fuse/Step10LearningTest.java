// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.model.event.SiteOutcome;
import org.polias.model.learning.CalibrationChange;
import org.polias.model.learning.CalibrationChange.Cause;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators find teaches, and is told. */
class Step10LearningTest {

    @Test
    void aDismissalAsAFalseAlarmIsToldAsWhatItTaughtAndAReopeningTakesItBack() {
        Story story = Story.inTown();
        story.tell("""
                0 claim DOOR_FORCED door-1 6
                60 dismiss A ana FALSE_ALARM
                70 reopen A bob
                """);
        assertThat(changes(story)).extracting(CalibrationChange::cause).containsExactly(Cause.REFUTED, Cause.FORGOTTEN);
        assertThat(changes(story)).extracting(CalibrationChange::by).containsExactly("ana", "bob");
        assertThat(story.state().learning().orElseThrow().verdicts()).isEmpty();
    }

    @Test
    void whatEndsByItselfTeachesNothing() {
        Story story = Story.inTown();
        story.tell("""
                0 claim DOOR_FORCED door-1 6
                7200 tick
                """);
        assertThat(changes(story)).isEmpty();
        assertThat(story.state().learning()).isEmpty();
    }

    private static List<CalibrationChange> changes(Story story) {
        return story.outcomes().stream()
                .filter(SiteOutcome.CalibrationChanged.class::isInstance)
                .map(outcome -> ((SiteOutcome.CalibrationChanged) outcome).change())
                .toList();
    }
}
