// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.model.incident.IncidentType;
import org.polias.model.observation.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class WorldTest {

    private static final Instant START = Instant.parse("2026-11-21T17:00:00Z");

    private static World world(long seed) {
        return new World(TestCity.city(), seed, START, 6);
    }

    private static List<Emission> play(World world, Duration duration, Duration step) {
        List<Emission> emissions = new ArrayList<>();
        Instant end = world.now().plus(duration);
        while (world.now().isBefore(end)) {
            Instant next = world.now().plus(step);
            emissions.addAll(world.advanceTo(next.isBefore(end) ? next : end));
        }
        return emissions;
    }

    private static List<Emission.Measured> of(List<Emission> emissions, String datastream) {
        return emissions.stream()
                .filter(emission -> emission.datastream().value().equals(datastream))
                .map(Emission.Measured.class::cast)
                .toList();
    }

    private static double level(Emission.Measured measured) {
        return ((Result.Quantity) measured.result()).value();
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(play(world(5), Duration.ofMinutes(5), Duration.ofSeconds(1)))
                .isEqualTo(play(world(5), Duration.ofMinutes(5), Duration.ofSeconds(1)))
                .isNotEqualTo(play(world(6), Duration.ofMinutes(5), Duration.ofSeconds(1)));
    }

    @Test
    void theStoryDoesNotDependOnTheSteps() {
        World fine = world(5);
        World coarse = world(5);
        fine.begin("pilsen-shots");
        coarse.begin("pilsen-shots");

        assertThat(play(fine, Duration.ofMinutes(5), Duration.ofMillis(73)))
                .isEqualTo(play(coarse, Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    @Test
    void emissionsComeInTheOrderOfTimeWithinTheStep() {
        World world = world(5);
        world.begin("pilsen-crush");
        Instant before = START;
        for (Emission emission : world.advanceTo(START.plusSeconds(60))) {
            assertThat(emission.time()).isAfterOrEqualTo(before).isBefore(START.plusSeconds(60));
            before = emission.time();
        }
    }

    @Test
    void timeThatStepsBackDoesNothing() {
        World world = world(5);
        world.advanceTo(START.plusSeconds(10));

        assertThat(world.advanceTo(START.plusSeconds(5))).isEmpty();
        assertThat(world.now()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void eachSensorReportsAtItsInterval() {
        List<Emission> emissions = world(5).advanceTo(START.plusSeconds(100));

        assertThat(of(emissions, "mic-near")).hasSize(100);
        assertThat(of(emissions, "cam-gate")).hasSize(20);
    }

    @Test
    void whatTheWorldDoesNotKnowIsNamed() {
        assertThat(world(5).listUnknown()).containsExactly("tide");
    }

    @Test
    void aShotArrivesLaterAndWeakerWithDistance() {
        World world = world(5);
        world.begin("pilsen-shots");
        // The first shot falls 6 s after the beginning; 34.3 m and 343 m are a tenth of a second and a second away at
        // 20 degrees.
        List<Emission> emissions = world.advanceTo(START.plusSeconds(8));
        Emission.Measured near = firstBang(emissions, "mic-near");
        Emission.Measured far = firstBang(emissions, "mic-far");

        assertThat(Duration.between(START.plusSeconds(6), near.time()).toMillis())
                .isBetween(98L, 105L);
        assertThat(Duration.between(START.plusSeconds(6), far.time()).toMillis())
                .isBetween(980L, 1_050L);
        assertThat(level(near)).isCloseTo(136 - 30.7, within(7.0));
        assertThat(level(near) - level(far)).isCloseTo(20, within(5.0));
    }

    private static Emission.Measured firstBang(List<Emission> emissions, String microphone) {
        return of(emissions, microphone).stream()
                .filter(measured -> measured.time().isAfter(START.plusSeconds(6)) && level(measured) > 75)
                .findFirst()
                .orElseThrow();
    }

    private static float[] sound(List<Emission> emissions, String microphone) {
        List<Emission.Sound> blocks = emissions.stream()
                .filter(emission -> emission.datastream().value().equals(microphone))
                .map(Emission.Sound.class::cast)
                .toList();
        float[] samples = new float[blocks.size() * 4_000];
        for (int i = 0; i < blocks.size(); i++) {
            // Block follows block, a quarter of a second each.
            assertThat(blocks.get(i).first())
                    .isEqualTo(blocks.getFirst().first().plusMillis(250L * i));
            short[] block = blocks.get(i).samples();
            for (int n = 0; n < block.length; n++) {
                samples[4_000 * i + n] = block[n] / 32_768f;
            }
        }
        return samples;
    }

    private static double rms_dB(float[] samples, int from, int to, double fullScale_dB) {
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += samples[n] * samples[n];
        }
        return fullScale_dB + 10 * Math.log10(sum / (to - from));
    }

    @Test
    void aMicrophoneThatSendsSoundSendsTheStreetAndTheShotsAtTheirTimes() {
        World world = world(5);
        world.advanceTo(START.plusMillis(250));
        world.begin("pilsen-shots");
        // Its first block is the one that has just ended: the samples begin with the exercise.
        float[] samples = sound(world.advanceTo(START.plusMillis(250).plusSeconds(9)), "mic-heard");

        assertThat(rms_dB(samples, 0, 16_000 * 5, 130)).isBetween(45.0, 75.0);
        // The shot falls 6 s after the beginning, 100 m away: 0.29 s. Nothing before is as loud.
        int first = 0;
        while (Math.abs(samples[first]) < 0.02) {
            first++;
        }
        double arrival_s = first / 16_000.0 - 0.25;
        assertThat(arrival_s).isCloseTo(6 + 100 / 343.0, within(0.01));
        assertThat(rms_dB(samples, first, first + 2_000, 130)).isCloseTo(136 - 40, within(8.0));
    }

    @Test
    void aLevelThatThePlatformMakesOfSoundIsNotReportedByTheWorld() {
        List<Emission> emissions = play(world(5), Duration.ofSeconds(10), Duration.ofSeconds(1));

        assertThat(emissions)
                .noneMatch(emission -> emission.datastream().value().equals("mic-heard-level"));
        assertThat(world(5).listUnknown()).containsExactly("tide");
    }

    @Test
    void theLevelFallsAsFastWeightingLetsIt() {
        World world = world(5);
        world.begin("pilsen-shots");
        List<Emission.Measured> after = of(world.advanceTo(START.plusSeconds(17)), "mic-near").stream()
                .filter(measured -> measured.time().isAfter(START.plusSeconds(13)))
                .toList();

        // Between the bursts it is quiet again.
        assertThat(after).isNotEmpty().allSatisfy(measured -> assertThat(level(measured))
                .isLessThan(75));
    }

    @Test
    void anExerciseThatIsEndedLeavesNothingBehind() {
        World disturbed = world(5);
        World calm = world(5);
        disturbed.begin("pilsen-shots");
        disturbed.advanceTo(START.plusSeconds(60));
        disturbed.end();
        calm.advanceTo(START.plusSeconds(60));

        assertThat(disturbed.findRunning()).isEmpty();
        disturbed.advanceTo(START.plusSeconds(125));
        calm.advanceTo(START.plusSeconds(125));
        assertThat(disturbed.advanceTo(START.plusSeconds(300))).isEqualTo(calm.advanceTo(START.plusSeconds(300)));
    }

    @Test
    void theTruthOfAnEndedExerciseEndsWithIt() {
        World world = world(5);
        world.begin("pilsen-shots");
        world.advanceTo(START.plusSeconds(20));
        world.end();

        assertThat(world.listTruths())
                .extracting(GroundTruth::type)
                .contains(IncidentType.ARMED_ATTACK)
                .doesNotContain(IncidentType.SABOTAGE);
        assertThat(world.listTruths())
                .allSatisfy(truth -> assertThat(truth.to()).isBeforeOrEqualTo(START.plusSeconds(20)));
    }

    @Test
    void anExerciseEndsByItself() {
        World world = world(5);
        Exercise exercise = world.begin("pilsen-crush");
        world.advanceTo(START.plus(exercise.duration()).minusSeconds(1));
        assertThat(world.findRunning()).contains(exercise);

        world.advanceTo(START.plus(exercise.duration()));
        assertThat(world.findRunning()).isEmpty();
    }

    @Test
    void onlyOneExercisePlaysAtATimeAndOnlyOneThatExists() {
        World world = world(5);
        assertThat(world.listExercises())
                .extracting(Exercise::id)
                .containsExactly("pilsen-shots", "pilsen-ammonia", "pilsen-crush");
        world.begin("pilsen-crush");

        assertThatThrownBy(() -> world.begin("pilsen-shots"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pilsen-crush")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> world.begin("pilsen-flood"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pilsen-flood")
                .hasMessageContaining("pilsen-ammonia");
    }

    @Test
    void afterAPauseTheStoryGoesOnWithoutTheGap() {
        World world = world(5);
        world.skipTo(START.plus(Duration.ofHours(8)));

        assertThat(world.advanceTo(START.plus(Duration.ofHours(8)).plusSeconds(10)))
                .isNotEmpty()
                .allSatisfy(emission -> assertThat(emission.time()).isAfterOrEqualTo(START.plus(Duration.ofHours(8))));
    }
}
