// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.learning;

import java.util.ArrayList;
import java.util.List;

import org.polias.fuse.Story;
import org.polias.model.detection.DetectionType;
import org.polias.model.id.IncidentId;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class LearningProperties {

    record Said(boolean real, double share, double predicted, boolean gunshot) {}

    @Property(tries = 300)
    void aCorrectionStaysWithinItsBoundsWhateverTheVerdicts(@ForAll("verdicts") List<Said> said) {
        LearningState state = learn(LearningState.EMPTY, said, 0);
        assertThat(state.calibrations()).allSatisfy(calibration -> assertThat(calibration.correction())
                .isBetween(-Learning.LARGEST, Learning.LARGEST));
    }

    @Property(tries = 300)
    void takingVerdictsBackReturnsExactly(@ForAll("verdicts") List<Said> kept, @ForAll("verdicts") List<Said> taken) {
        LearningState before = learn(LearningState.EMPTY, kept, 0);
        LearningState after = learn(before, taken, 1000);
        for (int i = 0; i < taken.size(); i++) {
            after = Learning.forget(after, new IncidentId("I-" + (1000 + i)), Story.NOON, "ana")
                    .state();
        }
        assertThat(after).isEqualTo(before);
    }

    @Property(tries = 300)
    void oneMoreConfirmationNeverMakesADetectorWeighLess(@ForAll("verdicts") List<Said> said) {
        List<Said> refuted = new ArrayList<>(said);
        List<Said> confirmed = new ArrayList<>(said);
        refuted.add(new Said(false, 1, 0.5, true));
        confirmed.add(new Said(true, 1, 0.5, true));
        assertThat(gunshot(learn(LearningState.EMPTY, confirmed, 0)))
                .isGreaterThanOrEqualTo(gunshot(learn(LearningState.EMPTY, refuted, 0)));
    }

    @Provide
    Arbitrary<List<Said>> verdicts() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.doubles().between(0.1, 1),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of(true, false))
                .as(Said::new)
                .list()
                .ofMaxSize(40);
    }

    private static double gunshot(LearningState state) {
        return Learning.correction(state, "ear", DetectionType.GUNSHOT);
    }

    private static LearningState learn(LearningState from, List<Said> said, int first) {
        LearningState state = from;
        for (int i = 0; i < said.size(); i++) {
            Said one = said.get(i);
            state = Learning.on(
                            state,
                            new Verdict(
                                    new IncidentId("I-" + (first + i)),
                                    Story.NOON,
                                    "ana",
                                    one.real,
                                    List.of(new Verdict.Witness(
                                            "ear",
                                            one.gunshot ? DetectionType.GUNSHOT : DetectionType.SCREAM,
                                            one.share,
                                            one.predicted))))
                    .state();
        }
        return state;
    }
}
