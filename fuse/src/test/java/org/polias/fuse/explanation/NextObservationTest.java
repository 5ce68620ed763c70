// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.polias.fuse.Story;
import org.polias.fuse.belief.Likelihoods;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.IncidentType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class NextObservationTest {

    private final Story story = Story.inTown();

    @Test
    void forABangItIsWhetherAnybodyScreamsOrRuns() {
        story.tell("0 claim IMPULSE_NOISE mic-1 6\n0.2 claim IMPULSE_NOISE mic-2 6");
        NextObservation next = NextObservation.of(story.incident('A')).orElseThrow();
        assertThat(next.type()).isNotEqualTo(DetectionType.IMPULSE_NOISE);
        assertThat(next.type().domain()).isNotEqualTo(DetectionDomain.HEALTH);
        assertThat(next.ifSo()).isNotCloseTo(next.now(), within(0.05));
        assertThat(next.sentence()).startsWith("Whether there is ").contains("would tell most");
    }

    /** What is said of the answer is what the theorem of Bayes says. */
    @Test
    void theAnswersAreThoseOfBayes() {
        story.tell("0 claim IMPULSE_NOISE mic-1 6\n0.2 claim IMPULSE_NOISE mic-2 6");
        NextObservation next = NextObservation.of(story.incident('A')).orElseThrow();
        double so = 0;
        double all = 0;
        double nothing = 1;
        for (IncidentType type : IncidentType.values()) {
            double p = story.probability('A', type);
            nothing -= p;
            all += p * Likelihoods.given(next.type(), type);
            if (type == next.leading()) {
                so = p * Likelihoods.given(next.type(), type);
            }
        }
        all += nothing * Likelihoods.givenNothing(next.type());
        assertThat(next.ifSo()).isCloseTo(so / all, within(1e-9));
        // What is expected of tomorrow's belief is today's.
        assertThat(all * next.ifSo() + (1 - all) * next.ifNot()).isCloseTo(next.now(), within(1e-9));
    }

    @Test
    void whatIsKnownAlreadyIsNotAskedFor() {
        story.tell("0 claim IMPULSE_NOISE mic-1 6\n0.2 claim IMPULSE_NOISE mic-2 6");
        DetectionType first =
                NextObservation.of(story.incident('A')).orElseThrow().type();
        story.tell("5 claim %s mic-1 5".formatted(first.name()));
        assertThat(NextObservation.of(story.incident('A')).map(NextObservation::type))
                .isNotEqualTo(Optional.of(first));
    }
}
