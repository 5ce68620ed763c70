// SPDX-License-Identifier: Apache-2.0
package org.polias.app.pilot;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.app.city.CityLoader;
import org.polias.app.city.Loading;
import org.polias.model.city.City;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.Phase;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Position;
import org.polias.pilots.GroundTruth;

import static org.assertj.core.api.Assertions.assertThat;

/** The Pilsen pilot, from its microphones' membranes to incidents, with the classifier that is shipped. */
class PilotHearingTest {

    private static final Instant START = Instant.parse("2026-11-21T17:00:00Z");
    private static final Duration SETTLING = Duration.ofSeconds(40);
    private static final City CITY = load();

    private static City load() {
        return switch (CityLoader.load(Path.of("..", "pilots", "pilsen"))) {
            case Loading.Loaded loaded -> loaded.city();
            case Loading.Refused refused ->
                throw new AssertionError(refused.problems().render());
        };
    }

    @Test
    void calmIsCalm() {
        try (PureChain chain = new PureChain(CITY, 7, START)) {
            chain.live(Duration.ofSeconds(180));
            assertThat(chain.incidents()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 7, 11})
    void shotsAreOneIncidentWhereTheyWere(long seed) {
        try (PureChain chain = new PureChain(CITY, seed, START)) {
            List<Incident> ofSound = soundDuring("pilsen-shots", Duration.ofSeconds(50), chain);
            assertThat(ofSound).hasSize(1);
            Incident shots = ofSound.getFirst();
            assertThat(typeOf(shots)).isEqualTo(IncidentType.ARMED_ATTACK);
            assertThat(levelOf(shots)).isEqualTo(CriticalityLevel.CRITICAL);
            assertThat(probabilityOfAttack(shots)).isGreaterThan(0.95);
            assertThat(shots.site().site().value()).isEqualTo("stadium-district");
            GroundTruth truth = chain.world().listTruths().getFirst();
            assertThat(distance_m(shots.place().orElseThrow().position(), truth.position()))
                    .isLessThan(25);
            assertThat(soundsIn(chain, DetectionType.GUNSHOT)).isBetween(9.0, 15.0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 7, 11})
    void fireworksAreNotBelievedToBeShots(long seed) {
        try (PureChain chain = new PureChain(CITY, seed, START)) {
            List<Incident> ofSound = soundDuring("pilsen-fireworks", Duration.ofSeconds(100), chain);
            // Nobody has a permit: that it may be shots is worth a look, but must not be believed.
            assertThat(ofSound).isNotEmpty().allSatisfy(incident -> assertThat(probabilityOfAttack(incident))
                    .isLessThan(0.6));
        }
    }

    /** The incidents of sound that there are when an exercise has played for so long. */
    private static List<Incident> soundDuring(String exercise, Duration playing, PureChain chain) {
        chain.live(SETTLING);
        chain.begin(exercise);
        chain.live(playing);
        return chain.incidents().stream().filter(PilotHearingTest::isOfSound).toList();
    }

    private static boolean isOfSound(Incident incident) {
        return typeOf(incident) == IncidentType.ARMED_ATTACK || typeOf(incident) == IncidentType.HARMLESS_NOISE;
    }

    private static IncidentType typeOf(Incident incident) {
        return incident.findLeadingHypothesis().orElseThrow().type();
    }

    private static double probabilityOfAttack(Incident incident) {
        return incident.hypotheses().stream()
                .filter(each -> each.type() == IncidentType.ARMED_ATTACK)
                .mapToDouble(Hypothesis::probability)
                .findFirst()
                .orElse(0);
    }

    private static CriticalityLevel levelOf(Incident incident) {
        return incident.criticality().orElseThrow().level();
    }

    private static double distance_m(Position a, Position b) {
        return new LocalFrame(a).toOffset(b).length_m();
    }

    /** How many sounds of a type were counted, over all episodes. */
    private static double soundsIn(PureChain chain, DetectionType type) {
        return chain.detections().stream()
                .filter(each -> each.type().equals(type)
                        && each.phase() == Phase.END
                        && each.site().site().value().equals("stadium-district"))
                .mapToDouble(each -> each.measures().get("sounds"))
                .sum();
    }
}
