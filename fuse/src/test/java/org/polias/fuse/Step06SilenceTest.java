// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import org.junit.jupiter.api.Test;
import org.polias.model.incident.SilentSensor;

import static org.assertj.core.api.Assertions.assertThat;

/** 6: sensors that report nothing near an incident are named, the nearest first. */
class Step06SilenceTest {

    private final Story story = Story.inTown();

    @Test
    void aSensorThatWasSilentBeforeIsNamedWhenTheIncidentOpens() {
        story.tell("""
                0 health mic-3 SILENT
                1 health mic-2 SILENT
                2 health mic-far SILENT
                3 claim IMPULSE_NOISE mic-1 5
                """);
        assertThat(story.incident('A').silentSensors())
                .extracting(sensor -> sensor.datastream().value())
                .containsExactly("mic-2", "mic-3");
        SilentSensor nearest = story.incident('A').silentSensors().getFirst();
        assertThat(nearest.distance_m()).isEqualTo(100);
        assertThat(nearest.lastHeard()).contains(Story.NOON.minusSeconds(29));
    }

    @Test
    void aSensorThatFallsSilentDuringTheIncidentIsNamedAtOnceAndTakenOffWhenItReturns() {
        story.tell("0 claim IMPULSE_NOISE mic-1 5");
        assertThat(story.tell("5 health mic-2 SILENT")).containsExactly("A reassessed, lines 0");
        assertThat(story.incident('A').silentSensors()).hasSize(1);
        assertThat(story.tell("9 health mic-2 OK")).containsExactly("A reassessed, lines 0");
        assertThat(story.incident('A').silentSensors()).isEmpty();
    }

    @Test
    void silenceFarAwayChangesNothing() {
        story.tell("0 claim IMPULSE_NOISE mic-1 5");
        assertThat(story.tell("5 health mic-far SILENT")).isEmpty();
    }

    @Test
    void aSensorThatOnlyReportsEventsIsNotSilentForHavingReportedNone() {
        story.tell("0 health door-1 UNHEARD\n1 claim DOOR_FORCED door-1 5");
        assertThat(story.incident('A').silentSensors()).isEmpty();
    }

    @Test
    void healthThatStaysTheSameChangesNothing() {
        DefaultFusionState before = story.state();
        story.tell("5 health mic-2 OK");
        assertThat(story.state()).isSameAs(before);
    }
}
