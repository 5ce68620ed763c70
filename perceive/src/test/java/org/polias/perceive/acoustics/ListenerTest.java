// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.polias.model.acoustics.SoundClass;

import com.sun.management.ThreadMXBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polias.perceive.acoustics.Sounds.Colour.PINK;
import static org.polias.perceive.acoustics.Sounds.Colour.RUMBLE;
import static org.polias.perceive.acoustics.Sounds.Colour.WHITE;
import static org.polias.perceive.acoustics.Sounds.addBlast;
import static org.polias.perceive.acoustics.Sounds.addTail;
import static org.polias.perceive.acoustics.Sounds.addTone;
import static org.polias.perceive.acoustics.Sounds.noise;
import static org.polias.perceive.acoustics.Sounds.silence;

class ListenerTest {

    private static final Instant BEGIN = Instant.parse("2026-06-01T20:00:00Z");
    private static final int RATE = SoundClassifier.SAMPLE_RATE_HZ;

    @Test
    void aBlastOverStreetNoiseIsHeardOnceAtItsTime() {
        float[] x = noise(6, 0.003, PINK, 1);
        addBlast(x, 3.12345, 0.4, 0.0001, 0.002);
        addTail(x, 3.12345, 0.1, 1.2, 2);
        Ear ear = new Ear().hears(x);
        assertThat(ear.onsets_s()).hasSize(1);
        assertThat(ear.onsets_s().getFirst()).isCloseTo(3.12345, within(0.0003));
        Heard heard = ear.heard.getFirst();
        assertThat(heard.event().onsetSigma_s()).isLessThan(0.0005);
        assertThat(heard.event().snr_dB()).isBetween(20.0, 40.0);
        assertThat(heard.event().duration_s()).isBetween(0.1, 0.8);
        assertThat(heard.event().calibrated()).isFalse();
        assertThat(heard.event().peak_dB()).isCloseTo(20 * Math.log10(0.4), within(1.5));
    }

    @Test
    void aBurstGivesAnEventForEachShot() {
        for (double interval_s : new double[] {0.06, 0.065, 0.08, 0.1, 0.133, 0.3, 0.9}) {
            float[] x = noise(12, 0.003, PINK, 3);
            List<Double> shots = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                double at = 2 + i * interval_s;
                double amplitude = 0.4 * (1 + 0.15 * Math.sin(5 * i));
                addBlast(x, at, amplitude, 0.0001, 0.0015);
                addTail(x, at, amplitude * 0.1, 0.8, i);
                shots.add(at);
            }
            Ear ear = new Ear().hears(x);
            assertThat(ear.onsets_s()).as("every %s s", interval_s).hasSize(8);
            for (int i = 0; i < 8; i++) {
                assertThat(ear.onsets_s().get(i)).isCloseTo(shots.get(i), within(0.002));
            }
        }
    }

    @Test
    void echoesAreNoShots() {
        float[] x = noise(8, 0.003, PINK, 4);
        addBlast(x, 3, 0.5, 0.0001, 0.002);
        for (double[] echo : new double[][] {
            {0.012, 0.7}, {0.07, 0.5}, {0.15, 0.45}, {0.24, 0.5}, {0.42, 0.15}, {0.8, 0.05}, {1.3, 0.02}
        }) {
            addBlast(x, 3 + echo[0], 0.5 * echo[1], 0.0004, 0.002);
        }
        addTail(x, 3, 0.08, 1.5, 5);
        assertThat(new Ear().hears(x).onsets_s()).hasSize(1);
    }

    @Test
    void steadyNoiseIsHeardAtMostAtTheBeginningOfAStream() {
        for (Sounds.Colour colour : Sounds.Colour.values()) {
            for (double rms : new double[] {0.0001, 0.003, 0.03, 0.3}) {
                Ear ear = new Ear().hears(noise(60, rms, colour, 6));
                assertThat(ear.onsets_s())
                        .as("%s %s", colour, rms)
                        .allMatch(onset_s -> onset_s < 0.1)
                        .hasSizeLessThan(2);
            }
        }
    }

    @Test
    void silenceCostsNoClassification() {
        Ear ear = new Ear().hears(silence(30));
        assertThat(ear.heard).isEmpty();
        assertThat(ear.classifier.calls).isZero();
        assertThat(ear.levels).hasSize(30);
        assertThat(ear.levels).allMatch(level -> level.fast_dB() == Levels.SILENCE_DB);
    }

    @Test
    void aScreamThatSwellsIsOneEvent() {
        float[] x = noise(20, 0.003, PINK, 7);
        float[] scream = silence(20);
        addTone(scream, 10, 2.5, 0.1, 900, 1800, 5);
        for (int i = 0; i < RATE; i++) {
            scream[10 * RATE + i] *= (float) i / RATE;
        }
        Sounds.add(x, scream, 0);
        Ear ear = new Ear(new Always(SoundClass.SCREAM))
                .hears(x, 1600, ListenerSettings.STANDARD.following(Duration.ofSeconds(10)));
        assertThat(ear.onsets_s()).hasSize(1);
        assertThat(ear.onsets_s().getFirst()).isBetween(9.9, 10.5);
        assertThat(ear.heard.getFirst().event().duration_s()).isBetween(2.0, 3.0);
    }

    @Test
    void aSirenOfMinutesIsOneEvent() {
        float[] x = noise(70, 0.003, PINK, 8);
        addTone(x, 10, 50, 0.05, 500, 1500, 12);
        Ear ear = new Ear(new Always(SoundClass.SIREN)).hears(x);
        assertThat(ear.onsets_s()).hasSizeBetween(1, 2);
    }

    @Test
    void speechIsOneSoundUntilItHasBeenQuiet() {
        float[] x = noise(30, 0.001, PINK, 9);
        for (int syllable = 0; syllable < 40; syllable++) {
            addTone(x, 5 + syllable * 0.22, 0.15, 0.05 * (1 + 0.5 * Math.sin(syllable * 2.4)), 150, 250, 1);
        }
        for (int syllable = 0; syllable < 10; syllable++) {
            addTone(x, 22 + syllable * 0.22, 0.15, 0.05, 150, 250, 1);
        }
        Ear ear = new Ear(new Always(SoundClass.VOICE)).hears(x);
        assertThat(ear.onsets_s()).hasSize(2);
    }

    @Test
    void aShotInAScreamingCrowdIsHeard() {
        float[] x = noise(20, 0.003, PINK, 10);
        addTone(x, 8, 8, 0.03, 800, 1400, 9);
        addTone(x, 8.1, 8, 0.03, 700, 1900, 7);
        addBlast(x, 12.3, 0.6, 0.0002, 0.002);
        List<Double> onsets = new Ear().hears(x).onsets_s();
        assertThat(onsets).anyMatch(onset_s -> Math.abs(onset_s - 12.3) < 0.002);
        assertThat(onsets).hasSizeLessThan(5);
    }

    @Test
    void aFileThatBeginsWithTheShotHasItsEvent() {
        float[] x = noise(3, 0.002, WHITE, 11);
        addBlast(x, 0.001, 0.7, 0.0001, 0.002);
        addTail(x, 0.001, 0.2, 1, 12);
        List<Double> onsets = new Ear().hears(x).onsets_s();
        assertThat(onsets).hasSize(1);
        assertThat(onsets.getFirst()).isCloseTo(0.001, within(0.012));
    }

    @Test
    void aShotAtTheVeryEndIsReported() {
        float[] x = noise(3, 0.002, WHITE, 13);
        addBlast(x, 2.95, 0.7, 0.0001, 0.002);
        Ear ear = new Ear().hears(x);
        assertThat(ear.onsets_s()).hasSize(1);
        assertThat(ear.classifier.lastWindow[SoundClassifier.ONSET_SAMPLE + 1]).isGreaterThan(0.3f);
        assertThat(ear.classifier.lastWindow[SoundClassifier.WINDOW_SAMPLES - 1])
                .isZero();
    }

    @Test
    void theClassifierIsGivenTheOnsetWhereItExpectsIt() {
        float[] x = noise(5, 0.001, WHITE, 14);
        addBlast(x, 2.5, 0.7, 0.00002, 0.002);
        Ear ear = new Ear().hears(x);
        float[] window = ear.classifier.lastWindow;
        int first = 0;
        while (Math.abs(window[first]) < 0.3) {
            first++;
        }
        assertThat(first).isCloseTo(SoundClassifier.ONSET_SAMPLE, within(2));
    }

    @Test
    void blocksOfAnySizeGiveTheSameEvents() {
        float[] x = noise(10, 0.003, PINK, 15);
        for (int i = 0; i < 6; i++) {
            addBlast(x, 2 + i * 1.1, 0.3, 0.0002, 0.002);
        }
        Ear reference = new Ear().hears(x);
        assertThat(reference.heard).hasSize(6);
        for (int block : new int[] {1, 7, 159, 160, 161, 1024, 16_000, x.length}) {
            assertThat(new Ear().hears(x, block, ListenerSettings.STANDARD).heard)
                    .as("blocks of %d", block)
                    .isEqualTo(reference.heard);
        }
    }

    @Test
    void numbersThatAreNoneAreSilence() {
        float[] x = noise(6, 0.003, PINK, 16);
        addBlast(x, 3, 0.4, 0.0001, 0.002);
        for (int i = 20_000; i < 24_000; i += 3) {
            x[i] = Float.NaN;
        }
        x[60_000] = Float.POSITIVE_INFINITY;
        x[60_001] = Float.NEGATIVE_INFINITY;
        Ear ear = new Ear().hears(x);
        assertThat(ear.onsets_s()).anyMatch(onset_s -> Math.abs(onset_s - 3) < 0.002);
        assertThat(ear.levels).allMatch(level -> Double.isFinite(level.fast_dB()));
    }

    @Test
    void aSteadyOffsetIsNoSound() {
        float[] x = noise(10, 0.003, PINK, 17);
        addBlast(x, 4, 0.3, 0.0001, 0.002);
        Ear without = new Ear().hears(x.clone());
        for (int i = 0; i < x.length; i++) {
            x[i] += 0.4f;
        }
        Ear with = new Ear().hears(x);
        assertThat(with.onsets_s()).hasSize(1);
        assertThat(with.onsets_s().getFirst()).isCloseTo(without.onsets_s().getFirst(), within(0.0002));
        assertThat(with.heard.getFirst().event().level_dB())
                .isCloseTo(without.heard.getFirst().event().level_dB(), within(0.1));
    }

    @Test
    void anOverloadedMicrophoneIsSaidToBe() {
        float[] x = noise(6, 0.003, PINK, 18);
        addBlast(x, 3, 4, 0.0001, 0.003);
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.clamp(x[i], -1f, 1f);
        }
        Ear ear = new Ear().hears(x);
        assertThat(ear.onsets_s()).hasSize(1);
        assertThat(ear.heard.getFirst().isClipped()).isTrue();
    }

    @Test
    void aGapIsNoBangAndTheTimeGoesOnBehindIt() {
        float[] before = noise(5, 0.003, PINK, 19);
        float[] after = noise(5, 0.003, PINK, 20);
        addBlast(after, 2, 0.4, 0.0001, 0.002);
        Ear ear = new Ear();
        Listener listener = ear.listener(ListenerSettings.STANDARD);
        blocks(listener, before, BEGIN);
        blocks(listener, after, BEGIN.plusSeconds(3600));
        listener.end();
        assertThat(ear.heard).hasSize(1);
        assertThat(seconds(ear.heard.getFirst().onset())).isCloseTo(3602, within(0.001));
    }

    @Test
    void aClockThatIsSetBackOrFarAwayIsFollowed() {
        float[] x = noise(3, 0.003, PINK, 21);
        addBlast(x, 1.5, 0.4, 0.0001, 0.002);
        for (Instant again : List.of(BEGIN.minusSeconds(7), Instant.MAX.minusSeconds(60), Instant.MIN, Instant.EPOCH)) {
            Ear ear = new Ear();
            Listener listener = ear.listener(ListenerSettings.STANDARD);
            blocks(listener, x, BEGIN);
            blocks(listener, x, again);
            listener.end();
            assertThat(ear.heard).as("%s", again).hasSize(2);
            assertThat(Duration.between(again, ear.heard.getLast().onset()).toMillis())
                    .isBetween(1498L, 1502L);
        }
    }

    @Test
    void jitterOfTheBlocksTimesAveragesOut() {
        float[] x = noise(30, 0.003, PINK, 22);
        addBlast(x, 25, 0.4, 0.0001, 0.002);
        Ear ear = new Ear();
        Listener listener = ear.listener(ListenerSettings.STANDARD);
        SplittableRandom random = new SplittableRandom(23);
        for (int at = 0; at < x.length; at += 1600) {
            listener.listen(x, at, 1600, BEGIN.plusNanos(at * 62_500L + random.nextInt(-20_000_000, 20_000_000)));
        }
        listener.end();
        assertThat(ear.heard).hasSize(1);
        assertThat(seconds(ear.heard.getFirst().onset())).isCloseTo(25, within(0.006));
    }

    @Test
    void aCalibratedMicrophoneGivesSoundPressureLevels() {
        float[] x = silence(5);
        addTone(x, 0, 5, 0.1, 1000, 1000, 0);
        Ear ear = new Ear().hears(x, 1600, ListenerSettings.STANDARD.calibrated(120));
        // A tone of amplitude 0.1 and its harmonics of 0.04 and 0.02.
        double expected = 120 + 10 * Math.log10((0.01 + 0.0016 * Math.pow(10, 0.12) + 0.0004 * Math.pow(10, 0.12)) / 2);
        assertThat(ear.levels.get(3).equivalent_dB()).isCloseTo(expected, within(0.2));
        assertThat(ear.levels.get(3).isCalibrated()).isTrue();
        assertThat(ear.levels.get(3).time()).isEqualTo(BEGIN.plusSeconds(4));
    }

    @Test
    void aHundredBangsASecondDoNotOverwhelmIt() {
        float[] x = noise(20, 0.001, RUMBLE, 24);
        for (int i = 0; i < 1500; i++) {
            addBlast(x, 2 + i * 0.01, 0.3 * (1 + i % 7) / 7, 0.0001, 0.0004);
        }
        Ear ear = new Ear().hears(x);
        assertThat(ear.classifier.calls).isLessThan(80);
    }

    @Test
    void whileNothingHappensItAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] x = noise(20, 0.0005, PINK, 25);
        Listener listener = new Ear().listener(ListenerSettings.STANDARD);
        Instant[] times = new Instant[x.length / 1600];
        for (int i = 0; i < times.length; i++) {
            times[i] = BEGIN.plusNanos(i * 100_000_000L + i % 3 * 1000);
        }
        int half = times.length / 2;
        for (int i = 0; i < half; i++) {
            listener.listen(x, i * 1600, 1600, times[i]);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = half; i < times.length; i++) {
            listener.listen(x, i * 1600, 1600, times[i]);
        }
        // A hundred blocks; ten readings of the level and their times are allowed for.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void blocks(Listener listener, float[] x, Instant first) {
        for (int at = 0; at < x.length; at += 1600) {
            listener.listen(x, at, Math.min(1600, x.length - at), first.plusNanos(at * 62_500L));
        }
    }

    private static double seconds(Instant instant) {
        return Duration.between(BEGIN, instant).toNanos() / 1e9;
    }

    /** What a listener says of sounds. */
    private static final class Ear implements Listener.Sink {
        final List<Heard> heard = new ArrayList<>();
        final List<LevelReading> levels = new ArrayList<>();
        final Always classifier;

        Ear() {
            this(new Always(SoundClass.GUNSHOT));
        }

        Ear(Always classifier) {
            this.classifier = classifier;
        }

        Listener listener(ListenerSettings settings) {
            return new Listener(classifier, settings, this);
        }

        Ear hears(float[] x) {
            return hears(x, 1600, ListenerSettings.STANDARD);
        }

        Ear hears(float[] x, int block, ListenerSettings settings) {
            Listener listener = listener(settings);
            for (int at = 0; at < x.length; at += block) {
                listener.listen(x, at, Math.min(block, x.length - at), BEGIN.plusNanos(at * 62_500L));
            }
            listener.end();
            return this;
        }

        List<Double> onsets_s() {
            return heard.stream().map(each -> seconds(each.onset())).toList();
        }

        @Override
        public void heard(Heard one) {
            heard.add(one);
        }

        @Override
        public void level(LevelReading reading) {
            levels.add(reading);
        }
    }

    /** A classifier that has made up its mind. */
    private static final class Always implements SoundClassifier {
        private final SoundClass answer;
        int calls;
        float[] lastWindow = {};

        Always(SoundClass answer) {
            this.answer = answer;
        }

        @Override
        public String name() {
            return "always " + answer.code();
        }

        @Override
        public Map<SoundClass, Double> priors() {
            return Calibration.ASSUMED_PRIORS;
        }

        @Override
        public Map<SoundClass, Double> classify(float[] window) {
            calls++;
            lastWindow = window.clone();
            Map<SoundClass, Double> certain = new EnumMap<>(SoundClass.class);
            Arrays.stream(SoundClass.values()).forEach(each -> certain.put(each, each == answer ? 1.0 : 0.0));
            return certain;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
