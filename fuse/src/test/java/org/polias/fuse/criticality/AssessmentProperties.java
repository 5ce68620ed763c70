// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import java.util.List;
import java.util.Optional;

import org.polias.fuse.FusionInput;
import org.polias.fuse.Story;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityMatrix;
import org.polias.model.incident.Incident;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class AssessmentProperties {

    private static final List<String> CLAIMS = List.of(
            "GAS_LEVEL gas-1", "IMPULSE_NOISE mic-1", "DOOR_FORCED door-1", "NETWORK_ALERT ids-1", "GUNSHOT mic-2");

    @Property(tries = 300)
    void morePeopleNeverLowerTheLevel(
            @ForAll @IntRange(max = 4) int claim,
            @ForAll @DoubleRange(min = 3, max = 12) double weight,
            @ForAll @IntRange(max = 50_000) int people,
            @ForAll @IntRange(max = 50_000) int more) {
        Optional<Criticality> few = assessed(claim, weight, people);
        Optional<Criticality> many = assessed(claim, weight, people + more);
        assertThat(many.isPresent()).isEqualTo(few.isPresent());
        few.ifPresent(one -> {
            assertThat(many.get().level()).isGreaterThanOrEqualTo(one.level());
            assertThat(many.get().score()).isGreaterThanOrEqualTo(one.score());
        });
    }

    @Property(tries = 300)
    void strongerEvidenceOfTheSameNeverLowersTheLevel(
            @ForAll @IntRange(max = 4) int claim,
            @ForAll @DoubleRange(min = 3, max = 12) double weight,
            @ForAll @DoubleRange(min = 0, max = 4) double more,
            @ForAll @IntRange(max = 50_000) int people) {
        Optional<Criticality> weak = assessed(claim, weight, people);
        Optional<Criticality> strong = assessed(claim, weight + more, people);
        weak.ifPresent(one -> assertThat(strong.orElseThrow().level()).isGreaterThanOrEqualTo(one.level()));
    }

    @Property
    void theDefaultMatrixRisesWithLikelihoodAndWithConsequence(
            @ForAll @DoubleRange(min = 0, max = 1) double p,
            @ForAll @DoubleRange(min = 0, max = 1) double q,
            @ForAll @DoubleRange(min = 0, max = 1000) double c,
            @ForAll @DoubleRange(min = 0, max = 1000) double d) {
        CriticalityMatrix matrix = CriticalityMatrix.DEFAULT;
        assertThat(matrix.level(Math.max(p, q), Math.max(c, d)))
                .isGreaterThanOrEqualTo(matrix.level(Math.min(p, q), Math.min(c, d)));
    }

    private static Optional<Criticality> assessed(int claim, double weight, int people) {
        Story story = Story.inTown();
        story.play(new FusionInput.Counted(Story.NOON, new DatastreamId("cam-1"), new ZoneId("fan-zone"), people));
        story.tell("1 claim %s %s begin at=350,50 sigma=60".formatted(CLAIMS.get(claim), weight));
        return story.incidents().stream().findFirst().flatMap(Incident::criticality);
    }
}
