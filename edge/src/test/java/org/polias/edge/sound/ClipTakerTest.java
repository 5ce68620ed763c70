// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polias.edge.clip.ClipFolder;
import org.polias.edge.clip.ClipKeys;
import org.polias.edge.clip.SealedClip;
import org.polias.edge.decode.RawResult;
import org.polias.edge.decode.Reading;
import org.polias.model.acoustics.Listening;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.perceive.acoustics.SoundClassifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Of what may be a shot, the seconds around it are sealed; of all else nothing is kept. */
class ClipTakerTest {

    private static final int RATE_HZ = SoundClassifier.SAMPLE_RATE_HZ;
    private static final double BANG_S = 3.25;
    private static final Instant START = Instant.parse("2026-11-21T20:15:00Z");

    @TempDir
    private Path folder;

    private String publicKey = "";
    private String privateKey = "";

    @BeforeEach
    void keys() throws IOException {
        Path file = folder.resolve("private.key");
        publicKey = ClipKeys.generate(file);
        privateKey = Files.readString(file);
    }

    /** Is always as sure. */
    private record Sure(Map<SoundClass, Double> probabilities) implements SoundClassifier {
        @Override
        public String name() {
            return "sure";
        }

        @Override
        public Map<SoundClass, Double> priors() {
            return Map.of(SoundClass.GUNSHOT, 0.5, SoundClass.IMPACT, 0.5);
        }

        @Override
        public Map<SoundClass, Double> classify(float[] window) {
            return probabilities;
        }

        @Override
        public void close() {}
    }

    private List<Reading> hear(double shot, Map<String, String> mapping, double lasting_s) {
        Datastream datastream = new Datastream(
                new DatastreamId("mic-sound"),
                new SensorId("mic"),
                "Microphone",
                ObservedProperty.SOUND_EVENT,
                ResultKind.EVENT,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                mapping);
        Sure classifier = new Sure(Map.of(SoundClass.GUNSHOT, shot, SoundClass.IMPACT, 1 - shot));
        Ear ear = new Ear(datastream, classifier, Optional.of(new ClipFolder(clips(), InstantSource.system())));
        float[] sound = Street.withBang(RATE_HZ, lasting_s, BANG_S);
        List<Reading> readings = new ArrayList<>();
        for (int from = 0; from < sound.length; from += RATE_HZ / 4) {
            float[] block = Arrays.copyOfRange(sound, from, Math.min(sound.length, from + RATE_HZ / 4));
            readings.addAll(ear.hear(new Pcm(RATE_HZ, START.plusNanos(from * 62_500L), block), true));
        }
        readings.addAll(ear.end());
        return readings;
    }

    private Path clips() {
        return folder.resolve("clips");
    }

    private SealedClip.Clip only(List<Reading> readings) throws IOException {
        String name = readings.stream()
                .map(Reading::result)
                .filter(RawResult.Event.class::isInstance)
                .map(result -> ((RawResult.Event) result).attributes().get("clip"))
                .findFirst()
                .orElseThrow();
        byte[] sealed = Files.readAllBytes(clips().resolve(name + ".clip"));
        return switch (SealedClip.open(sealed, privateKey)) {
            case SealedClip.Opening.Opened(var clip) -> clip;
            case SealedClip.Opening.Refused(var why) -> throw new AssertionError(why);
        };
    }

    @Test
    void theSecondsAroundAShotAreSealedUnderTheNameThatItsObservationGives() throws IOException {
        SealedClip.Clip clip = only(hear(0.9, new TreeMap<>(Map.of(Listening.CLIP_KEY, publicKey)), 8));
        assertThat(clip.datastream()).isEqualTo("mic-sound");
        assertThat(clip.samples()).hasSize(4 * RATE_HZ);
        assertThat(Duration.between(START, clip.begin()).toNanos() / 1e9).isCloseTo(BANG_S - 2, within(0.01));
        int loudest = 0;
        short[] samples = clip.samples();
        for (int i = 0; i < samples.length; i++) {
            loudest = Math.abs(samples[i]) > Math.abs(samples[loudest]) ? i : loudest;
        }
        assertThat((double) loudest / RATE_HZ).isBetween(1.99, 2.1);
    }

    @Test
    void ofAStreamThatEndsWhatThereIsIsSealed() throws IOException {
        SealedClip.Clip clip = only(hear(0.9, new TreeMap<>(Map.of(Listening.CLIP_KEY, publicKey)), 4));
        assertThat((double) clip.samples().length / RATE_HZ).isCloseTo(2.75, within(0.02));
    }

    @Test
    void withoutAKeyNothingIsKept() {
        assertThat(hear(0.9, new TreeMap<>(), 8)).isNotEmpty().noneMatch(ClipTakerTest::namesAClip);
        assertThat(clips()).doesNotExist();
    }

    @Test
    void ofWhatIsProbablyNoDangerNothingIsKept() {
        assertThat(hear(0.05, new TreeMap<>(Map.of(Listening.CLIP_KEY, publicKey)), 8))
                .isNotEmpty()
                .noneMatch(ClipTakerTest::namesAClip);
        assertThat(clips()).doesNotExist();
    }

    private static boolean namesAClip(Reading reading) {
        return reading.result() instanceof RawResult.Event event
                && event.attributes().containsKey("clip");
    }
}
